// Dialogs, menus, toasts and buttons that run a request.
import { html, signal, useEffect, useRef, useState } from '../lib.js';
import { Icon } from './icons.js';

let nextId = 0;
const open = signal([]);

/**
 * Opens a dialog above the page; focus stays inside and returns to where it was.
 * @param {(close: (value?: any) => void) => any} content
 * @returns {Promise<any>} what it was closed with
 */
export function openDialog(title, content, { wide = false } = {}) {
  return new Promise((resolve) => {
    nextId += 1;
    const id = nextId;
    const close = (value) => {
      open.value = open.value.filter((one) => one.id !== id);
      resolve(value);
    };
    open.value = [...open.value, { id, title, content, close, wide }];
  });
}

export function Dialogs() {
  return open.value.map((one) => html`<${Dialog} key=${one.id} ...${one} />`);
}

function Dialog({ id, title, content, close, wide }) {
  const element = useRef(null);
  useEffect(() => {
    const before = document.activeElement;
    element.current.showModal();
    return () => before?.focus?.();
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    close();
  };
  return html`<dialog ref=${element} class=${wide ? 'wide' : ''} aria-labelledby=${`dialog-${id}`} onCancel=${cancel}>
    <header><h2 id=${`dialog-${id}`}>${title}</h2><button type="button" class="quiet" aria-label="Close" onClick=${() => close()}><${Icon} name="close" /></button></header>
    ${content(close)}
  </dialog>`;
}

const toasts = signal([]);

/** A message at the edge of the page, for six seconds; errors stay until they are closed. */
export function toast(text, kind = 'good') {
  nextId += 1;
  const id = nextId;
  toasts.value = [...toasts.value, { id, text, kind }];
  if (kind !== 'bad') setTimeout(() => drop(id), 6_000);
}

function drop(id) {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

export function Toasts() {
  return html`<div class="toasts" role="status" aria-live="polite">
    ${toasts.value.map((one) => html`<div class="toast tone-${one.kind}" key=${one.id}>
      <${Icon} name=${one.kind} /><span>${one.text}</span>
      <button type="button" class="quiet" aria-label="Dismiss" onClick=${() => drop(one.id)}><${Icon} name="close" /></button>
    </div>`)}
  </div>`;
}

/** A button that is busy while its work runs. */
export function Work({ onWork, children, class: style, disabled, title }) {
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await onWork();
    } catch (failure) {
      toast(failure.message, 'bad');
    } finally {
      setBusy(false);
    }
  };
  return html`<button type="button" class=${style} disabled=${disabled || busy} aria-busy=${busy} title=${title} onClick=${run}>${children}</button>`;
}

/** A button that opens a list of choices. */
export function Menu({ label, icon = 'more', items, text }) {
  const [shown, setShown] = useState(false);
  const element = useRef(null);
  useEffect(() => {
    if (!shown) return undefined;
    element.current.querySelector('[role=menuitem]')?.focus();
    const outside = (event) => {
      if (!element.current?.contains(event.target)) setShown(false);
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, [shown]);
  const onKey = (event) => {
    const choices = [...element.current.querySelectorAll('[role=menuitem]')];
    const at = choices.indexOf(document.activeElement);
    if (event.key === 'Escape') {
      setShown(false);
      element.current.querySelector('button').focus();
    } else if (event.key === 'ArrowDown') choices[(at + 1) % choices.length]?.focus();
    else if (event.key === 'ArrowUp') choices[(at - 1 + choices.length) % choices.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class="menu" ref=${element} onKeyDown=${shown ? onKey : undefined}>
    <button type="button" class="quiet" aria-haspopup="menu" aria-expanded=${shown} aria-label=${text ? undefined : label} onClick=${() => setShown(!shown)}><${Icon} name=${icon} />${text}</button>
    ${shown && html`<ul role="menu" aria-label=${label}>
      ${items.filter(Boolean).map((item) => html`<li role="none" key=${item.label}>
        <button type="button" role="menuitem" class=${item.danger ? 'danger' : ''} disabled=${item.disabled} title=${item.title}
          onClick=${() => { setShown(false); item.run(); }}>${item.icon && html`<${Icon} name=${item.icon} />`}${item.label}</button></li>`)}
    </ul>`}
  </div>`;
}

export async function copy(text, what = 'Copied') {
  try {
    await navigator.clipboard.writeText(text);
    toast(what);
  } catch {
    toast('The browser does not let this page copy.', 'warn');
  }
}

export function CopyButton({ text, label = 'Copy' }) {
  return html`<button type="button" class="quiet" aria-label=${label} title=${label} onClick=${() => copy(text)}><${Icon} name="copy" /></button>`;
}
