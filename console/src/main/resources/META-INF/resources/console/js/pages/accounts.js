// API keys, users and organisations.
import { html, useState } from '../lib.js';
import { get, may, namespace, send, session } from '../api.js';
import { plain, words } from '../format.js';
import { useResource } from '../store.js';
import { CopyButton, openDialog, Work } from '../parts/dialog.js';
import { Choice, TextField } from '../parts/form.js';
import { Ago } from '../parts/state.js';
import { Shown } from '../parts/views.js';

const BASE = '/api/account/v1/';
const ROLES = [['reader', 'Reader'], ['operator', 'Operator'], ['admin', 'Admin']];

/** Asks before what has no preview. */
function confirmed(title, text, label) {
  return openDialog(title, (close) => html`<div class="dialog-body"><p>${text}</p></div>
    <footer><button type="button" onClick=${() => close(false)}>Cancel</button><button type="button" class="danger" onClick=${() => close(true)}>${label}</button></footer>`);
}

export default function Accounts() {
  return html`<div class="page-head"><h1>Accounts</h1></div><${Keys} />${session.value?.administrator && html`<${Users} />`}<${Organisations} /><${Quota} />`;
}

function Keys() {
  const path = `${BASE}apikey/`;
  const keys = useResource(path, []);
  const [label, setLabel] = useState('');
  const [role, setRole] = useState('admin');
  const make = async () => {
    const { data } = await send('POST', path, { body: { label, role } });
    keys.reload();
    setLabel('');
    openDialog('New API key', (close) => html`<div class="dialog-body"><p>It is shown this once.</p><div class="command"><code>${data.apikey ?? data.key}</code><${CopyButton} text=${data.apikey ?? data.key} label="Copy the key" /></div></div>
      <footer><button type="button" class="primary" onClick=${() => close()}>Done</button></footer>`);
  };
  return html`<section class="card"><h2>Your API keys</h2>
    <${Shown} of=${keys} rows=${2}>${(page) => (page.objects.length === 0 ? html`<p class="dim">None but the one from the settings.</p>` : html`<table aria-label="API keys"><thead><tr><th>Label</th><th>Role</th><th>Created</th><th><span class="hidden">Revoke</span></th></tr></thead><tbody>
      ${page.objects.map((key) => html`<tr key=${key.uuid}><td><bdi>${plain(key.label ?? key.uuid)}</bdi></td><td>${key.role}</td><td><${Ago} date=${key.created ?? key.created_datetime} /></td>
        <td><${Work} class="danger" onWork=${async () => { if (await confirmed(`Revoke the key ${plain(key.label || key.uuid)}`, 'Whoever uses it is locked out at once, and its sessions end.', 'Revoke')) { await send('DELETE', `${path}${key.uuid}/`); keys.reload(); } }}>Revoke<//></td></tr>`)}</tbody></table>`)}<//>
    <div class="inline-form"><${TextField} label="Label" value=${label} onChange=${setLabel} placeholder="build server" /><${Choice} label="Role" value=${role} onChange=${setRole} options=${ROLES} /><${Work} class="primary" onWork=${make}>Create a key<//></div>
  </section>`;
}

function Users() {
  const path = `${BASE}user/`;
  const users = useResource(path, []);
  const [name, setName] = useState('');
  return html`<section class="card"><h2>Users</h2>
    <${Shown} of=${users} rows=${2}>${(page) => html`<ul class="plain-list">${page.objects.map((user) => html`<li key=${user.name ?? user.user}><bdi>${plain(user.name ?? user.user)}</bdi>
      ${user.name !== session.value.user && html`<${Work} class="danger" onWork=${async () => { if (await confirmed(`Delete the user ${plain(user.name)}`, 'Its keys and memberships end at once. The name is not given out again.', 'Delete')) { await send('DELETE', `${path}${encodeURIComponent(user.name)}/`); users.reload(); } }}>Delete<//>`}</li>`)}</ul>
      ${page.objects.length === 0 && html`<p class="dim">None but the administrator.</p>`}`}<//>
    <div class="inline-form"><${TextField} label="Name" value=${name} onChange=${setName} /><${Work} class="primary" disabled=${!name.trim()} onWork=${async () => { await send('POST', path, { body: { name } }); setName(''); users.reload(); }}>Create a user<//></div></section>`;
}

function Organisations() {
  const path = `${BASE}organisation/`;
  const organisations = useResource(path, []);
  return html`<section class="card"><h2>Organisations</h2><${Shown} of=${organisations} rows=${2}>${(page) => (page.objects.length === 0 ? html`<p class="dim">None.</p>`
    : page.objects.map((one) => html`<${Organisation} key=${one.name} name=${one.name} />`))}<//></section>`;
}

function Organisation({ name }) {
  const path = `${BASE}organisation/${encodeURIComponent(name)}/member/`;
  const members = useResource(path, []);
  const [user, setUser] = useState('');
  const [role, setRole] = useState('operator');
  return html`<h3><bdi>${plain(name)}</bdi></h3><${Shown} of=${members} rows=${1}>${(page) => html`<ul class="plain-list">${page.objects.map((member) => html`<li key=${member.user}><bdi>${plain(member.user)}</bdi> <span class="chip">${member.role}</span>
      <${Work} class="danger" disabled=${!may('admin')} onWork=${async () => { if (await confirmed(`Remove ${plain(member.user)} from ${plain(name)}`, 'The role ends at once.', 'Remove')) { await send('DELETE', `${path}${encodeURIComponent(member.user)}/`); members.reload(); } }}>Remove<//></li>`)}</ul>`}<//>
    <div class="inline-form"><${TextField} label="User" value=${user} onChange=${setUser} /><${Choice} label="Role" value=${role} onChange=${setRole} options=${ROLES} /><${Work} disabled=${!user.trim() || !may('admin')} onWork=${async () => { await send('POST', path, { body: { user, role } }); members.reload(); }}>Add<//></div>`;
}

function Quota() {
  const quota = useResource(`${BASE}quota/`, ['service'], (abort) => get(`${BASE}quota/`, { signal: abort }));
  return html`<section class="card"><h2>Quotas</h2><${Shown} of=${quota} rows=${2}>${(data) => html`<table aria-label="Quotas"><thead><tr><th>Of</th><th class="num">Used</th><th class="num">At most</th></tr></thead><tbody>
    ${data.objects.filter((one) => one.namespace === namespace.value).flatMap((one) => Object.entries(one.quotas)).map(([key, use]) => html`<tr key=${key}><td>${words(key)}</td><td class="num">${use.used ?? '–'}</td><td class="num">${use.limit.toLocaleString('en')}</td></tr>`)}</tbody></table>`}<//></section>`;
}
