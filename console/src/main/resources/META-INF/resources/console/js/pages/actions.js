// Who asked what, and how it ended.
import { html } from '../lib.js';
import { get, may, query, send, url } from '../api.js';
import { plain, uuidOf, kindOf } from '../format.js';
import { go, route, setQuery } from '../router.js';
import { useResource } from '../store.js';
import { Work } from '../parts/dialog.js';
import { Log } from '../parts/log.js';
import { Ago, State, Text, To } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { NoMatch, Empty, Shown } from '../parts/views.js';

const PAGE = 50;
const COLUMNS = [
  { key: 'action', head: 'Action', cell: (row) => html`<span class="one-line"><${To} kind="action" uuid=${row.uuid}>${plain(row.action)}<//></span>` },
  { key: 'state', head: 'Result', cell: (row) => html`<${State} state=${row.state} />` },
  { key: 'object', head: 'On', cell: (row) => (kindOf(row.object) ? html`<${To} kind=${kindOf(row.object)} uri=${row.object}>${kindOf(row.object)}<//>` : '') },
  { key: 'user', head: 'By', cell: (row) => html`<bdi>${plain(row.user ?? '', 40)}</bdi>` },
  { key: 'ip', head: 'From', class: 'wide-only', cell: (row) => html`<span class="mono">${row.ip ?? ''}</span>` },
  { key: 'created', head: 'When', cell: (row) => html`<${Ago} date=${row.created} />` },
  { key: 'reason', head: 'Why, and what came of it', class: 'wide-only', cell: (row) => html`<${Text} value=${[row.change_reason, row.reason].filter(Boolean).join(' · ')} />` },
];

export function ActionRows({ actions, label }) {
  return html`<${Table} label=${label} columns=${COLUMNS} rows=${actions} id=${(row) => row.uuid} onOpen=${(row) => go(['actions', row.uuid])} />`;
}

export default function Actions() {
  const [, uuid] = route.value.path;
  if (uuid) return html`<${Action} uuid=${uuid} key=${uuid} />`;
  return html`<${List} />`;
}

function List() {
  const { state = '', offset = '0' } = route.value.query;
  const path = query(url('audit', 'action/'), { limit: PAGE, offset, state });
  const page = useResource(path, ['action'], (abort) => get(path, { signal: abort }));
  return html`<div class="page-head"><h1>Actions</h1></div>
    <div class="filters"><label><span class="hidden">Result</span><select value=${state} onChange=${(event) => setQuery({ state: event.target.value, offset: '' })}>
      <option value="">Every result</option>${['Success', 'Failed', 'In progress', 'Pending', 'Canceled'].map((one) => html`<option key=${one} value=${one} selected=${one === state}>${one}</option>`)}</select></label></div>
    <${Shown} of=${page}>${(data) => (data.objects.length === 0
      ? state ? html`<${NoMatch} what=${`result ${state}`} onClear=${() => setQuery({ state: '' })} />` : html`<${Empty} title="No actions yet">Every request to change something is kept here, refused ones too.<//>`
      : html`<${ActionRows} actions=${data.objects} label="Actions" />
        <nav class="pager" aria-label="Pages of actions"><button type="button" disabled=${!data.meta.previous} onClick=${() => setQuery({ offset: String(Math.max(0, Number(offset) - PAGE)) })}>Newer</button>
          <span class="dim">${data.meta.offset + 1} to ${data.meta.offset + data.objects.length} of ${data.meta.total_count.toLocaleString('en')}</span>
          <button type="button" disabled=${!data.meta.next} onClick=${() => setQuery({ offset: String(Number(offset) + PAGE) })}>Older</button></nav>`)}<//>`;
}

function Action({ uuid }) {
  const path = `/api/audit/v1/action/${uuid}/`;
  const action = useResource(path, [`action:${uuid}`]);
  return html`<${Shown} of=${action}>${(data) => html`
    <div class="page-head"><h1>${plain(data.action)}</h1><${State} state=${data.state} /><span class="spread"></span>
      <${Work} disabled=${!data.can_be_canceled || !may('operator')} onWork=${async () => { await send('POST', `${path}cancel/`); action.reload(); }}>Cancel<//>
      <${Work} disabled=${!data.can_be_retried || !may('operator')} onWork=${async () => { const again = await send('POST', `${path}retry/`); if (again.data?.uuid) go(['actions', again.data.uuid]); }}>Retry<//></div>
    <section class="card"><dl class="facts-list">
      <div><dt>By</dt><dd><bdi>${plain(data.user ?? 'the system')}</bdi>${data.ip ? ` from ${data.ip}` : ''} <span class="dim">${plain(data.user_agent ?? '', 120)}</span></dd></div>
      <div><dt>On</dt><dd>${kindOf(data.object) ? html`<${To} kind=${kindOf(data.object)} uri=${data.object}>${kindOf(data.object)} ${uuidOf(data.object).slice(0, 8)}<//>` : plain(data.object ?? '')}</dd></div>
      <div><dt>Request</dt><dd class="mono">${data.method} ${plain(data.path ?? '')}</dd></div>
      <div><dt>Asked</dt><dd><${Ago} date=${data.created} /></dd></div>
      <div><dt>Ended</dt><dd><${Ago} date=${data.end_date} /></dd></div>
      ${data.change_reason && html`<div><dt>Reason</dt><dd>${plain(data.change_reason, 1000)}</dd></div>`}
      ${data.reason && html`<div><dt>Result</dt><dd>${plain(data.reason, 2000)}</dd></div>`}
    </dl></section>
    <h2>Log</h2><${Log} path=${`${path}logs/`} title=${`action-${uuid.slice(0, 8)}`} />`}<//>`;
}
