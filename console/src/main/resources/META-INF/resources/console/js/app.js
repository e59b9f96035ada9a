// The frame: navigation, who is logged in, whether the page is live, and the page of the address.
import { effect, html, render, useEffect } from './lib.js';
import { extend, get, logOut, login, namespace, resume, session } from './api.js';
import { connect, connection, disconnect } from './live.js';
import { count, clock } from './format.js';
import { go, href, route } from './router.js';
import { set, settings } from './settings.js';
import { refresh, useResource } from './store.js';
import { Dialogs, Menu, openDialog, toast, Toasts } from './parts/dialog.js';
import { Icon } from './parts/icons.js';
import { Page } from './parts/lazy.js';
import { DropTarget } from './parts/stackfile.js';
import { Failure, Loading } from './parts/views.js';
import { Login } from './pages/login.js';

const NAVIGATION = [['overview', 'Overview', 'o'], ['services', 'Services', 's'], ['stacks', 'Stacks', 't'], ['nodes', 'Nodes', 'n'], ['actions', 'Actions', 'a'], ['accounts', 'Accounts', 'u']];

/** The page of an address. Pure. */
export function pageOf([first = 'overview', second]) {
  if (first === 'services') return second === 'new' ? 'service-new' : second ? 'service' : 'services';
  if (first === 'containers') return second ? 'container' : 'containers';
  if (first === 'stacks') return second ? 'stack' : 'stacks';
  if (first === 'nodes') return second ? 'node' : 'nodes';
  return ['overview', 'actions', 'accounts', 'terminal'].includes(first) ? first : null;
}

function App() {
  const state = login.value;
  if (state === 'unknown') return html`<${Starting} />`;
  if (state === 'out' && !session.value) return html`<${Login} />`;
  const page = pageOf(route.value.path);
  if (page === 'terminal') return html`<${Page} name="terminal" key=${route.value.path[1]} /><${Dialogs} /><${Toasts} />`;
  return html`
    <a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); document.getElementById('main').focus(); }}>Skip to the content</a>
    <${Top} />
    <${Navigation} current=${route.value.path[0] ?? 'overview'} />
    <main id="main" tabindex="-1">
      <${NotLive} />
      ${page ? html`<${Page} name=${page} key=${`${page} ${route.value.path[1] ?? ''} ${namespace.value}`} />` : html`<${Failure} error=${{ status: 404, message: 'The console has no such page.' }} />`}
    </main>
    ${state === 'out' && html`<${Login} over />`}
    <${Dialogs} /><${Toasts} /><${DropTarget} />`;
}

function Starting() {
  useEffect(() => {
    resume().catch(() => setTimeout(() => resume().catch(() => {}), 3_000));
  }, []);
  return html`<main class="login"><${Loading} rows=${3} /></main>`;
}

function Top() {
  const trouble = useTrouble();
  return html`<header class="top">
    <a class="brand" href=${href('overview')}><img src=${new URL('../favicon.svg', import.meta.url).href} alt="" width="24" height="24" />Slipway</a>
    <${Namespaces} />
    <span class="spread"></span>
    ${trouble > 0 && html`<a class="chip tone-bad" href=${href('overview')}>${count(trouble, 'problem')}</a>`}
    <span class="live" title=${connection.value.live ? 'What is shown is current' : 'Reconnecting'}><span class="dot ${connection.value.live ? 'tone-good' : 'tone-warn'}" aria-hidden="true"></span>${connection.value.live ? 'Live' : 'Not live'}</span>
    <${Theme} />
    <${Menu} label="You" text=${html`<span class="wide-text">${session.value?.user}</span>`} icon="accounts" items=${[
      { label: 'Keyboard', run: showKeys }, { label: settings.value.utc ? 'Times in your zone' : 'Times in UTC', run: () => set({ utc: !settings.value.utc }) },
      { label: `Slipway ${session.value?.version ?? ''}`, disabled: true, run() {} },
      { label: 'Log out', run: () => logOut().then(() => { disconnect(); location.reload(); }, (failure) => toast(failure.message, 'bad')) }]} />
  </header>`;
}

