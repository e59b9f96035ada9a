// All services: search, filters in the address, bulk operations.
import { html, useState } from '../lib.js';
import { all, may, query, send, url } from '../api.js';
import { count, plain, uuidOf } from '../format.js';
import { go, href, route, setQuery } from '../router.js';
import { serviceOperation, serviceTermination, takes } from '../commands.js';
import { refresh, useResource } from '../store.js';
import { Menu, openDialog, toast, Work } from '../parts/dialog.js';
import { Icon } from '../parts/icons.js';
import { preview } from '../parts/preview.js';
import { Ago, Running, State, Text, To } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { Empty, NoMatch, Shown } from '../parts/views.js';

const STATES = ['Running', 'Partly running', 'Not running', 'Starting', 'Scaling', 'Redeploying', 'Stopping', 'Stopped', 'Terminating'];
export const MOST_SHOWN = 2_000;

const changed = (service) => ['started_datetime', 'deployed_datetime', 'stopped_datetime'].map((key) => service[key]).filter(Boolean).map((date) => Date.parse(date)).reduce((a, b) => Math.max(a, b), 0) / 1000;

const COLUMNS = [
  { key: 'name', head: 'Name', sort: (row) => row.name, cell: (row) => html`<${To} kind="service" uuid=${row.uuid}><bdi class="clip">${plain(row.name)}</bdi><//>` },
  { key: 'state', head: 'State', sort: (row) => row.state, cell: (row) => html`<${State} state=${row.state} />` },
  { key: 'running', head: 'Running', sort: (row) => row.running_num_containers, cell: (row) => html`<${Running} running=${row.running_num_containers} wanted=${row.target_num_containers} />` },
  { key: 'image', head: 'Image', class: 'wide-only', sort: (row) => row.image_name, cell: (row) => html`<${Text} value=${row.image_name} mono />` },
  { key: 'stack', head: 'Stack', class: 'wide-only', sort: (row) => row.stack, cell: (row) => (row.stack ? html`<${To} kind="stack" uri=${row.stack}><bdi class="clip">${plain(row.stackName ?? 'stack')}</bdi><//>` : html`<span class="dim">–</span>`) },
  { key: 'changed', head: 'Changed', sort: changed, cell: (row) => html`<${Ago} date=${changed(row) || null} />` },
];

/** All services, each with the name of its stack. */
async function withStacks(path, abort) {
  const [rows, stacks] = await Promise.all([all(path, MOST_SHOWN, { signal: abort }), all(url('app', 'stack/'), MOST_SHOWN, { signal: abort })]);
  const names = new Map(stacks.map((stack) => [uuidOf(stack.resource_uri), stack.name]));
  return rows.map((row) => ({ ...row, stackName: row.stack ? names.get(uuidOf(row.stack)) : null }));
}

export default function Services() {
  const { state = '', search = '', order = 'name' } = route.value.query;
  const path = query(url('app', 'service/'), { state__not: 'Terminated' });
  const services = useResource(path, ['service'], (abort) => withStacks(path, abort));
  const [selected, setSelected] = useState(new Set());
  return html`<div class="page-head"><h1>Services</h1>
      <a class="button primary" href=${href(['services', 'new'])}><${Icon} name="plus" />Create</a></div>
    <${Shown} of=${services}>${(rows) => {
      if (rows.length === 0) {
        return html`<${Empty} title="No services yet" action=${html`<a class="button primary" href=${href(['services', 'new'])}>Create one</a>`}>
          <p>A service runs containers of one image. Create one here, drop a compose file on this page, or use <code>slipway service create</code>.</p><//>`;
      }
      const shown = rows.filter((row) => (!state || row.state === state) && matches(row, search));
      const chosen = rows.filter((row) => selected.has(row.uuid));
      return html`<div class="filters">
          <label class="search"><span class="hidden">Search</span><${Icon} name="search" /><input type="search" placeholder="Name or image" value=${search} onInput=${(event) => setQuery({ search: event.target.value })} /></label>
          <label><span class="hidden">State</span><select value=${state} onChange=${(event) => setQuery({ state: event.target.value })}><option value="">Every state</option>${STATES.map((one) => html`<option key=${one} value=${one} selected=${one === state}>${one}</option>`)}</select></label>
          <span class="dim" role="status">${count(shown.length, 'service')}</span>
          ${chosen.length > 0 && html`<${Bulk} chosen=${chosen} done=${() => setSelected(new Set())} />`}
        </div>
        ${shown.length === 0
          ? html`<${NoMatch} what=${filterText(state, search)} onClear=${() => setQuery({ state: '', search: '' })} />`
          : html`<${Table} label="Services" columns=${[...COLUMNS, ACTIONS]} rows=${shown} id=${(row) => row.uuid} order=${order} onOrder=${(next) => setQuery({ order: next })}
              onOpen=${(row) => go(['services', row.uuid])} selected=${selected} onSelect=${setSelected} keys=${{ w: (row) => go(['services', row.uuid, 'why']), l: (row) => go(['services', row.uuid, 'logs']) }} />`}`;
    }}<//>`;
}

