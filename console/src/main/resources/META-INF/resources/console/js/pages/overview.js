// Problems first; then what there is; then what happened last.
import { html } from '../lib.js';
import { count, plain, tone } from '../format.js';
import { href } from '../router.js';
import { query, url } from '../api.js';
import { useResource } from '../store.js';
import { Ago, State, Text, To } from '../parts/state.js';
import { Empty, Shown } from '../parts/views.js';
import { ActionRows } from './actions.js';

export default function Overview() {
  const summary = useResource(url('audit', 'summary/'), ['service', 'container', 'node', 'action']);
  const actions = useResource(query(url('audit', 'action/'), { limit: 10 }), ['action']);
  return html`<h1>Overview</h1>
    <${Shown} of=${summary}>${(data) => html`
      <${Problems} data=${data} />
      <div class="tiles">
        <${Tile} title="Services" states=${data.services} page="services" />
        <${Tile} title="Containers" states=${data.containers} page="containers" />
        <${Tile} title="Nodes" states=${data.nodes} page="nodes" />
        <a class="tile" href=${href('actions', { state: 'Failed' })}><h2>Failed actions, 24 h</h2><p class="big ${data.actions_failed_24h ? 'tone-bad' : ''}">${data.actions_failed_24h}</p></a>
      </div>`}<//>
    <h2>Last actions</h2>
    <${Shown} of=${actions} rows=${4}>${(page) => html`<${ActionRows} actions=${page.objects} label="Last ten actions" />`}<//>`;
}

function Problems({ data }) {
  const services = Object.values(data.services).reduce((sum, number) => sum + number, 0);
  if (services === 0) {
    return html`<${Empty} title="No services yet" action=${html`<a class="button primary" href=${href(['services', 'new'])}>Create one</a>`}>
      A service is a template and the containers made from it: an image, how many, which ports.<//>`;
  }
  if (data.problems.length + data.nodes_in_trouble.length === 0 && !data.parked) {
    return html`<p class="all-well tone-good" role="status"><${State} state="Running" /> ${services === 1 ? 'The one service is healthy.' : `All ${count(services, 'service')} are healthy.`}</p>`;
  }
  return html`<section class="problems" aria-label="Problems">
    ${data.parked > 0 && html`<p class="problem tone-bad"><b>${count(data.parked, 'subject')} of the log cannot be read.</b> Run <code>slipway audit</code>.</p>`}
    ${data.nodes_in_trouble.map((node) => html`<article class="problem tone-bad" key=${node.node}>
      <${State} state=${node.state} /><${To} kind="node" uri=${node.node}><b>${plain(node.name)}</b><//><${Text} value=${node.reason} /></article>`)}
    ${data.problems.map((one) => html`<article class="problem tone-${tone(one.state)}" key=${one.service}>
      <${State} state=${one.state} /><${To} kind="service" uri=${one.service} tab="why"><b>${plain(one.name)}</b>${one.stack && html`<span class="dim"> in ${plain(one.stack)}</span>`}<//>
      <${Text} value=${one.summary} /><${Ago} date=${one.since} /></article>`)}
  </section>`;
}

function Tile({ title, states, page }) {
  const total = Object.values(states).reduce((sum, number) => sum + number, 0);
  return html`<div class="tile"><h2><a href=${href(page)}>${title}</a></h2><p class="big">${total.toLocaleString('en')}</p>
    <ul>${Object.entries(states).filter(([, number]) => number > 0).map(([state, number]) => html`<li key=${state}><a href=${href(page, { state })}><${State} state=${state} /> ${number}</a></li>`)}</ul></div>`;
}
