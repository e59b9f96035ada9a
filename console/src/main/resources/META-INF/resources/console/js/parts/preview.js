// The one dialog before each write: what changes, what the scheduler will do, why not, and who is told why.
import { html, useEffect, useMemo, useState } from '../lib.js';
import { namespace, query, send } from '../api.js';
import { count, plain, uuidOf } from '../format.js';
import { refresh, useResource } from '../store.js';
import { Changes } from './diffview.js';
import { CopyButton, openDialog, toast } from './dialog.js';
import { State, To } from './state.js';
import { Failure, Loading } from './views.js';

/**
 * A write that is to be shown before it is made.
 * @typedef {{title: string, method: string, path: string, body?: any, subject?: string, command?: string,
 *   confirmName?: string, applyLabel?: string, contentType?: string, watch?: {kind: string, uuid: string}}} Write
 */

/**
 * Shows what a write would do and makes it if the user says so.
 * @param {Write} write
 * @returns {Promise<any>} what the API answered, undefined if the user closed the dialog
 */
export function preview(write) {
  return openDialog(write.title, (close) => html`<${Preview} write=${write} close=${close} />`, { wide: true });
}

function Preview({ write, close }) {
  const [state, setState] = useState({ step: 'planning' });
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');

  const plan = async (note) => {
    setState({ step: 'planning', note });
    try {
      const answer = await send(write.method, query(write.path, { dry_run: 'true' }), { body: write.body, headers: contentType(write) });
      setState({ step: 'planned', plan: answer.data, etag: answer.headers.get('ETag'), note });
    } catch (failure) {
      setState({ step: 'refused', failure });
    }
  };
  useEffect(() => {
    plan();
  }, []);

  const apply = async () => {
    const { plan: planned, etag } = state;
    setState({ ...state, step: 'applying' });
    const headers = { ...contentType(write), 'If-Match': etag, 'X-Change-Reason': reason.trim() ? encodeReason(reason) : undefined };
    for (const name of Object.keys(headers)) if (headers[name] == null) delete headers[name];
    try {
      const answer = await send(write.method, write.path, { body: write.body, headers });
      refresh(null);
      const action = answer.headers.get('X-DockerCloud-Action-URI');
      const warnings = answer.headers.get('Slipway-Warning');
      if (action && runs(planned)) setState({ step: 'applied', plan: planned, action, data: answer.data, warnings });
      else {
        toast(`${write.title}: done`);
        close(answer.data ?? true);
      }
    } catch (failure) {
      if (failure.status === 412 || failure.status === 409) plan(failure.status === 412 ? 'It has changed since the preview. This is the new plan.' : failure.message);
      else setState({ step: 'refused', failure });
    }
  };

  if (state.step === 'planning') return html`<div class="dialog-body"><${Loading} rows=${3} /></div>`;
  if (state.step === 'refused') {
    return html`<div class="dialog-body"><${Failure} error=${state.failure} retry=${() => plan()} /></div>
      <footer><button type="button" onClick=${() => close()}>Close</button></footer>`;
  }
  if (state.step === 'applied') return html`<${Progress} write=${write} state=${state} close=${() => close(state.data ?? true)} />`;
  const named = !write.confirmName || typed === write.confirmName;
  return html`<div class="dialog-body">
      ${state.note && html`<p class="notice tone-warn" role="alert">${state.note}</p>`}
      <${Plan} plan=${state.plan} />
      ${write.confirmName && html`<label class="field">Type <b class="mono">${write.confirmName}</b> to confirm. This cannot be undone.
        <input value=${typed} autocomplete="off" spellcheck="false" onInput=${(event) => setTyped(event.target.value)} /></label>`}
      <label class="field">Reason <span class="dim">(optional; kept with the change)</span>
        <input value=${reason} maxlength="300" onInput=${(event) => setReason(event.target.value)} placeholder="Why this change?" /></label>
      <${Equivalents} write=${write} reason=${reason} />
    </div>
    <footer>
      <button type="button" onClick=${() => close()}>Cancel</button>
      <button type="button" class=${write.confirmName ? 'danger' : 'primary'} disabled=${!named || state.step === 'applying'} aria-busy=${state.step === 'applying'} onClick=${apply}>${write.applyLabel ?? 'Apply'}</button>
    </footer>`;
}

/** Header values are ASCII; other letters are sent as the API reads them, percent-encoded UTF-8. */
function encodeReason(reason) {
  const text = reason.trim();
  return /^[\x20-\x7e]*$/.test(text) ? text : `UTF-8''${encodeURIComponent(text)}`;
}

function contentType(write) {
  return write.contentType ? { 'Content-Type': write.contentType } : {};
}

function runs(plan) {
  return (plan?.plan ?? plan?.services?.flatMap((one) => one.plan ?? []) ?? []).length > 0;
}

/** The plan as the decider made it: changes, then steps in their order, then what no node takes. */
export function Plan({ plan }) {
  if (plan?.services) {
    return html`<p class="summary">${plan.summary}</p>
      ${plan.services.map((one) => html`<section class="plan-service" key=${one.name}>
        <h3><span class="chip">${one.change}</span> ${plain(one.name)}</h3>
        ${one.changes?.length > 0 && html`<${Changes} changes=${one.changes} />`}
        <${Steps} steps=${one.plan ?? []} />
      </section>`)}`;
  }
  const steps = plan?.plan ?? [];
  return html`${plan?.summary && html`<p class="summary">${plan.summary}</p>`}
    ${plan?.warnings?.map((warning) => html`<p class="notice tone-warn" key=${warning}>${warning}</p>`)}
    ${plan?.changes?.length > 0 && html`<h3>Changes</h3><${Changes} changes=${plan.changes} />`}
    <h3>Containers</h3>
    ${steps.length ? html`<${Steps} steps=${steps} />` : html`<p class="dim">No container starts, stops or moves.</p>`}`;
}

