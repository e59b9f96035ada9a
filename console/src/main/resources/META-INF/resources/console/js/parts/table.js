// Tables: sortable columns, keyboard rows, selection, windows of rows for long lists.
import { html, useEffect, useLayoutEffect, useRef, useState } from '../lib.js';
import { visible } from '../logbuffer.js';
import { settings } from '../settings.js';

const WINDOW_FROM = 150;

/**
 * @param {{columns: {key: string, head: string, cell: (row: any) => any, sort?: (row: any) => any, class?: string}[],
 *   rows: any[], id: (row: any) => string, label: string, onOpen?: (row: any) => void,
 *   order?: string, onOrder?: (order: string) => void, selected?: Set<string>, onSelect?: (ids: Set<string>) => void, keys?: Record<string, (row: any) => void>}} props
 */
export function Table({ columns, rows, id, label, onOpen, order = '', onOrder, selected, onSelect, keys = {} }) {
  const body = useRef(null);
  const [current, setCurrent] = useState(-1);
  const sorted = sort(rows, columns, order);
  const windowed = sorted.length > WINDOW_FROM;
  const slice = useWindow(body, sorted.length, windowed);
  useListKeys({ rows: sorted, current, setCurrent, onOpen, keys, body });

  const toggle = (row) => {
    const next = new Set(selected);
    if (!next.delete(id(row))) next.add(id(row));
    onSelect(next);
  };
  const all = sorted.length > 0 && selected?.size === sorted.length;
  return html`<div class="table-scroll"><table aria-label=${label} aria-rowcount=${windowed ? sorted.length : undefined}>
    <thead><tr>
      ${onSelect && html`<th class="check"><input type="checkbox" aria-label="Select all" checked=${all} onChange=${() => onSelect(all ? new Set() : new Set(sorted.map(id)))} /></th>`}
      ${columns.map((column) => html`<th key=${column.key} class=${column.class} aria-sort=${sortOf(column, order)}>${
        onOrder && column.sort ? html`<button type="button" class="head" onClick=${() => onOrder(order === column.key ? `-${column.key}` : column.key)}>${column.head}<span aria-hidden="true">${arrow(column, order)}</span></button>` : column.head}</th>`)}
    </tr></thead>
    <tbody ref=${body}>
      ${slice.above > 0 && html`<tr class="space" aria-hidden="true"><td colspan=${columns.length + 1} style=${{ height: `${slice.above}px` }}></td></tr>`}
      ${sorted.slice(slice.first, slice.first + slice.rows).map((row, i) => html`<tr key=${id(row)} data-row=${slice.first + i}
          class="${onOpen ? 'opens' : ''} ${current === slice.first + i ? 'current' : ''}" onClick=${onOpen && ((event) => openBy(event, row, onOpen))}>
        ${onSelect && html`<td class="check"><input type="checkbox" aria-label=${`Select ${row.name ?? id(row)}`} checked=${selected.has(id(row))} onChange=${() => toggle(row)} /></td>`}
        ${columns.map((column) => html`<td key=${column.key} class=${column.class} data-head=${column.head}>${column.cell(row)}</td>`)}
      </tr>`)}
      ${slice.below > 0 && html`<tr class="space" aria-hidden="true"><td colspan=${columns.length + 1} style=${{ height: `${slice.below}px` }}></td></tr>`}
    </tbody>
  </table></div>`;
}

function openBy(event, row, onOpen) {
  if (event.target.closest('a, button, input, label, .menu') || getSelection()?.toString()) return;
  onOpen(row);
}

function sortOf(column, order) {
  if (order === column.key) return 'ascending';
  return order === `-${column.key}` ? 'descending' : undefined;
}

function arrow(column, order) {
  if (order === column.key) return ' ↑';
  return order === `-${column.key}` ? ' ↓' : '';
}

/** Pure. Numbers by size, texts as people read them, what is missing last. */
export function sort(rows, columns, order) {
  const key = order.replace(/^-/, '');
  const column = columns.find((one) => one.key === key);
  if (!column?.sort) return rows;
  const sign = order.startsWith('-') ? -1 : 1;
  return [...rows].sort((a, b) => {
    const x = column.sort(a);
    const y = column.sort(b);
    if (x == null || y == null) return (x == null ? 1 : 0) - (y == null ? 1 : 0);
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true }));
  });
}

/** The rows near the part of the page that is seen. */
function useWindow(body, total, windowed) {
  const [slice, setSlice] = useState({ first: 0, rows: windowed ? 60 : total, above: 0, below: 0 });
  useLayoutEffect(() => {
    if (!windowed) return undefined;
    const measure = () => {
      const row = body.current?.querySelector('tr[data-row]');
      if (!row) return;
      const height = row.offsetHeight || 40;
      const top = -body.current.getBoundingClientRect().top;
      const next = visible(total, height, Math.max(0, top), innerHeight);
      setSlice((before) => (before.first === next.first && before.rows === next.rows && before.below === next.below ? before : next));
    };
    measure();
    addEventListener('scroll', measure, { passive: true, capture: true });
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure, { capture: true });
      removeEventListener('resize', measure);
    };
  }, [total, windowed]);
  return windowed ? slice : { first: 0, rows: total, above: 0, below: 0 };
}

/** j, k and Enter move in a list; other keys act on the current row. */
function useListKeys({ rows, current, setCurrent, onOpen, keys, body }) {
  useEffect(() => {
    const onKey = (event) => {
      if (!settings.value.keys || event.target.closest('input, textarea, select, dialog, [role=menu], .xterm') || event.ctrlKey || event.metaKey || event.altKey) return;
      const move = { j: 1, k: -1 }[event.key];
      if (move) {
        const next = Math.max(0, Math.min(rows.length - 1, current + move));
        setCurrent(next);
        body.current?.querySelector(`tr[data-row="${next}"]`)?.scrollIntoView({ block: 'nearest' });
      } else if (rows[current] && event.key === 'Enter' && event.target === document.body) onOpen?.(rows[current]);
      else if (rows[current] && keys[event.key]) keys[event.key](rows[current]);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [rows, current]);
}
