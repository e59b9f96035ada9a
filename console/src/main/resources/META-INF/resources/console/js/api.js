// Calls to the public API: session, errors, namespaces.
import { signal } from './lib.js';

/** Who is logged in: {user, namespaces: [{name, role}], administrator, version, features}, null before a login. */
export const session = signal(null);

/** 'unknown' until the first answer, then 'in' or 'out'. */
export const login = signal('unknown');

/** The namespace whose resources are shown; the user's own at first. */
export const namespace = signal('');

/** An answer that is no success, or no answer at all (status 0). */
export class ApiError extends Error {
  constructor(status, message, { method, path, body = null, retryAfter = null }) {
    super(message);
    this.status = status;
    this.method = method;
    this.path = path;
    this.body = body;
    this.retryAfter = retryAfter;
  }
}

/** A path of the API within the namespace that is shown: url('app', 'service/'). */
export function url(part, rest) {
  const own = session.value?.home ?? session.value?.user;
  const within = namespace.value && namespace.value !== own ? `${encodeURIComponent(namespace.value)}/` : '';
  const scoped = ['app', 'infra', 'repo'].includes(part) ? within : '';
  return `/api/${part}/v1/${scoped}${rest}`;
}

/** A path with query parameters; those that are null, undefined or '' are left out. */
export function query(path, parameters) {
  const text = Object.entries(parameters)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return text ? `${path}${path.includes('?') ? '&' : '?'}${text}` : path;
}

/**
 * Sends a request and reads its answer.
 * @param {{body?: unknown, headers?: Record<string, string>, signal?: AbortSignal}} [options]
 * @returns {Promise<{data: any, headers: Headers, status: number}>}
 * @throws {ApiError}
 */
export async function send(method, path, { body, headers = {}, signal: abort } = {}) {
  const init = { method, headers: { 'X-Slipway-Console': '1', Accept: 'application/json', ...headers }, signal: abort, credentials: 'same-origin' };
  if (body !== undefined) {
    init.body = typeof body === 'string' ? body : JSON.stringify(body);
    init.headers['Content-Type'] ??= 'application/json';
  }
  let response;
  try {
    response = await fetch(path, init);
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new ApiError(0, 'The server does not answer.', { method, path });
  }
  const text = await response.text();
  const data = parse(text);
  if (response.ok) return { data, headers: response.headers, status: response.status };
  if (response.status === 401 && !path.endsWith('/session/')) login.value = 'out';
  const message = (data && (data.error ?? data.detail)) || `The server answered ${response.status}.`;
  const retryAfter = Number(response.headers.get('Retry-After')) || null;
  throw new ApiError(response.status, String(message), { method, path, body: data, retryAfter });
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

export const get = async (path, options) => (await send('GET', path, options)).data;

/** All pages of a list, up to a number of objects. */
export async function all(path, most = 1000, options) {
  const objects = [];
  let next = query(path, { limit: Math.min(100, most) });
  while (next && objects.length < most) {
    const page = await get(next, options);
    objects.push(...page.objects);
    next = page.meta.next;
  }
  return objects;
}

/** Asks the server who is logged in. */
export async function resume() {
  try {
    enter((await send('GET', '/api/account/v1/session/')).data);
  } catch (failure) {
    login.value = failure.status === 0 ? 'unknown' : 'out';
    if (failure.status === 0) throw failure;
  }
}

export async function logIn(user, apikey) {
  enter((await send('POST', '/api/account/v1/session/', { body: { user, apikey } })).data);
}

export async function logOut() {
  await send('DELETE', '/api/account/v1/session/');
  session.value = null;
  login.value = 'out';
}

let extended = 0;

/** Lets the session last longer, at most every ten minutes while somebody uses the page. */
export function extend() {
  if (login.value !== 'in' || Date.now() - extended < 600_000) return;
  extended = Date.now();
  send('PUT', '/api/account/v1/session/').then(({ data }) => { session.value = data; }, () => {});
}

function enter(data) {
  session.value = data;
  extended = Date.now();
  if (!namespace.value) namespace.value = data.home ?? data.user;
  login.value = 'in';
}

const RANKS = { reader: 1, operator: 2, admin: 3 };

/** Whether the user's role in the namespace that is shown is at least this one. */
export function may(role) {
  const known = session.value;
  if (!known) return false;
  const own = known.namespaces?.find((one) => one.name === namespace.value)?.role ?? 'reader';
  return (RANKS[own] ?? 0) >= RANKS[role];
}

/** The address of a stream: the page's host, as a websocket. */
export function socketUrl(path) {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`;
}
