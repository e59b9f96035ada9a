// The form of a service, for a new one and for changes: the usual first, the rest folded away.
import { html, useState } from '../lib.js';
import { Choice, fieldOf, Flag, NumberField, Rows, TextField } from '../parts/form.js';

const PORT = { inner_port: null, outer_port: null, protocol: 'tcp', published: true };
const PROTOCOLS = [['tcp', 'TCP'], ['udp', 'UDP']];

/** The attributes that the form edits, as it begins. Pure. */
export function initial(service) {
  return {
    name: service?.name ?? '', image: service?.image_name ?? '', target_num_containers: service?.target_num_containers ?? 1,
    container_ports: (service?.container_ports ?? []).map(({ inner_port, outer_port, protocol, published }) => ({ inner_port, outer_port, protocol, published })),
    container_envvars: (service?.container_envvars ?? []).map(({ key, value }) => ({ key, value })),
    bindings: (service?.bindings ?? []).map(({ host_path, container_path, rewritable, volumes_from }) => ({ host_path: host_path ?? '', container_path: container_path ?? '', rewritable: rewritable !== false, volumes_from })),
    run_command: service?.run_command ?? '', entrypoint: service?.entrypoint ?? '', memory: service?.memory ?? null, cpu_shares: service?.cpu_shares ?? null,
    autorestart: service?.autorestart ?? 'OFF', deployment_strategy: service?.deployment_strategy ?? 'EMPTIEST_NODE', deploy_order: service?.deploy_order ?? 'stop_first',
    deploy_batch: service?.deploy_batch ?? 1, deploy_rollback: service?.deploy_rollback ?? false, sequential_deployment: service?.sequential_deployment ?? false,
    tags: (service?.tags ?? []).map((tag) => tag.name ?? tag).join(', '), privileged: service?.privileged ?? false, net: service?.net ?? 'bridge',
  };
}

/** What the API gets: only what differs from the beginning. Pure. */
export function body(form, begin) {
  const changed = {};
  const value = { ...form, tags: tags(form.tags), bindings: form.bindings.map(binding), container_ports: form.container_ports.map(port) };
  const before = { ...begin, tags: tags(begin.tags), bindings: begin.bindings.map(binding), container_ports: begin.container_ports.map(port) };
  for (const key of Object.keys(value)) {
    if (JSON.stringify(value[key]) !== JSON.stringify(before[key])) changed[key] = value[key] === '' ? null : value[key];
  }
  return changed;
}

const tags = (text) => text.split(',').map((tag) => tag.trim()).filter(Boolean);
const port = ({ inner_port, outer_port, protocol, published }) => ({ inner_port, ...(outer_port ? { outer_port } : {}), protocol, published: Boolean(published || outer_port) });
const binding = ({ host_path, container_path, rewritable, volumes_from }) => (volumes_from ? { volumes_from, rewritable } : { ...(host_path ? { host_path } : {}), container_path, rewritable });

