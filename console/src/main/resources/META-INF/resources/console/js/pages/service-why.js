// Why a service is as it is: the summary, what each slot waits for, why each node refused it.
import { html } from '../lib.js';
import { plain } from '../format.js';
import { Ago, State, To } from '../parts/state.js';
import { Shown } from '../parts/views.js';

export default function ServiceWhy({ why }) {
  return html`<${Shown} of=${why}>${(data) => html`
    <p class="why-summary">${plain(data.summary, 2000)}</p>
    ${data.operation && html`<${Operation} title="Under way" operation=${data.operation} />`}
    ${data.waiting_operations.map((one) => html`<${Operation} title="Waits its turn" operation=${one} key=${one.action} />`)}
    ${data.last_operation && html`<${Operation} title="Last operation" operation=${data.last_operation} />`}
    <h2>Slots</h2>
    <ul class="slots">${data.slots.map((slot) => html`<${Slot} slot=${slot} key=${slot.slot} />`)}</ul>
    ${data.slots.length === 0 && html`<p class="dim">The service has no containers and wants none yet.</p>`}`}<//>`;
}

function Operation({ title, operation }) {
  const ended = operation.ended;
  return html`<section class="operation tone-${!ended ? 'busy' : operation.success ? 'good' : 'bad'}">
    <h2>${title}</h2>
    <p><b>${operation.kind}</b> ${ended ? html`${operation.success ? 'succeeded' : 'failed'} <${Ago} date=${ended} />` : html`since <${Ago} date=${operation.since} />, until <${Ago} date=${operation.deadline} /> at most`}${' · '}<${To} kind="action" uri=${operation.action}>action<//></p>
    ${operation.reason && html`<p>${plain(operation.reason, 2000)}</p>`}
  </section>`;
}

function Slot({ slot }) {
  const waits = slot.waits_for ?? slot.reason;
  return html`<li class="slot">
    <div class="slot-head">${slot.container ? html`<${To} kind="container" uri=${slot.container}><b><bdi>${plain(slot.name)}</bdi></b><//>` : html`<b><bdi>${plain(slot.name)}</bdi></b>`}
      <${State} state=${slot.state === 'None' ? 'Waiting' : slot.state} />
      ${slot.node && html`<span>on <${To} kind="node" uri=${slot.node}><bdi>${plain(slot.node_name)}</bdi><//></span>`}
      <span class="dim"><${Ago} date=${slot.since} /></span></div>
    ${waits && html`<p>${slot.waits_for ? 'Waits for ' : ''}${plain(waits, 2000)}</p>`}
    ${slot.refusals?.length > 0 && html`<table class="refusals"><caption>Why each node refused it</caption><tbody>
      ${slot.refusals.map((one) => html`<tr key=${one.node}><th scope="row"><${To} kind="node" uri=${one.node}><bdi>${plain(one.node_name)}</bdi><//></th><td>${plain(one.reason, 1000)}</td></tr>`)}</tbody></table>`}
  </li>`;
}
