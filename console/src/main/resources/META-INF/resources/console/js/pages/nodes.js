// All nodes: as a map of what runs where, and as a table.
import { html } from '../lib.js';
import { all, may, query, url } from '../api.js';
import { bytes, plain } from '../format.js';
import { go, route, setQuery } from '../router.js';
import { nodeOperation, nodeRemoval } from '../commands.js';
import { useResource } from '../store.js';
import { Menu } from '../parts/dialog.js';
import { PlacementMap } from '../parts/map.js';
import { preview } from '../parts/preview.js';
import { Ago, State, Text, To } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { Empty, Shown } from '../parts/views.js';

const COLUMNS = [
  { key: 'name', head: 'Node', sort: (row) => row.nickname, cell: (row) => html`<${To} kind="node" uuid=${row.uuid}><bdi>${plain(row.nickname)}</bdi><//>` },
  { key: 'state', head: 'State', sort: (row) => row.state, cell: (row) => html`<${State} state=${row.state} />${row.availability !== 'active' && html` <span class="chip tone-warn">${row.availability}</span>`}${row.reason && html`<div><${Text} value=${row.reason} /></div>`}` },
  { key: 'containers', head: 'Containers', class: 'num', sort: (row) => row.current_num_containers, cell: (row) => row.current_num_containers },
  { key: 'tags', head: 'Tags', cell: (row) => row.tags.map((tag) => html`<span class="chip" key=${tag.name}>${plain(tag.name, 40)}</span>`) },
  { key: 'size', head: 'Size', class: 'wide-only', cell: (row) => `${row.cpu} CPU, ${bytes(row.memory * 1024 * 1024)}` },
  { key: 'engine', head: 'Engine', class: 'wide-only', cell: (row) => plain(row.docker_version ?? '') },
  { key: 'seen', head: 'Last seen', cell: (row) => html`<${Ago} date=${row.last_seen} />` },
  { key: 'menu', head: html`<span class="hidden">Operations</span>`, class: 'menu-cell', cell: (row) => html`<${NodeMenu} node=${row} />` },
];

export function NodeMenu({ node }) {
  const admin = may('admin');
  const title = admin ? undefined : 'Needs the role admin';
  return html`<${Menu} label=${`Operations on ${node.nickname}`} items=${[
    node.availability === 'active' ? { label: 'Drain…', icon: 'down', title, disabled: !admin, run: () => preview(nodeOperation(node, 'drain')) } : { label: 'End the drain', icon: 'play', title, disabled: !admin, run: () => preview(nodeOperation(node, 'undrain')) },
    { label: 'Remove…', icon: 'trash', danger: true, title, disabled: !admin, run: () => preview(nodeRemoval(node)) }]} />`;
}

export default function Nodes() {
  const { view = 'map' } = route.value.query;
  const path = url('infra', 'node/');
  const nodes = useResource(path, ['node'], (abort) => all(path, 2000, { signal: abort }));
  const containerPath = query(url('app', 'container/'), { state__not: 'Terminated', fields: 'uuid,name,state,node,service' });
  const containers = useResource(view === 'map' ? containerPath : null, ['container'], (abort) => all(containerPath, 10_000, { signal: abort }));
  return html`<div class="page-head"><h1>Nodes</h1><div class="buttons switch" role="group" aria-label="Map or table">
      <button type="button" aria-pressed=${view === 'map'} onClick=${() => setQuery({ view: 'map' })}>Map</button><button type="button" aria-pressed=${view !== 'map'} onClick=${() => setQuery({ view: 'table' })}>Table</button></div></div>
    <${Shown} of=${nodes}>${(rows) => {
      const present = rows.filter((row) => row.state !== 'Terminated');
      if (present.length === 0) return html`<${Empty} title="No nodes yet">A node is a host with a Docker Engine and an agent. Start one with <code>./slipway agent</code>.<//>`;
      return view === 'map'
        ? html`<${Shown} of=${containers}>${(all) => html`<${PlacementMap} nodes=${present} containers=${all} />`}<//>`
        : html`<${Table} label="Nodes" columns=${COLUMNS} rows=${present} id=${(row) => row.uuid} onOpen=${(row) => go(['nodes', row.uuid])} />`;
    }}<//>`;
}