export function ServiceForm({ service, onSubmit, submitLabel, failure, onCancel, extra }) {
  const [begin] = useState(() => initial(service));
  const [form, setForm] = useState(begin);
  const set = (key) => (value) => setForm((before) => ({ ...before, [key]: value }));
  const wrong = fieldOf(failure, Object.keys(form));
  const at = (key) => (wrong === key ? failure : undefined);
  const submit = (event) => {
    event.preventDefault();
    onSubmit(body(form, service ? begin : initial(null)));
  };
  return html`<form class="service-form" onSubmit=${submit}>
    <fieldset><legend>${service ? 'Image and size' : 'The service'}</legend>
      <${TextField} label="Image" value=${form.image} onChange=${set('image')} error=${at('image')} placeholder="demo/hello:latest" hint="As docker pull takes it" mono required />
      ${!service && html`<${TextField} label="Name" value=${form.name} onChange=${set('name')} error=${at('name')} placeholder="from the image" hint="Letters, digits, - and _" />`}
      <${NumberField} label="Containers" value=${form.target_num_containers} onChange=${set('target_num_containers')} error=${at('target_num_containers')} min="0" max="1000" />
      <${Rows} label="Ports" rows=${form.container_ports} onChange=${set('container_ports')} empty=${PORT} addLabel="Add a port" error=${at('container_ports')}
        columns=${[{ key: 'outer_port', label: 'Port of the node', number: true }, { key: 'inner_port', label: 'Port of the container', number: true }, { key: 'protocol', label: 'Protocol', options: PROTOCOLS }]} />
    </fieldset>
    <details open=${form.container_envvars.length > 0}><summary>Variables</summary>
      <${Rows} label="Variables" rows=${form.container_envvars} onChange=${set('container_envvars')} empty=${{ key: '', value: '', shown: true }} addLabel="Add a variable" error=${at('container_envvars')}
        columns=${[{ key: 'key', label: 'Name' }, { key: 'value', label: 'Value', secret: true }]} /></details>
    <details open=${form.bindings.length > 0}><summary>Volumes</summary>
      <${Rows} label="Volumes" rows=${form.bindings} onChange=${set('bindings')} empty=${{ host_path: '', container_path: '', rewritable: true }} addLabel="Add a volume" error=${at('bindings')}
        columns=${[{ key: 'host_path', label: 'Path of the node (empty: a volume)' }, { key: 'container_path', label: 'Path in the container' }]} /></details>
    <details><summary>Placement</summary>
      <${Choice} label="Strategy" value=${form.deployment_strategy} onChange=${set('deployment_strategy')} options=${[['EMPTIEST_NODE', 'Emptiest node first'], ['HIGH_AVAILABILITY', 'Spread over nodes'], ['EVERY_NODE', 'One on every node']]} error=${at('deployment_strategy')} />
      <${TextField} label="Tags of nodes" value=${form.tags} onChange=${set('tags')} hint="Only nodes that have all of them" error=${at('tags')} /></details>
    <details><summary>Deploy</summary>
      <${Choice} label="When a container ends" value=${form.autorestart} onChange=${set('autorestart')} options=${[['OFF', 'Leave it ended'], ['ON_FAILURE', 'Restart it if it failed'], ['ALWAYS', 'Always restart it']]} />
      <${Choice} label="A redeploy starts" value=${form.deploy_order} onChange=${set('deploy_order')} options=${[['stop_first', 'after the old container has stopped'], ['start_first', 'before the old container stops']]} />
      <${NumberField} label="Containers at once" value=${form.deploy_batch} onChange=${set('deploy_batch')} min="1" error=${at('deploy_batch')} />
      <${Flag} label="Roll back a redeploy that fails" value=${form.deploy_rollback} onChange=${set('deploy_rollback')} />
      <${Flag} label="Start containers one after another" value=${form.sequential_deployment} onChange=${set('sequential_deployment')} /></details>
    <details><summary>Limits</summary>
      <${NumberField} label="Memory, MB" value=${form.memory} onChange=${set('memory')} error=${at('memory')} />
      <${NumberField} label="CPU shares" value=${form.cpu_shares} onChange=${set('cpu_shares')} error=${at('cpu_shares')} hint="1024 is the Engine's default weight" /></details>
    <details><summary>Expert</summary>
      <${TextField} label="Command" value=${form.run_command} onChange=${set('run_command')} error=${at('run_command')} mono placeholder="the image's own" />
      <${TextField} label="Entrypoint" value=${form.entrypoint} onChange=${set('entrypoint')} error=${at('entrypoint')} mono placeholder="the image's own" />
      <${Choice} label="Network" value=${form.net} onChange=${set('net')} options=${[['bridge', 'of its own'], ['host', "the node's"]]} error=${at('net')} />
      <${Flag} label="Privileged" value=${form.privileged} onChange=${set('privileged')} hint="all rights on the node; policies may refuse it" /></details>
    ${failure && !wrong && html`<p class="error" role="alert">${failure}</p>`}
    ${extra}
    <div class="buttons"><button class="primary">${submitLabel}</button>${onCancel && html`<button type="button" onClick=${onCancel}>Cancel</button>`}</div>
  </form>`;
}
