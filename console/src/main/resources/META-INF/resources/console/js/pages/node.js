// One node: facts, drain, its containers.
import { html, useState } from '../lib.js';
import { all, may, query, send, url } from '../api.js';
import { bytes, plain, words } from '../format.js';
import { route } from '../router.js';
import { useResource } from '../store.js';
import { Work } from '../parts/dialog.js';
import { TextField } from '../parts/form.js';
import { Ago, State, To } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { Shown } from '../parts/views.js';
import { NodeMenu } from './nodes.js';

const COLUMNS = [
  { key: 'name', head: 'Container', cell: (row) => html`<${To} kind="container" uuid=${row.uuid}><bdi>${plain(row.name)}</bdi><//>` },
  { key: 'state', head: 'State', cell: (row) => html`<${State} state=${row.state} />` },
  { key: 'started', head: 'Started', cell: (row) => html`<${Ago} date=${row.started_datetime} />` },
];
const FACTS = ['docker_version', 'api_version', 'operating_system', 'docker_graphdriver', 'cgroup_version', 'rootless', 'agent_version', 'public_ip'];

export default function Node() {
  const [, uuid] = route.value.path;
  const node = useResource(url('infra', `node/${uuid}/`), [`node:${uuid}`]);
  const path = query(url('app', 'container/'), { node: `/api/infra/v1/node/${uuid}/` });
  const containers = useResource(path, [`node:${uuid}`, 'container'], (abort) => all(path, 2000, { signal: abort }));
  return html`<${Shown} of=${node}>${(data) => html`
    <div class="page-head"><h1><bdi>${plain(data.nickname)}</bdi></h1><${State} state=${data.state} />${data.availability !== 'active' && html`<span class="chip tone-warn">${data.availability}</span>`}<span class="spread"></span><${NodeMenu} node=${data} /></div>
    ${data.reason && html`<p class="summary tone-bad">${plain(data.reason, 1000)}</p>`}
    ${data.drain && html`<p class="notice tone-warn">Drain since <${Ago} date=${data.drain.since ?? data.drain.begun} />${data.drain.reason ? `: ${plain(data.drain.reason, 1000)}` : ''}</p>`}
    <div class="split"><section class="card"><h2>Facts</h2><dl class="facts-list">
        <div><dt>Size</dt><dd>${data.cpu} CPU, ${bytes(data.memory * 1024 * 1024)} memory, ${bytes(data.disk * 1024 * 1024)} disk</dd></div>
        ${FACTS.filter((key) => data[key] != null).map((key) => html`<div key=${key}><dt>${words(key)}</dt><dd class="mono">${plain(String(data[key]))}</dd></div>`)}
        <div><dt>Last seen</dt><dd><${Ago} date=${data.last_seen} /></dd></div></dl></section>
      <${Tags} key=${uuid} node=${data} reload=${node.reload} /></div>
    <h2>Containers</h2>
    <${Shown} of=${containers}>${(rows) => (rows.length ? html`<${Table} label="Containers of the node" columns=${COLUMNS} rows=${rows} id=${(row) => row.uuid} />` : html`<p class="dim">The node is empty.</p>`)}<//>`}<//>`;
}

function Tags({ node, reload }) {
  const [text, setText] = useState(node.tags.map((tag) => tag.name).join(', '));
  const save = async () => {
    await send('PATCH', url('infra', `node/${node.uuid}/`), { body: { tags: text.split(',').map((tag) => tag.trim()).filter(Boolean).map((name) => ({ name })) } });
    reload();
  };
  return html`<section class="card"><h2>Tags</h2><${TextField} label="Tags" value=${text} onChange=${setText} hint="Services are placed on nodes that have all of their tags" /><${Work} disabled=${!may('admin')} onWork=${save}>Save tags<//></section>`;
}
