// Lines of all containers of a service.
import { html } from '../lib.js';
import { url } from '../api.js';
import { Log } from '../parts/log.js';

export default function ServiceLogs({ service }) {
  return html`<${Log} key=${service.uuid} path=${url('app', `service/${service.uuid}/logs/`)} named title=${service.name} />`;
}
