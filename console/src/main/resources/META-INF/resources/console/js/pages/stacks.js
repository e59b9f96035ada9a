// All stacks, and a new one from a file.
import { html } from '../lib.js';
import { all, may, url } from '../api.js';
import { plain } from '../format.js';
import { go } from '../router.js';
import { stackOperation, stackTermination } from '../commands.js';
import { useResource } from '../store.js';
import { chooseFile } from '../parts/stackfile.js';
import { Menu } from '../parts/dialog.js';
import { Icon } from '../parts/icons.js';
import { preview } from '../parts/preview.js';
import { Ago, State, To } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { Empty, Shown } from '../parts/views.js';

const COLUMNS = [
  { key: 'name', head: 'Name', sort: (row) => row.name, cell: (row) => html`<${To} kind="stack" uuid=${row.uuid}><bdi>${plain(row.name)}</bdi><//>` },
  { key: 'state', head: 'State', sort: (row) => row.state, cell: (row) => html`<${State} state=${row.state} />` },
  { key: 'services', head: 'Services', class: 'num', sort: (row) => row.services?.length, cell: (row) => row.services?.length ?? '' },
  { key: 'deployed', head: 'Deployed', cell: (row) => html`<${Ago} date=${row.deployed_datetime} />` },
  { key: 'menu', head: html`<span class="hidden">Operations</span>`, class: 'menu-cell', cell: (row) => html`<${StackMenu} stack=${row} />` },
];

export function StackMenu({ stack }) {
  const operator = may('operator');
  const item = (verb, label, icon) => ({ label, icon, disabled: !operator, title: operator ? undefined : 'Needs the role operator', run: () => preview(stackOperation(stack, verb)) });
  return html`<${Menu} label=${`Operations on ${stack.name}`} items=${[item('start', 'Start', 'play'), item('stop', 'Stop', 'stop'), item('redeploy', 'Redeploy', 'redeploy'),
    { label: 'Terminate…', icon: 'trash', danger: true, disabled: !operator, run: () => preview(stackTermination(stack)) }]} />`;
}

export default function Stacks() {
  const path = url('app', 'stack/');
  const stacks = useResource(path, ['stack'], (abort) => all(path, 1000, { signal: abort }));
  const choose = html`<button type="button" class="primary" disabled=${!may('operator')} onClick=${chooseFile}><${Icon} name="upload" />From a file</button>`;
  return html`<div class="page-head"><h1>Stacks</h1>${choose}</div>
    <${Shown} of=${stacks}>${(rows) => {
      const shown = rows.filter((row) => row.state !== 'Terminated');
      return shown.length === 0
        ? html`<${Empty} title="No stacks yet" action=${choose}>A stack is several services that belong together. Drop a stackfile or a compose file anywhere on this page.<//>`
        : html`<${Table} label="Stacks" columns=${COLUMNS} rows=${shown} id=${(row) => row.uuid} onOpen=${(row) => go(['stacks', row.uuid])} />`;
    }}<//>`;
}
