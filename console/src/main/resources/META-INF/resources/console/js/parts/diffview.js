// Changes of attributes as lines with - and +.
import { html, useState } from '../lib.js';
import { lines } from '../diff.js';
import { plain, words } from '../format.js';

const LONG = 12;

export function Changes({ changes, none = 'Nothing changes.' }) {
  if (!changes?.length) return html`<p class="dim">${none}</p>`;
  return html`<dl class="changes">
    ${changes.map((change) => html`<div key=${change.attribute}>
      <dt title=${change.attribute}>${words(change.attribute)}</dt>
      <dd><${Lines} lines=${lines(change)} /></dd>
    </div>`)}
  </dl>`;
}

function Lines({ lines: all }) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? all : all.slice(0, LONG);
  return html`${shown.map((line, i) => html`<div key=${i} class="line sign-${line.sign === '-' ? 'minus' : 'plus'}"><span aria-hidden="true">${line.sign}</span><span class="hidden">${line.sign === '-' ? 'removed: ' : 'added: '}</span><bdi>${plain(line.text, 2000)}</bdi></div>`)}
    ${all.length > shown.length && html`<button type="button" class="plain" onClick=${() => setWhole(true)}>${all.length - shown.length} more lines</button>`}`;
}
