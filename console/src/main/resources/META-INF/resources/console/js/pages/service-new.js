// Create a service in a minute, or a stack from a file.
import { html, useState } from '../lib.js';
import { go } from '../router.js';
import { serviceCreation, serviceOperation } from '../commands.js';
import { Flag } from '../parts/form.js';
import { preview } from '../parts/preview.js';
import { send } from '../api.js';
import { toast } from '../parts/dialog.js';
import { ServiceForm } from './service-form.js';

export default function ServiceNew() {
  const [start, setStart] = useState(true);
  const submit = async (body) => {
    const made = await preview(serviceCreation(body));
    if (!made?.uuid) return;
    go(['services', made.uuid, 'containers']);
    if (start) {
      try {
        await send('POST', serviceOperation(made, 'start').path);
      } catch (failure) {
        toast(failure.message, 'bad');
      }
    }
  };
  return html`<div class="page-head"><h1>Create a service</h1></div>
    <p class="dim">An image, a name and a port are enough. To create several services together, drop a compose file or a stackfile anywhere on this page.</p>
    <${ServiceForm} extra=${html`<${Flag} label="Start it at once" value=${start} onChange=${setStart} />`} onSubmit=${submit} submitLabel="Preview" onCancel=${() => go('services')} />`;
}
