// A row per slot: where it runs, how it is, what it waits for.
import { html } from '../lib.js';
import { may, query, url } from '../api.js';
import { plain, uuidOf } from '../format.js';
import { go, href } from '../router.js';
import { containerOperation, containerTermination } from '../commands.js';
import { useResource } from '../store.js';
import { Menu } from '../parts/dialog.js';
import { Icon } from '../parts/icons.js';
import { preview } from '../parts/preview.js';
import { Ago, State, Text, To } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { Empty, Shown } from '../parts/views.js';

export default function ServiceContainers({ service, why }) {
  const containers = useResource(query(url('app', 'container/'), { service: service.uuid, limit: 1000 }), [`service:${service.uuid}`, 'container']);
  return html`<${Shown} of=${containers}>${(page) => {
    const byUuid = new Map(page.objects.map((one) => [one.uuid, one]));
    const slots = why.data?.slots ?? page.objects.map((one) => ({ slot: one.name, name: one.name, state: one.state, container: one.resource_uri }));
    const rows = slots.map((slot) => ({ ...slot, of: byUuid.get(uuidOf(slot.container)) }));
    if (rows.length === 0) {
      return html`<${Empty} title="No containers yet">Start the service to make ${service.target_num_containers === 1 ? 'its container' : `its ${service.target_num_containers} containers`}.<//>`;
    }
    return html`<${Table} label="Containers" columns=${COLUMNS} rows=${rows} id=${(row) => row.name + (row.container ?? '')}
      keys=${{ l: (row) => row.of && go(['containers', row.of.uuid, 'logs']), t: (row) => row.of && go(['terminal', row.of.uuid]), w: () => go(['services', service.uuid, 'why']) }} />`;
  }}<//>`;
}

const COLUMNS = [
  { key: 'name', head: 'Container', cell: (row) => (row.of ? html`<${To} kind="container" uuid=${row.of.uuid}><bdi>${plain(row.name)}</bdi><//>` : html`<bdi>${plain(row.name)}</bdi>`) },
  { key: 'state', head: 'State', cell: (row) => html`<${State} state=${row.state === 'None' ? 'Waiting' : row.state} />${row.health && html` <span class="chip tone-${row.health === 'unhealthy' ? 'bad' : 'idle'}">${row.health}</span>`}` },
  { key: 'node', head: 'Node', cell: (row) => (row.node ? html`<${To} kind="node" uri=${row.node}><bdi>${plain(row.node_name)}</bdi><//>` : html`<span class="dim">none</span>`) },
  { key: 'since', head: 'Since', cell: (row) => html`<${Ago} date=${row.since} />` },
  { key: 'exit', head: 'Exit', class: 'wide-only', cell: (row) => (row.of?.exit_code == null ? html`<span class="dim">–</span>` : html`<span class=${row.of.exit_code === 0 ? '' : 'tone-bad'}>${row.of.exit_code}${row.of.exit_code_msg ? ` ${plain(row.of.exit_code_msg)}` : ''}</span>`) },
  { key: 'restarts', head: 'Restarts', class: 'num wide-only', cell: (row) => row.of?.restart_count ?? '' },
  { key: 'waits', head: 'Waits for', cell: (row) => html`<${Text} value=${row.waits_for ?? row.reason ?? ''} />` },
  { key: 'menu', head: html`<span class="hidden">Operations</span>`, class: 'menu-cell', cell: (row) => row.of && html`<span class="buttons">
      <a class="button quiet" aria-label=${`Log of ${row.name}`} title="Log" onClick=${(event) => event.stopPropagation()} href=${`#/containers/${row.of.uuid}/logs`}><${Icon} name="log" /></a>
      <a class="button quiet" aria-label=${`Terminal in ${row.name}`} title="Terminal" href=${href(['terminal', row.of.uuid])}><${Icon} name="terminal" /></a>
      <${ContainerMenu} container=${row.of} /></span>` },
];

export function ContainerMenu({ container }) {
  const operator = may('operator');
  const title = operator ? undefined : 'Needs the role operator';
  return html`<${Menu} label=${`Operations on ${container.name}`} items=${[
    { label: 'Start', icon: 'play', title, disabled: !operator || container.state !== 'Stopped', run: () => preview(containerOperation(container, 'start')) },
    { label: 'Stop', icon: 'stop', title, disabled: !operator || container.state !== 'Running', run: () => preview(containerOperation(container, 'stop')) },
    { label: 'Redeploy', icon: 'redeploy', title, disabled: !operator, run: () => preview(containerOperation(container, 'redeploy')) },
    { label: 'Terminate…', icon: 'trash', danger: true, title, disabled: !operator, run: () => preview(containerTermination(container)) },
  ]} />`;
}

