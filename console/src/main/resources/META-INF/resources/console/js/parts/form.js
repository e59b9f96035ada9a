// Form fields that know their attribute; errors beside the field that the API names.
import { html, useId } from '../lib.js';
import { Icon } from './icons.js';

/** The field that an API message is about: its first word, if a field has that name. Pure. */
export function fieldOf(message, names) {
  const word = /^[a-z_]+/.exec(message ?? '');
  return word && names.includes(word[0]) ? word[0] : null;
}

export function Field({ label, hint, error, children }) {
  const id = useId();
  return html`<div class="field ${error ? 'wrong' : ''}">
    <label for=${id}>${label}</label>
    ${children({ id, 'aria-describedby': hint || error ? `${id}-hint` : undefined, 'aria-invalid': Boolean(error) })}
    ${(error || hint) && html`<p class=${error ? 'error' : 'dim hint'} id=${`${id}-hint`}>${error ?? hint}</p>`}
  </div>`;
}

export function TextField({ label, value, onChange, hint, error, type = 'text', placeholder, mono, ...more }) {
  return html`<${Field} label=${label} hint=${hint} error=${error}>${(given) => html`<input ...${given} ...${more} type=${type} class=${mono ? 'mono' : ''} value=${value ?? ''} placeholder=${placeholder}
    autocomplete="off" spellcheck="false" onInput=${(event) => onChange(event.target.value)} />`}<//>`;
}

export function NumberField({ label, value, onChange, ...more }) {
  return html`<${TextField} ...${more} label=${label} type="number" value=${value} onChange=${(text) => onChange(text === '' ? null : Number(text))} />`;
}

export function Choice({ label, value, onChange, options, hint, error }) {
  return html`<${Field} label=${label} hint=${hint} error=${error}>${(given) => html`<select ...${given} value=${value} onChange=${(event) => onChange(event.target.value)}>
    ${options.map(([key, text]) => html`<option key=${key} value=${key} selected=${key === value}>${text}</option>`)}</select>`}<//>`;
}

export function Flag({ label, value, onChange, hint }) {
  return html`<label class="flag"><input type="checkbox" checked=${Boolean(value)} onChange=${(event) => onChange(event.target.checked)} /><span>${label}${hint && html`<span class="dim hint"> ${hint}</span>`}</span></label>`;
}

/** Rows of small objects, such as ports or variables. */
export function Rows({ label, rows, onChange, columns, empty, addLabel, error }) {
  const change = (at, key, value) => onChange(rows.map((row, i) => (i === at ? { ...row, [key]: value } : row)));
  return html`<fieldset class="rows ${error ? 'wrong' : ''}"><legend>${label}</legend>
    ${rows.map((row, at) => html`<div class="row" key=${at}>
      ${columns.map((column) => (column.options
        ? html`<select key=${column.key} aria-label=${`${column.label} ${at + 1}`} value=${row[column.key]} onChange=${(event) => change(at, column.key, event.target.value)}>${column.options.map(([key, text]) => html`<option value=${key} key=${key} selected=${key === row[column.key]}>${text}</option>`)}</select>`
        : html`<input key=${column.key} aria-label=${`${column.label} ${at + 1}`} placeholder=${column.label} type=${column.number ? 'number' : column.secret && !row.shown ? 'password' : 'text'} autocomplete="off" spellcheck="false"
            value=${row[column.key] ?? ''} onInput=${(event) => change(at, column.key, column.number ? (event.target.value === '' ? null : Number(event.target.value)) : event.target.value)} />`))}
      <button type="button" class="quiet" aria-label=${`Remove ${label} ${at + 1}`} onClick=${() => onChange(rows.filter((_, i) => i !== at))}><${Icon} name="close" /></button>
    </div>`)}
    <button type="button" class="plain" onClick=${() => onChange([...rows, { ...empty }])}><${Icon} name="plus" />${addLabel}</button>
    ${error && html`<p class="error">${error}</p>`}
  </fieldset>`;
}