/** Pure. */
export function matches(row, search) {
  const text = search.trim().toLowerCase();
  return !text || row.name.toLowerCase().includes(text) || (row.image_name ?? '').toLowerCase().includes(text);
}

function filterText(state, search) {
  return [state && `state ${state}`, search && `“${search}” in name or image`].filter(Boolean).join(', ');
}

const ACTIONS = { key: 'menu', head: html`<span class="hidden">Operations</span>`, class: 'menu-cell', cell: (row) => html`<${ServiceMenu} service=${row} />` };

export function ServiceMenu({ service, text }) {
  const operator = may('operator');
  const title = operator ? undefined : 'Needs the role operator';
  const item = (verb, label, icon) => ({ label, icon, title, disabled: !operator || !takes(service.state, verb), run: () => preview(serviceOperation(service, verb)) });
  return html`<${Menu} label=${`Operations on ${service.name}`} text=${text} items=${[
    { label: 'Why', icon: 'why', run: () => go(['services', service.uuid, 'why']) },
    { label: 'Logs', icon: 'log', run: () => go(['services', service.uuid, 'logs']) },
    item('start', 'Start', 'play'), item('stop', 'Stop', 'stop'), item('redeploy', 'Redeploy', 'redeploy'),
    { label: 'Terminate…', icon: 'trash', danger: true, title, disabled: !operator || !takes(service.state, 'terminate'), run: () => preview(serviceTermination(service)) },
  ]} />`;
}

function Bulk({ chosen, done }) {
  const operator = may('operator');
  return html`<span class="bulk">${count(chosen.length, 'service')} selected:
    ${['start', 'stop', 'redeploy'].map((verb) => html`<button type="button" key=${verb} disabled=${!operator} onClick=${() => confirmBulk(verb, chosen, done)}>${verb}</button>`)}</span>`;
}

/** One preview of all: which services take it, which are passed over and why. */
function confirmBulk(verb, chosen, done) {
  const taken = chosen.filter((service) => takes(service.state, verb));
  const passed = chosen.filter((service) => !takes(service.state, verb));
  openDialog(`${verb} ${count(taken.length, 'service')}`, (close) => {
    const run = async () => {
      const results = await Promise.allSettled(taken.map((service) => send('POST', serviceOperation(service, verb).path)));
      const failed = results.map((result, i) => (result.status === 'rejected' ? `${taken[i].name}: ${result.reason.message}` : null)).filter(Boolean);
      toast(failed.length ? `${failed.length} of ${taken.length} were refused. ${failed[0]}` : `${verb} was sent to ${count(taken.length, 'service')}.`, failed.length ? 'bad' : 'good');
      refresh(new Set(['service', 'action']));
      close();
      done();
    };
    return html`<div class="dialog-body"><ul class="plain-list">${taken.map((service) => html`<li key=${service.uuid}><bdi>${plain(service.name)}</bdi> <${State} state=${service.state} /></li>`)}</ul>
      ${passed.length > 0 && html`<p class="notice tone-warn">Not sent, because of their state: ${passed.map((service) => `${service.name} (${service.state})`).join(', ')}</p>`}</div>
      <footer><button type="button" onClick=${() => close()}>Cancel</button><${Work} class="primary" disabled=${taken.length === 0} onWork=${run}>${verb}<//></footer>`;
  });
}
