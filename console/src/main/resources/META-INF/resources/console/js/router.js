// The address after '#': pages, tabs and filters, so that every view can be shared as a link.
import { signal } from './lib.js';

/** {path: string[], query: Record<string, string>} */
export const route = signal(parse(location.hash));

/** Pure: '#/services/abc/why?slot=2' → path and query. */
export function parse(hash) {
  const [path, text] = hash.replace(/^#\/?/, '').split('?');
  return {
    path: path.split('/').filter(Boolean).map(decodeURIComponent),
    query: Object.fromEntries(new URLSearchParams(text ?? '')),
  };
}

const PAGE = '/console/';
const TERMINAL = '/console/terminal';

/** Terminals have a document of their own, whose policy allows the styles that xterm.js adds. */
function base(path) {
  const wanted = path.startsWith('terminal/') ? TERMINAL : PAGE;
  return wanted.replace(/\/$/, '') === location.pathname.replace(/\/$/, '') ? '' : wanted;
}

/** The address of a page. */
export function href(path, query = {}) {
  const parts = (Array.isArray(path) ? path : [path]).map(encodeURIComponent).join('/');
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '' && value != null)).toString();
  return `${base(parts)}#/${parts}${text ? `?${text}` : ''}`;
}

export function go(path, query) {
  location.assign(href(path, query));
}

/** Changes parameters of the address in place: filters and tabs make no entry in the browser's history. */
export function setQuery(changes) {
  const { path, query } = route.value;
  const next = { ...query, ...changes };
  history.replaceState(null, '', href(path, next));
  route.value = parse(location.hash);
}

addEventListener('hashchange', () => {
  route.value = parse(location.hash);
});
