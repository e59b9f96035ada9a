// One container: what it is, how it does, its log.
import { html, useEffect, useState } from '../lib.js';
import { socketUrl, url } from '../api.js';
import { bytes, plain } from '../format.js';
import { href, route } from '../router.js';
import { useResource } from '../store.js';
import { Icon } from '../parts/icons.js';
import { Log } from '../parts/log.js';
import { Ago, Sparkline, State, To } from '../parts/state.js';
import { Shown } from '../parts/views.js';
import { ContainerMenu } from './service-containers.js';

const SAMPLES = 90;

export default function Container() {
  const [, uuid, tab = 'state'] = route.value.path;
  const container = useResource(url('app', `container/${uuid}/`), [`container:${uuid}`]);
  return html`<${Shown} of=${container}>${(data) => html`
    <div class="page-head"><h1><bdi>${plain(data.name)}</bdi></h1><${State} state=${data.state} />${data.health && html`<span class="chip">${data.health}</span>`}<span class="spread"></span>
      <a class="button" href=${href(['terminal', uuid])}><${Icon} name="terminal" />Terminal</a><${ContainerMenu} container=${data} /></div>
    <p class="facts"><bdi class="mono clip">${plain(data.image_name)}</bdi> · <${To} kind="service" uri=${data.service}>service<//>${data.node && html` · <${To} kind="node" uri=${data.node}>node<//>`}</p>
    <nav class="tabs" aria-label="Views of the container">
      <a href=${href(['containers', uuid])} aria-current=${tab === 'state' ? 'page' : undefined}>State</a><a href=${href(['containers', uuid, 'logs'])} aria-current=${tab === 'logs' ? 'page' : undefined}>Log</a></nav>
    ${tab === 'logs' ? html`<${Log} key=${uuid} path=${url('app', `container/${uuid}/logs/`)} title=${data.name} />` : html`<${Facts} container=${data} />`}`}<//>`;
}

function Facts({ container }) {
  return html`<div class="split">
    <section class="card"><h2>State</h2><dl class="facts-list">
      <div><dt>Since</dt><dd><${Ago} date=${container.started_datetime ?? container.deployed_datetime} /></dd></div>
      ${container.waits_for && html`<div><dt>Waits for</dt><dd>${plain(container.waits_for, 1000)}</dd></div>`}
      ${container.exit_code != null && html`<div><dt>Exit code</dt><dd>${container.exit_code} ${plain(container.exit_code_msg ?? '')}</dd></div>`}
      <div><dt>Restarts</dt><dd>${container.restart_count}</dd></div>
      <div><dt>Address</dt><dd class="mono">${container.private_ip ?? 'none'}</dd></div>
      <div><dt>Ports</dt><dd>${container.container_ports.map((port) => `${port.outer_port ?? '–'} → ${port.inner_port}/${port.protocol}`).join(', ') || 'none'}</dd></div>
      <div><dt>Engine id</dt><dd class="mono clip">${plain(container.docker_id)}</dd></div>
    </dl></section>
    <${Stats} uuid=${container.uuid} running=${container.state === 'Running'} />
  </div>`;
}

/** CPU and memory while the page is open. */
function Stats({ uuid, running }) {
  const [samples, setSamples] = useState([]);
  useEffect(() => {
    if (!running) return undefined;
    const socket = new WebSocket(socketUrl(url('app', `container/${uuid}/stats/`)));
    socket.onmessage = (message) => {
      const sample = JSON.parse(message.data);
      if (sample.type === 'stats') setSamples((before) => [...before.slice(1 - SAMPLES), sample]);
    };
    return () => socket.close();
  }, [uuid, running]);
  const last = samples[samples.length - 1];
  return html`<section class="card"><h2>Use</h2>
    ${!running && html`<p class="dim">It does not run.</p>`}
    ${running && !last && html`<p class="dim">Waiting for the first figures…</p>`}
    ${last && html`<div class="gauge"><span>CPU</span><b>${last.cpu_percent.toFixed(1)} %</b><${Sparkline} values=${samples.map((one) => one.cpu_percent)} label="CPU of the last three minutes" /></div>
      <div class="gauge"><span>Memory</span><b>${bytes(last.memory_bytes)}${last.memory_limit_bytes ? ` of ${bytes(last.memory_limit_bytes)}` : ''}</b><${Sparkline} values=${samples.map((one) => one.memory_bytes)} label="Memory of the last three minutes" /></div>
      <p class="dim">Network ${bytes(last.network_rx_bytes)} in, ${bytes(last.network_tx_bytes)} out</p>`}
  </section>`;
}

