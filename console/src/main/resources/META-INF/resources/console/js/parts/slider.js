// The timeline's slider: versions of a service from the oldest that is kept to now, with marks.
import { html, useRef } from '../lib.js';
import { exact, plain } from '../format.js';

const MARKS = {
  ServiceCreated: 'create', ServiceUpdated: 'change', OperationBegun: 'operation', OperationEnded: 'operation',
  PlacementRefused: 'refused', ContainerExited: 'exit', ContainerFailed: 'exit', ContainerLost: 'exit', ServiceTerminated: 'end',
};

/** What a mark stands for: 'create', 'change', 'operation', 'refused', 'exit', 'end' or 'other'. Pure. */
export function markOf(entry) {
  return MARKS[entry.type] ?? 'other';
}

/**
 * @param {{entries: {version: number, datetime: string, type: string, text: string}[], at: number, other: number | null, onPick: (version: number) => void}} props
 */
export function Slider({ entries, at, other, onPick }) {
  const input = useRef(null);
  if (entries.length === 0) return null;
  const first = entries[0].version;
  const last = entries[entries.length - 1].version;
  const place = (version) => (last === first ? 50 : ((version - first) / (last - first)) * 100);
  const entry = entries.findLast((one) => one.version <= at) ?? entries[0];
  const marks = entries.length > 400 ? entries.filter((one) => markOf(one) !== 'other') : entries;
  return html`<div class="slider">
    <div class="marks" aria-hidden="true">
      ${marks.map((one) => html`<button type="button" tabindex="-1" key=${one.version} class="mark mark-${markOf(one)} ${one.version === at ? 'here' : ''} ${one.version === other ? 'other' : ''}"
        style=${{ left: `${place(one.version)}%` }} title=${`${one.version}: ${plain(one.text)} · ${exact(one.datetime)}`} onClick=${() => { onPick(one.version); input.current.focus(); }}></button>`)}
    </div>
    <input type="range" ref=${input} min=${first} max=${last} step="1" value=${at} aria-label="Version of the service"
      aria-valuetext=${`Version ${entry.version}, ${exact(entry.datetime)}: ${plain(entry.text)}`} onInput=${(event) => onPick(Number(event.target.value))} />
  </div>`;
}
