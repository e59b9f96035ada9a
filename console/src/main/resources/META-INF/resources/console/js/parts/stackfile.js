// A stackfile or compose file, chosen or dropped: sent as it is, previewed like every write.
import { html, signal, useEffect } from '../lib.js';
import { all, query, url } from '../api.js';
import { go } from '../router.js';
import { openDialog, toast } from './dialog.js';
import { preview } from './preview.js';

const MOST_BYTES = 1_000_000;
const dragging = signal(false);

/** A stack's name from that of a file. Pure. */
export function nameOf(file) {
  const name = file.replace(/\.(ya?ml|json)$/i, '').replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+|[-_]+$/g, '').slice(0, 63);
  return ['docker-compose', 'compose', 'docker-cloud', 'tutum', 'stackfile', ''].includes(name.toLowerCase()) ? '' : name;
}

export function chooseFile() {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.yml,.yaml,.json';
  input.onchange = () => input.files[0] && readFile(input.files[0]);
  input.click();
}

async function readFile(file) {
  if (file.size > MOST_BYTES) {
    toast(`${file.name} is larger than a stackfile may be (1 MB).`, 'bad');
    return;
  }
  await deployText(await file.text(), nameOf(file.name));
}

/** Asks for the name where it is not known, then previews. */
export async function deployText(text, name, stack) {
  const chosen = name || (await askName());
  if (!chosen) return;
  const known = stack ?? (await all(query(url('app', 'stack/'), { name: chosen }), 10)).find((one) => one.state !== 'Terminated');
  const path = known ? url('app', `stack/${known.uuid}/`) : query(url('app', 'stack/'), { name: chosen });
  const made = await preview({
    title: `${known ? 'Deploy' : 'Create'} stack ${chosen}`, method: known ? 'PATCH' : 'POST', path, body: text, contentType: 'application/yaml',
    applyLabel: known ? 'Deploy' : 'Create', command: `slipway deploy -f ${chosen}.yml`,
  });
  if (made?.uuid) go(['stacks', made.uuid]);
}

function askName() {
  let name = '';
  return openDialog('Name of the stack', (close) => html`<form onSubmit=${(event) => { event.preventDefault(); close(name.trim()); }}>
    <div class="dialog-body"><label class="field">Name<input required autofocus pattern="[A-Za-z0-9][A-Za-z0-9_-]{0,62}" title="1 to 63 letters, digits, - or _" onInput=${(event) => { name = event.target.value; }} /></label></div>
    <footer><button type="button" onClick=${() => close()}>Cancel</button><button class="primary">Preview</button></footer></form>`);
}

/** Takes files that are dropped anywhere on the page. */
export function DropTarget() {
  useEffect(() => {
    const over = (event) => {
      if (![...event.dataTransfer.types].includes('Files')) return;
      event.preventDefault();
      dragging.value = true;
    };
    const leave = (event) => {
      if (event.relatedTarget === null) dragging.value = false;
    };
    const drop = (event) => {
      event.preventDefault();
      dragging.value = false;
      const [file] = event.dataTransfer.files;
      if (file) readFile(file);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  return dragging.value && html`<div class="drop"><p>Drop a stackfile or compose file to preview it</p></div>`;
}
