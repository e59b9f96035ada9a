// One stack: its services and its file.
import { html } from '../lib.js';
import { all, get, may, query, url } from '../api.js';
import { plain } from '../format.js';
import { go, route } from '../router.js';
import { useResource } from '../store.js';
import { deployText } from '../parts/stackfile.js';
import { CopyButton, openDialog, Work } from '../parts/dialog.js';
import { Running, State, Text, To } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { Shown } from '../parts/views.js';
import { ServiceMenu } from './services.js';
import { StackMenu } from './stacks.js';

const COLUMNS = [
  { key: 'name', head: 'Service', cell: (row) => html`<${To} kind="service" uuid=${row.uuid}><bdi>${plain(row.name)}</bdi><//>` },
  { key: 'state', head: 'State', cell: (row) => html`<${State} state=${row.state} />` },
  { key: 'running', head: 'Running', cell: (row) => html`<${Running} running=${row.running_num_containers} wanted=${row.target_num_containers} />` },
  { key: 'image', head: 'Image', class: 'wide-only', cell: (row) => html`<${Text} value=${row.image_name} mono />` },
  { key: 'menu', head: html`<span class="hidden">Operations</span>`, class: 'menu-cell', cell: (row) => html`<${ServiceMenu} service=${row} />` },
];

export default function Stack() {
  const [, uuid] = route.value.path;
  const stack = useResource(url('app', `stack/${uuid}/`), [`stack:${uuid}`]);
  const path = query(url('app', 'service/'), { stack: `/api/app/v1/stack/${uuid}/` });
  const services = useResource(path, ['service'], (abort) => all(path, 1000, { signal: abort }));
  return html`<${Shown} of=${stack}>${(data) => html`
    <div class="page-head"><h1><bdi>${plain(data.name)}</bdi></h1><${State} state=${data.state} /><span class="spread"></span>
      <${Work} onWork=${() => edit(data)}>Stackfile<//><${StackMenu} stack=${data} /></div>
    <${Shown} of=${services}>${(rows) => html`<${Table} label="Services of the stack" columns=${COLUMNS} rows=${rows} id=${(row) => row.uuid} onOpen=${(row) => go(['services', row.uuid])} />`}<//>`}<//>`;
}

async function edit(stack) {
  const exported = await get(url('app', `stack/${stack.uuid}/export/`));
  let text = typeof exported === 'string' ? exported : JSON.stringify(exported, null, 2);
  openDialog(`Stackfile of ${stack.name}`, (close) => html`<div class="dialog-body"><label class="field"><span class="hidden">Stackfile</span>
      <textarea class="mono json" rows="24" spellcheck="false" defaultValue=${text} onInput=${(event) => { text = event.target.value; }}></textarea></label></div>
    <footer><${CopyButton} text=${text} /><button type="button" onClick=${() => close()}>Close</button>
      <button type="button" class="primary" disabled=${!may('operator')} onClick=${() => { close(); deployText(text, stack.name, stack); }}>Preview</button></footer>`, { wide: true });
}
