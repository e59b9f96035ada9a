// Pages are loaded when they are shown.
import { html, useEffect, useState } from '../lib.js';
import { Failure, Loading } from './views.js';

const loaded = new Map();

const load = (name) => import(`../pages/${name}.js`).then((module) => {
  loaded.set(name, module.default);
  return module.default;
});

/** Shows the page's default export, with the other properties given to it. */
export function Page({ name, ...rest }) {
  const [, setVersion] = useState(0);
  const [error, setError] = useState(null);
  const found = loaded.get(name);
  useEffect(() => {
    setError(null);
    if (!loaded.has(name)) load(name).then(() => setVersion((n) => n + 1), (failure) => setError(failure));
  }, [name]);
  if (found) return html`<${found} ...${rest} />`;
  return error
    ? html`<${Failure} error=${{ status: 0, message: 'A part of the console could not be loaded. The server may have been upgraded: reload the page.' }} retry=${() => window.location.reload()} />`
    : html`<${Loading} />`;
}
