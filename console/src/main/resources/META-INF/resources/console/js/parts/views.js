// What a view shows while it has nothing to show: loading, empty, no match, errors.
import { html, useEffect, useState } from '../lib.js';
import { duration } from '../format.js';

/** True once this has been on screen for so many milliseconds. */
export function useAfter(ms) {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, []);
  return passed;
}

export function Loading({ rows = 5 }) {
  const skeleton = useAfter(200);
  const slow = useAfter(2000);
  return html`<div class="loading" aria-busy="true">
    ${skeleton && Array.from({ length: rows }, (_, i) => html`<div class="skeleton" key=${i}></div>`)}
    ${slow && html`<p class="dim" role="status">Still loading…</p>`}
  </div>`;
}

export function Empty({ title, children, action }) {
  return html`<div class="empty"><h2>${title}</h2><div class="empty-text">${children}</div>${action}</div>`;
}

export function NoMatch({ what, onClear }) {
  return html`<div class="empty"><h2>Nothing matches</h2><div class="empty-text">${what}</div><button type="button" onClick=${onClear}>Clear the filter</button></div>`;
}

/** An answer that is no success: what the API says, which request it was, and what can be done. */
export function Failure({ error, retry }) {
  if (error.status === 429 || error.status === 503) return html`<${Waiting} error=${error} retry=${retry} />`;
  const title = { 0: 'The server does not answer', 403: 'Not allowed', 404: 'There is nothing here', 410: 'No longer kept' }[error.status] ?? 'That did not work';
  return html`<div class="failure" role="alert">
    <h2>${title}</h2>
    <p>${error.message}</p>
    ${error.method && html`<p class="dim mono">${error.method} ${error.path}${error.status ? ` → ${error.status}` : ''}</p>`}
    ${retry && html`<button type="button" onClick=${retry}>Try again</button>`}
  </div>`;
}

function Waiting({ error, retry }) {
  const [left, setLeft] = useState(error.retryAfter ?? 5);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) {
      setLeft(error.retryAfter ?? 5);
      retry?.();
    }
  }, [left]);
  const title = error.status === 429 ? 'Too many requests' : 'The server is not ready';
  return html`<div class="failure" role="status"><h2>${title}</h2><p>${error.message}</p><p class="dim">Trying again in ${duration(Math.max(0, left))}.</p></div>`;
}

/** A resource's view: its data once there are some, with the age of old data when a reload failed. */
export function Shown({ of, children, rows }) {
  if (of.data !== undefined) {
    return html`${of.error && html`<p class="notice tone-warn" role="status">Not current: ${of.error.message} <button type="button" class="plain" onClick=${of.reload}>Try again</button></p>`}${children(of.data)}`;
  }
  return of.error ? html`<${Failure} error=${of.error} retry=${of.reload} />` : html`<${Loading} rows=${rows} />`;
}
