// How things are: a state as icon, word and colour; times; names that link.
import { html } from '../lib.js';
import { ago, exact, plain, tone, uuidOf } from '../format.js';
import { href } from '../router.js';
import { now, settings } from '../settings.js';
import { Icon } from './icons.js';

export function State({ state, title }) {
  const kind = tone(state);
  return html`<span class="state tone-${kind}" title=${title}><${Icon} name=${kind} spin=${kind === 'busy'} />${state}</span>`;
}

/** A relative time; the exact one on hover, in the user's zone. */
export function Ago({ date }) {
  if (!date) return html`<span class="dim">–</span>`;
  return html`<time datetime=${new Date(date).toISOString()} title=${exact(date, settings.value.utc ? 'UTC' : undefined)}>${ago(date, now.value)}</time>`;
}

const PAGES = { service: 'services', stack: 'stacks', node: 'nodes', action: 'actions', container: 'containers' };

/** A link to the page of a resource. */
export function To({ kind, uri, uuid, tab, children, title }) {
  const id = uuid ?? uuidOf(uri);
  return html`<a href=${href([PAGES[kind], id, ...(tab ? [tab] : [])])} title=${title}>${children}</a>`;
}

/** A user's text on one line: cut by the layout, whole on hover. */
export function Text({ value, most = 400, mono = false }) {
  const text = plain(value, most);
  return html`<bdi class="clip ${mono ? 'mono' : ''}" title=${plain(value, 2000)}>${text}</bdi>`;
}

/** '2/3', with a bar that shows it. */
export function Running({ running, wanted }) {
  const share = wanted > 0 ? Math.min(1, running / wanted) : 0;
  const kind = running >= wanted && wanted > 0 ? 'good' : running > 0 ? 'warn' : 'idle';
  return html`<span class="running" title=${`${running} of ${wanted} containers run`}>
    <span class="bar tone-${kind}" aria-hidden="true"><span style=${{ width: `${share * 100}%` }}></span></span>
    <span class="num">${running}/${wanted}</span>
  </span>`;
}

/** A line of CPU or memory values over time. */
export function Sparkline({ values, most, label }) {
  const top = most || Math.max(1, ...values);
  const step = 100 / Math.max(1, values.length - 1);
  const points = values.map((value, i) => `${(i * step).toFixed(1)},${(30 - (Math.min(value, top) / top) * 28).toFixed(1)}`).join(' ');
  return html`<svg class="sparkline" viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label=${label}>
    <polyline points=${points} />
  </svg>`;
}