const SIGNS = { add: '+', replace: '↻', start: '▸', stop: '■', remove: '−' };

function Steps({ steps }) {
  const waves = useMemo(() => Object.entries(Object.groupBy ? Object.groupBy(steps, (step) => step.step) : group(steps)), [steps]);
  return html`<ol class="steps">
    ${waves.map(([number, wave]) => html`<li key=${number}>
      ${wave.length > 1 && html`<span class="dim">${count(wave.length, 'container')} at once</span>`}
      <ul>${wave.map((step) => html`<${Step} step=${step} key=${`${step.action} ${step.name}`} />`)}</ul>
    </li>`)}
  </ol>`;
}

function group(steps) {
  const waves = {};
  for (const step of steps) (waves[step.step] ??= []).push(step);
  return waves;
}

function Step({ step }) {
  const refused = step.refused;
  return html`<li class="step step-${refused ? 'refused' : step.action}">
    <span class="step-sign" aria-hidden="true">${refused ? '!' : SIGNS[step.action]}</span>
    <span><b>${step.action}</b> <bdi class="mono">${plain(step.name)}</bdi>
      ${step.node_name && html` on <bdi>${plain(step.node_name)}</bdi>`}
      ${step.order && html`<span class="dim"> · ${step.order === 'start_first' ? 'new one first' : 'old one first'}</span>`}
      ${step.erases_volumes && html`<span class="chip tone-warn">erases its volumes</span>`}
      ${refused && html`<div class="refusal">${refused.waiting ? 'Waits: ' : 'Fails: '}${plain(refused.reason)}
        <ul>${refused.refusals?.map((one) => html`<li key=${one.node}><${To} kind="node" uri=${one.node}>${plain(one.node_name)}<//>: ${plain(one.reason)}</li>`)}</ul></div>`}
    </span>
  </li>`;
}

/** The same write for a shell. */
function Equivalents({ write, reason }) {
  const body = write.body === undefined ? '' : ` -H 'Content-Type: ${write.contentType ?? 'application/json'}' -d ${quote(typeof write.body === 'string' ? write.body : JSON.stringify(write.body))}`;
  const why = reason.trim() ? ` -H ${quote(`X-Change-Reason: ${reason.trim()}`)}` : '';
  const curl = `curl -u ${quote(`${namespace.value}:$SLIPWAY_APIKEY`).replace(/^'|'$/g, '"')} -X ${write.method}${why}${body} ${quote(location.origin + write.path)}`;
  const cli = write.command ? `${write.command}${reason.trim() ? ` --why ${quote(reason.trim())}` : ''}` : null;
  return html`<details class="equivalents"><summary>The same in a shell</summary>
    ${cli && html`<div class="command"><code>${cli}</code><${CopyButton} text=${cli} label="Copy the slipway command" /></div>`}
    <div class="command"><code>${curl}</code><${CopyButton} text=${curl} label="Copy the curl command" /></div>
  </details>`;
}

export function quote(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;
}

/** How the action goes, container by container, until it has ended. */
function Progress({ write, state, close }) {
  const uuid = uuidOf(state.action);
  const action = useResource(`/api/audit/v1/action/${uuid}/`, [`action:${uuid}`, 'container']);
  const service = write.watch?.kind === 'service' ? write.watch.uuid : null;
  const why = useResource(service && `/api/app/v1/service/${service}/why/`, [`service:${service}`, 'container']);
  const ended = action.data && !['Pending', 'In progress', 'Canceling'].includes(action.data.state);
  useEffect(() => {
    if (ended || !action.data) return undefined;
    const timer = setInterval(() => action.reload(), 2_000); // where the event stream is interrupted
    return () => clearInterval(timer);
  }, [ended, action.data]);
  return html`<div class="dialog-body">
      <p class="progress-head" role="status">${action.data ? html`<${State} state=${action.data.state} />` : 'Sent'} ${write.title}</p>
      ${state.warnings && html`<p class="notice tone-warn">${state.warnings}</p>`}
      ${why.data && html`<ul class="progress">${why.data.slots.map((slot) => html`<li key=${slot.slot}>
        <bdi class="mono">${plain(slot.name)}</bdi><${State} state=${slot.state} /><span class="dim">${plain(slot.waits_for ?? slot.reason ?? '')}</span></li>`)}</ul>`}
      ${ended && action.data.state !== 'Success' && html`<div class="failure"><p>${plain(action.data.reason, 1000)}</p>
        ${service && html`<p><${To} kind="service" uuid=${service} tab="why">See why<//></p>`}</div>`}
    </div>
    <footer>
      <${To} kind="action" uuid=${uuid}>Open the action<//>
      <button type="button" class="primary" onClick=${close}>${ended ? 'Close' : 'Leave it running'}</button>
    </footer>`;
}

/** A write without a preview worth showing, such as a key that is made. */
export async function write(method, path, body) {
  const answer = await send(method, path, { body });
  refresh(null);
  return answer.data;
}

