// One service: its head, and a tab for each question about it.
import { html } from '../lib.js';
import { may, session, url } from '../api.js';
import { plain } from '../format.js';
import { href, route } from '../router.js';
import { serviceOperation, takes } from '../commands.js';
import { useResource } from '../store.js';
import { openDialog } from '../parts/dialog.js';
import { Icon } from '../parts/icons.js';
import { preview } from '../parts/preview.js';
import { Running, State, To } from '../parts/state.js';
import { Shown } from '../parts/views.js';
import { Page } from '../parts/lazy.js';
import { serviceChange } from '../commands.js';
import { ServiceMenu } from './services.js';

const TABS = [['containers', 'Containers'], ['why', 'Why'], ['timeline', 'Timeline'], ['definition', 'Definition'], ['logs', 'Logs'], ['triggers', 'Triggers']];

export default function Service() {
  const [, uuid, tab = 'containers'] = route.value.path;
  const service = useResource(url('app', `service/${uuid}/`), [`service:${uuid}`]);
  const why = useResource(url('app', `service/${uuid}/why/`), [`service:${uuid}`, 'container', 'node']);
  return html`<${Shown} of=${service}>${(data) => html`
    <${Head} service=${data} why=${why.data} tab=${tab} />
    <nav class="tabs" aria-label=${`Views of ${plain(data.name)}`}>
      ${TABS.map(([key, label]) => html`<a key=${key} href=${href(['services', uuid, key])} aria-current=${key === tab ? 'page' : undefined}>${label}</a>`)}
    </nav>
    <${Page} name=${`service-${tab}`} service=${data} why=${why} reload=${service.reload} />`}<//>`;
}

function Head({ service, why, tab }) {
  const operator = may('operator');
  const op = (verb, label, icon) => html`<button type="button" disabled=${!operator || !takes(service.state, verb)} title=${operator ? undefined : 'Needs the role operator'} onClick=${() => preview(serviceOperation(service, verb))}><${Icon} name=${icon} />${label}</button>`;
  return html`<header class="service-head">
    <div class="page-head"><h1><bdi>${plain(service.name)}</bdi></h1><${State} state=${service.state} />
      <${Running} running=${service.running_num_containers} wanted=${service.target_num_containers} />
      <span class="spread"></span>
      <div class="buttons">${op('start', 'Start', 'play')}${op('stop', 'Stop', 'stop')}${op('redeploy', 'Redeploy', 'redeploy')}
        <button type="button" disabled=${!operator || !takes(service.state, 'scale')} onClick=${() => scale(service)}><${Icon} name="scale" />Scale</button>
        <${ServiceMenu} service=${service} /></div></div>
    <p class="facts"><bdi class="mono clip">${plain(service.image_name)}</bdi>
      ${service.stack && html` · <${To} kind="stack" uri=${service.stack}>its stack<//>`}
      ${service.container_ports.filter((port) => port.published && port.outer_port).map((port) => html` · <a key=${port.outer_port} href=${publicAddress(port)} target="_blank" rel="noreferrer"><${Icon} name="link" />${port.outer_port}/${port.protocol}</a>`)}
      ${!service.synchronized && html` · <span class="chip tone-warn" title="Containers run an older definition; redeploy to change them">not redeployed yet</span>`}</p>
    ${why && tab !== 'why' && service.state !== 'Running' && html`<p class="summary tone-${why.operation ? 'busy' : 'warn'}" role="status">${plain(why.summary, 1000)} <a href=${href(['services', service.uuid, 'why'])}>Why?</a></p>`}
  </header>`;
}

/** Published ports are reached at the host that serves this page, where Slipway and the node share it. */
function publicAddress(port) {
  return session.value?.features?.public_dns ? port.endpoint_uri : `http://${location.hostname}:${port.outer_port}/`;
}

function scale(service) {
  let number = service.target_num_containers;
  openDialog(`Scale ${service.name}`, (close) => html`<form method="dialog" onSubmit=${(event) => { event.preventDefault(); close(); preview(serviceChange(service, { target_num_containers: number }, `Scale ${service.name} to ${number}`)); }}>
    <div class="dialog-body"><label class="field">Containers<input type="number" min="0" max="1000" required autofocus defaultValue=${number} onInput=${(event) => { number = Number(event.target.value); }} /></label>
      <p class="dim">The new number counts from the next scale, start or redeploy on.</p></div>
    <footer><button type="button" onClick=${() => close()}>Cancel</button><button class="primary">Preview</button></footer></form>`);
}