function Namespaces() {
  const known = session.value?.namespaces ?? [];
  if (known.length < 2) return html`<span class="dim">${namespace.value}</span>`;
  return html`<label><span class="hidden">Namespace</span><select value=${namespace.value} onChange=${(event) => { namespace.value = event.target.value; go('overview'); }}>
    ${known.map((one) => html`<option key=${one.name} value=${one.name} selected=${one.name === namespace.value}>${one.name}</option>`)}</select></label>`;
}

const THEMES = { auto: ['auto', 'light', 'Theme of the system'], light: ['sun', 'dark', 'Light theme'], dark: ['moon', 'auto', 'Dark theme'] };

function Theme() {
  const [icon, next, label] = THEMES[settings.value.theme];
  return html`<button type="button" class="quiet" aria-label=${label} title=${label} onClick=${() => set({ theme: next })}><${Icon} name=${icon} /></button>`;
}

function Navigation({ current }) {
  return html`<nav class="side" aria-label="Pages">${NAVIGATION.map(([page, label]) => html`<a key=${page} href=${href(page)} aria-current=${current === page || (page === 'services' && current === 'containers') ? 'page' : undefined}><${Icon} name=${page} />${label}</a>`)}</nav>`;
}

function NotLive() {
  const { live, since } = connection.value;
  if (live || since === null) return null;
  return html`<p class="notice tone-warn banner" role="status">Not live since ${clock(since / 1000)}, reconnecting. What you see may have changed.</p>`;
}

/** The number of problems, in the title and the icon too. */
function useTrouble() {
  const summary = useResource('/api/audit/v1/summary/', ['service', 'node'], (abort) => get('/api/audit/v1/summary/', { signal: abort }));
  const trouble = summary.data ? summary.data.problems.length + summary.data.nodes_in_trouble.length : 0;
  useEffect(() => {
    document.title = `${trouble > 0 ? `(${trouble}) ` : ''}${titleOf(route.value.path)} · Slipway`;
    favicon(trouble > 0);
  }, [trouble, route.value.path]);
  return trouble;
}

function titleOf(path) {
  const page = NAVIGATION.find(([key]) => key === (path[0] ?? 'overview'));
  return page ? page[1] : 'Console';
}

function favicon(trouble) {
  const link = document.querySelector('link[rel=icon]');
  link.href = new URL(trouble ? '../favicon-trouble.svg' : '../favicon.svg', import.meta.url).href;
}

const KEYS = [['g o', 'Overview'], ['g s', 'Services'], ['g t', 'Stacks'], ['g n', 'Nodes'], ['g a', 'Actions'], ['/', 'Search'], ['j, k, Enter', 'Move in a list, open'], ['l', 'Log of the row'], ['t', 'Terminal of the row'], ['w', 'Why, of the row'], ['?', 'This list']];

function showKeys() {
  openDialog('Keyboard', () => html`<div class="dialog-body"><dl class="keys">${KEYS.map(([key, text]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${text}</dd></div>`)}</dl>
    <label class="flag"><input type="checkbox" checked=${settings.value.keys} onChange=${(event) => set({ keys: event.target.checked })} />Single keys act</label></div>`);
}

let pending = 0;

addEventListener('pointerdown', extend);
addEventListener('keydown', extend);

addEventListener('keydown', (event) => {
  if (!settings.value.keys || event.target.closest('input, textarea, select, dialog, [role=menu], .xterm') || event.ctrlKey || event.metaKey || event.altKey) return;
  if (Date.now() - pending < 1_200) {
    pending = 0;
    const page = NAVIGATION.find(([, , key]) => key === event.key);
    if (page) {
      go(page[0]);
      event.preventDefault();
      return;
    }
  }
  if (event.key === 'g') pending = Date.now();
  else if (event.key === '?') showKeys();
  else if (event.key === '/') document.querySelector('main input[type=search]')?.focus();
  else return;
  event.preventDefault();
});

effect(() => {
  if (login.value === 'in') {
    connect();
    refresh(null);
  }
});

render(html`<${App} />`, document.getElementById('app'));

