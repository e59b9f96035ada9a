// All containers.
import { html } from '../lib.js';
import { all, query, url } from '../api.js';
import { count, plain } from '../format.js';
import { go, route, setQuery } from '../router.js';
import { useResource } from '../store.js';
import { Icon } from '../parts/icons.js';
import { Ago, State, Text, To } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { Empty, NoMatch, Shown } from '../parts/views.js';
import { ContainerMenu } from './service-containers.js';

const MOST = 10_000;
const COLUMNS = [
  { key: 'name', head: 'Name', sort: (row) => row.name, cell: (row) => html`<${To} kind="container" uuid=${row.uuid}><bdi class="clip">${plain(row.name)}</bdi><//>` },
  { key: 'state', head: 'State', sort: (row) => row.state, cell: (row) => html`<${State} state=${row.state} />` },
  { key: 'image', head: 'Image', class: 'wide-only', cell: (row) => html`<${Text} value=${row.image_name} mono />` },
  { key: 'service', head: 'Service', cell: (row) => html`<${To} kind="service" uri=${row.service}>open<//>` },
  { key: 'node', head: 'Node', cell: (row) => (row.node ? html`<${To} kind="node" uri=${row.node}>open<//>` : '') },
  { key: 'started', head: 'Started', sort: (row) => Date.parse(row.started_datetime) || null, cell: (row) => html`<${Ago} date=${row.started_datetime} />` },
  { key: 'restarts', head: 'Restarts', class: 'num wide-only', sort: (row) => row.restart_count, cell: (row) => row.restart_count },
  { key: 'menu', head: html`<span class="hidden">Operations</span>`, class: 'menu-cell', cell: (row) => html`<${ContainerMenu} container=${row} />` },
];

export default function Containers() {
  const { state = '', search = '', order = 'name' } = route.value.query;
  const path = query(url('app', 'container/'), { state__not: 'Terminated' });
  const containers = useResource(path, ['container'], (abort) => all(path, MOST, { signal: abort }));
  return html`<h1>Containers</h1>
    <${Shown} of=${containers}>${(rows) => {
      if (rows.length === 0) return html`<${Empty} title="No containers">They are made when a service starts.<//>`;
      const text = search.toLowerCase();
      const shown = rows.filter((row) => (!state || row.state === state) && (!text || row.name.toLowerCase().includes(text) || (row.image_name ?? '').includes(text)));
      const states = [...new Set(rows.map((row) => row.state))].sort();
      return html`<div class="filters">
          <label class="search"><span class="hidden">Search</span><${Icon} name="search" /><input type="search" placeholder="Name or image" value=${search} onInput=${(event) => setQuery({ search: event.target.value })} /></label>
          <label><span class="hidden">State</span><select value=${state} onChange=${(event) => setQuery({ state: event.target.value })}><option value="">Every state</option>${states.map((one) => html`<option key=${one} value=${one} selected=${one === state}>${one}</option>`)}</select></label>
          <span class="dim" role="status">${count(shown.length, 'container')}</span></div>
        ${shown.length === 0 ? html`<${NoMatch} what=${[state, search].filter(Boolean).join(', ')} onClear=${() => setQuery({ state: '', search: '' })} />`
          : html`<${Table} label="Containers" columns=${COLUMNS} rows=${shown} id=${(row) => row.uuid} order=${order} onOrder=${(next) => setQuery({ order: next })} onOpen=${(row) => go(['containers', row.uuid])}
              keys=${{ l: (row) => go(['containers', row.uuid, 'logs']), t: (row) => go(['terminal', row.uuid]) }} />`}`;
    }}<//>`;
}
