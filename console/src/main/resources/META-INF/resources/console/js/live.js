// One websocket of events for the whole console: what changed is reloaded where it is shown.
import { signal } from './lib.js';
import { login, namespace, query, socketUrl, url } from './api.js';
import { kindOf, uuidOf } from './format.js';

/** {live: boolean, since: ms of the moment when the connection was lost or null} */
export const connection = signal({ live: false, since: null });

const listeners = new Set();
let socket = null;
let position = null;
let attempts = 0;
let timer = 0;

/**
 * Calls back with the topics of each event: 'service', 'service:<uuid>', and those of its parents.
 * With null: everything may have changed.
 * @returns {() => void} ends it
 */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The topics that an event touches. Pure. */
export function topicsOf(event) {
  const topics = new Set([event.type]);
  for (const uri of [event.resource_uri, ...(event.parents ?? [])]) {
    const kind = kindOf(uri);
    if (kind) {
      topics.add(kind);
      topics.add(`${kind}:${uuidOf(uri)}`);
    }
  }
  return topics;
}

function tell(topics) {
  for (const listener of listeners) listener(topics);
}

/** Opens the stream, and keeps it open while somebody is logged in. */
export function connect() {
  clearTimeout(timer);
  socket?.close();
  if (login.value !== 'in') return;
  const path = query(url('audit', 'events/'), { positions: 'true', since: position });
  const opened = new WebSocket(socketUrl(path));
  socket = opened;
  opened.onopen = () => {
    const lost = connection.value.since !== null;
    attempts = 0;
    connection.value = { live: true, since: null };
    if (lost) tell(null);
  };
  opened.onmessage = (message) => {
    const event = JSON.parse(message.data);
    if (event.type === 'error') {
      position = null; // what came after it is not kept any more
      tell(null);
      return;
    }
    position = event.position ?? event.uuid ?? position;
    if (event.resource_uri) tell(topicsOf(event));
  };
  opened.onclose = (closed) => {
    if (socket !== opened) return;
    if (closed.code === 1008 || closed.code === 1002) position = null;
    if (connection.value.since === null) connection.value = { live: false, since: Date.now() };
    attempts += 1;
    timer = setTimeout(connect, Math.min(15_000, 500 * 2 ** Math.min(attempts, 5)) * (0.75 + Math.random() / 2));
  };
}

/** Forgets the stream: after a logout, or for another namespace. */
export function disconnect() {
  clearTimeout(timer);
  const closing = socket;
  socket = null;
  position = null;
  closing?.close();
}

namespace.subscribe(() => {
  if (socket) {
    disconnect();
    connect();
  }
});
