// The definition as a form, and as JSON for what the form does not have.
import { html, useState } from '../lib.js';
import { may } from '../api.js';
import { serviceChange } from '../commands.js';
import { toast } from '../parts/dialog.js';
import { preview } from '../parts/preview.js';
import { ServiceForm } from './service-form.js';

const READ_ONLY = new Set(['uuid', 'resource_uri', 'state', 'synchronized', 'containers', 'stack', 'linked_from_service', 'current_num_containers', 'running_num_containers', 'stopped_num_containers',
  'deployed_datetime', 'started_datetime', 'stopped_datetime', 'destroyed_datetime', 'calculated_envvars', 'link_variables', 'public_dns', 'name', 'image_name']);

/** What of a service can be changed. Pure. */
export function changeable(service) {
  return { image: service.image_name, ...Object.fromEntries(Object.entries(service).filter(([key]) => !READ_ONLY.has(key))) };
}

export default function ServiceDefinition({ service, reload }) {
  const [json, setJson] = useState(false);
  const save = async (changes) => {
    if (Object.keys(changes).length === 0) {
      toast('Nothing has changed.', 'warn');
      return;
    }
    if (await preview(serviceChange(service, changes))) reload();
  };
  return html`<div class="buttons switch" role="group" aria-label="Form or JSON">
      <button type="button" aria-pressed=${!json} onClick=${() => setJson(false)}>Form</button><button type="button" aria-pressed=${json} onClick=${() => setJson(true)}>JSON</button></div>
    ${!may('operator') && html`<p class="notice">You may read this; changing it needs the role operator.</p>`}
    ${json ? html`<${Json} service=${service} save=${save} />` : html`<${ServiceForm} key=${service.uuid} service=${service} onSubmit=${save} submitLabel="Preview the change" />`}`;
}

function Json({ service, save }) {
  const [text, setText] = useState(() => JSON.stringify(changeable(service), null, 2));
  const [error, setError] = useState(null);
  const submit = () => {
    try {
      const wanted = JSON.parse(text);
      const before = changeable(service);
      setError(null);
      return save(Object.fromEntries(Object.entries(wanted).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]))));
    } catch (failure) {
      setError(failure.message);
      return undefined;
    }
  };
  return html`<label class="field"><span class="hidden">Definition as JSON</span><textarea class="mono json" rows="28" spellcheck="false" value=${text} onInput=${(event) => setText(event.target.value)}></textarea></label>
    ${error && html`<p class="error" role="alert">${error}</p>`}
    <button type="button" class="primary" onClick=${submit}>Preview the change</button>`;
}
