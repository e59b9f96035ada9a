// Everything that has ever happened to a service: the state at any version, what changed, by whom and why.
import { html, useMemo } from '../lib.js';
import { get, may, query, url } from '../api.js';
import { between } from '../diff.js';
import { exact, plain, words } from '../format.js';
import { route, setQuery } from '../router.js';
import { serviceRestore } from '../commands.js';
import { useResource } from '../store.js';
import { Changes } from '../parts/diffview.js';
import { Icon } from '../parts/icons.js';
import { preview } from '../parts/preview.js';
import { markOf, Slider } from '../parts/slider.js';
import { Ago, State, To } from '../parts/state.js';
import { Failure, Loading, Shown } from '../parts/views.js';

const MOST = 5_000;

async function history(uuid, abort) {
  const entries = [];
  let before = null;
  while (entries.length < MOST) {
    const page = await get(query(url('app', `service/${uuid}/history/`), { order: 'desc', limit: 100, before }), { signal: abort });
    entries.push(...page.objects);
    if (page.objects.length < 100) break;
    before = page.objects[page.objects.length - 1].version;
  }
  return entries.reverse().map((entry) => ({ ...entry, text: textOf(entry) }));
}

/** One line of what an event did. Pure. */
export function textOf(entry) {
  const named = entry.changes.filter((change) => change.attribute !== 'state').map((change) => change.attribute);
  const state = entry.changes.find((change) => change.attribute === 'state');
  const about = named.length ? `: ${named.join(', ')}` : '';
  return `${words(entry.type)}${about}${state ? ` → ${state.to}` : ''}`;
}

export default function ServiceTimeline({ service }) {
  const entries = useResource(`/history/${service.uuid}`, [`service:${service.uuid}`], (abort) => history(service.uuid, abort));
  return html`<${Shown} of=${entries}>${(all) => html`<${Timeline} service=${service} entries=${all} />`}<//>`;
}

function Timeline({ service, entries }) {
  const { at: atText, with: withText } = route.value.query;
  const newest = entries[entries.length - 1]?.version ?? 0;
  const at = atText === undefined || atText === '' ? newest : Number(atText);
  const other = withText ? Number(withText) : null;
  const entry = entries.findLast((one) => one.version <= at);
  const pick = (version) => setQuery({ at: version === newest ? '' : version });
  if (!entry) return html`<${Failure} error=${{ status: 410, message: `Version ${at} is older than what is kept.` }} retry=${() => pick(newest)} />`;
  return html`<div class="timeline">
    <${Slider} entries=${entries} at=${at} other=${other} onPick=${pick} />
    <div class="split">
      <section class="card" aria-label="What changed">
        <${Entry} entry=${entry} />
        <div class="buttons">
          ${at !== newest && html`<button type="button" class="primary" disabled=${!may('operator')} onClick=${() => preview(serviceRestore(service, at))}><${Icon} name="restore" />Restore this version…</button>`}
          ${other === null
            ? html`<button type="button" onClick=${() => setQuery({ with: at })}>Compare with…</button>`
            : html`<button type="button" onClick=${() => setQuery({ with: '' })}>End comparison</button>`}
        </div>
      </section>
      ${other !== null && other !== at
        ? html`<${Comparison} service=${service} from=${Math.min(other, at)} to=${Math.max(other, at)} />`
        : html`<${Then} service=${service} version=${at} newest=${newest} />`}
    </div>
    ${other !== null && other === at && html`<p class="notice">Version ${other} is marked. Move the slider to the version to compare it with.</p>`}
    <h2>All events</h2>
    <${Entries} entries=${entries} at=${entry.version} pick=${pick} />
  </div>`;
}

function Entry({ entry }) {
  return html`<h2>Version ${entry.version} <span class="chip mark-${markOf(entry)}">${words(entry.type)}</span></h2>
    <p><time datetime=${new Date(entry.datetime).toISOString()}>${exact(entry.datetime)}</time> <span class="dim">(<${Ago} date=${entry.datetime} />)</span></p>
    <p>${entry.user ? html`by <b><bdi>${plain(entry.user)}</bdi></b>` : 'by the system'}${entry.ip ? html` from <span class="mono">${entry.ip}</span>` : ''}
      ${entry.action && html` · <${To} kind="action" uri=${entry.action}>action<//>`}</p>
    ${entry.reason && html`<blockquote>${plain(entry.reason, 1000)}</blockquote>`}
    <${Changes} changes=${entry.changes} none="No attribute changed." />`;
}

function useVersion(service, version, newest) {
  const path = version === newest ? url('app', `service/${service.uuid}/`) : query(url('app', `service/${service.uuid}/`), { at: version });
  return useResource(path, version === newest ? [`service:${service.uuid}`] : []);
}

/** The service as it was, and what has changed in its definition since. */
function Then({ service, version, newest }) {
  const then = useVersion(service, version, newest);
  const changes = useMemo(() => (then.data ? between(then.data, service) : []), [then.data, service]);
  return html`<section class="card" aria-label="The service at this version">
    <${Shown} of=${then} rows=${4}>${(data) => html`<h2>At this version</h2>
      <dl class="facts-list">
        <div><dt>State</dt><dd><${State} state=${data.state} /></dd></div>
        <div><dt>Image</dt><dd class="mono"><bdi>${plain(data.image_name)}</bdi></dd></div>
        <div><dt>Containers</dt><dd>${data.running_num_containers ?? '?'} of ${data.target_num_containers} ran</dd></div>
        <div><dt>Ports</dt><dd>${data.container_ports.map((port) => `${port.outer_port ?? 'any'}:${port.inner_port}/${port.protocol}`).join(', ') || 'none'}</dd></div>
        <div><dt>Variables</dt><dd>${data.container_envvars.length}</dd></div>
      </dl>
      ${version !== newest && html`<h3>Since then</h3><${Changes} changes=${changes} none="The definition is the same as now." />`}`}<//>
  </section>`;
}

function Comparison({ service, from, to }) {
  const diff = useResource(query(url('app', `service/${service.uuid}/diff/`), { from, to }), []);
  return html`<section class="card" aria-label="Difference"><h2>Version ${from} → ${to}</h2>
    <${Shown} of=${diff} rows=${4}>${(data) => html`<${Changes} changes=${data.changes} none="Both versions are the same." />`}<//></section>`;
}

function Entries({ entries, at, pick }) {
  const shown = entries.slice(-300).reverse();
  return html`<ol class="entries">${shown.map((entry) => html`<li key=${entry.version} class=${entry.version === at ? 'current' : ''}>
      <button type="button" class="plain" aria-current=${entry.version === at} onClick=${() => pick(entry.version)}>
        <span class="num">${entry.version}</span><span class="dot mark-${markOf(entry)}" aria-hidden="true"></span><span class="entry-text">${plain(entry.text)}</span>
        <span class="dim">${plain(entry.user ?? '')}</span><${Ago} date=${entry.datetime} /></button>
      ${entry.reason && html`<span class="dim entry-reason">${plain(entry.reason)}</span>`}</li>`)}</ol>
    ${entries.length > shown.length && html`<p class="dim">The slider reaches ${entries.length - shown.length} earlier events.</p>`}`;
}

