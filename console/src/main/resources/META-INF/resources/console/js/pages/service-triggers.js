// Urls that start, scale or redeploy the service without a login.
import { html, useState } from '../lib.js';
import { may, send, url } from '../api.js';
import { plain } from '../format.js';
import { refresh, useResource } from '../store.js';
import { CopyButton, Work } from '../parts/dialog.js';
import { Choice, TextField } from '../parts/form.js';
import { Empty, Shown } from '../parts/views.js';

export default function ServiceTriggers({ service }) {
  const base = url('app', `service/${service.uuid}/trigger/`);
  const triggers = useResource(base, [`service:${service.uuid}`]);
  return html`<${Shown} of=${triggers}>${(page) => html`
    ${page.objects.length === 0 && html`<${Empty} title="No triggers">A trigger is a secret url: whoever posts to it redeploys or scales this service. Use one from a build server.<//>`}
    ${page.objects.length > 0 && html`<table aria-label="Triggers"><thead><tr><th>Name</th><th>Operation</th><th>Url</th><th></th></tr></thead><tbody>
      ${page.objects.map((one) => html`<tr key=${one.uuid ?? one.name}><td><bdi>${plain(one.name)}</bdi></td><td>${plain(one.operation)}</td>
        <td>${one.url ? html`<code class="clip">${location.origin}${one.url}</code><${CopyButton} text=${location.origin + one.url} label="Copy the url" />` : html`<span class="dim">needs the role operator</span>`}</td>
        <td><${Work} class="danger" disabled=${!may('operator')} onWork=${async () => { await send('DELETE', `${base}${one.uuid}/`); triggers.reload(); }}>Delete<//></td></tr>`)}
    </tbody></table>`}
    ${may('operator') && html`<${NewTrigger} base=${base} reload=${triggers.reload} />`}`}<//>`;
}

function NewTrigger({ base, reload }) {
  const [name, setName] = useState('');
  const [operation, setOperation] = useState('REDEPLOY');
  const make = async () => {
    await send('POST', base, { body: { name, operation } });
    setName('');
    refresh(new Set());
    reload();
  };
  return html`<section class="card narrow"><h2>New trigger</h2>
    <${TextField} label="Name" value=${name} onChange=${setName} />
    <${Choice} label="Operation" value=${operation} onChange=${setOperation} options=${[['REDEPLOY', 'Redeploy'], ['SCALEUP', 'Scale up']]} />
    <${Work} class="primary" disabled=${!name.trim()} onWork=${make}>Create<//></section>`;
}
