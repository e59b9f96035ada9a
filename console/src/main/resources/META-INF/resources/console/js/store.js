// Resources that are shown: loaded once, shared between views, reloaded when an event names them.
import { batch, signal, useEffect, useMemo } from './lib.js';
import { get, namespace } from './api.js';
import { onChange } from './live.js';

const RELOADS_EACH_MS = 250;
const KEPT_UNUSED_MS = 30_000;

const resources = new Map();
const stale = new Set();
let timer = 0;

class Resource {
  constructor(key, load, topics) {
    this.key = key;
    this.load = load;
    this.topics = topics;
    this.data = signal(undefined);
    this.error = signal(null);
    this.loading = signal(false);
    this.at = signal(0);
    this.uses = 0;
    this.abort = null;
    this.again = false;
  }

  async reload() {
    if (this.loading.value) {
      this.again = true; // once more after the load that is under way
      return;
    }
    this.loading.value = true;
    this.abort = new AbortController();
    try {
      const data = await this.load(this.abort.signal);
      batch(() => {
        this.data.value = data;
        this.error.value = null;
        this.at.value = Date.now();
      });
    } catch (failure) {
      if (failure.name !== 'AbortError') this.error.value = failure;
    } finally {
      this.loading.value = false;
      if (this.again && this.uses > 0) {
        this.again = false;
        this.reload();
      }
    }
  }
}

function resource(key, load, topics) {
  let found = resources.get(key);
  if (!found) {
    found = new Resource(key, load, topics);
    resources.set(key, found);
  }
  found.load = load;
  return found;
}

function acquire(found) {
  found.uses += 1;
  const old = Date.now() - found.at.value > 2_000;
  if (found.data.value === undefined || old || found.error.value) found.reload();
  return () => {
    found.uses -= 1;
    setTimeout(() => {
      if (found.uses === 0) {
        found.abort?.abort();
        resources.delete(found.key);
      }
    }, KEPT_UNUSED_MS);
  };
}

/**
 * A resource of the API, kept current.
 * @param {string | null} path null: nothing is loaded
 * @param {string[]} topics which events concern it: 'service', 'service:<uuid>'
 * @param {(signal: AbortSignal) => Promise<any>} [load] if it is more than a GET of the path
 * @returns {{data: any, error: any, loading: boolean, at: number, reload: () => void}}
 */
export function useResource(path, topics, load) {
  const key = path === null ? null : `${namespace.value} ${path}`;
  const found = useMemo(
    () => (key === null ? null : resource(key, load ?? ((abort) => get(path, { signal: abort })), topics)),
    [key],
  );
  useEffect(() => (found ? acquire(found) : undefined), [found]);
  if (!found) return { data: undefined, error: null, loading: false, at: 0, reload() {} };
  return {
    data: found.data.value,
    error: found.error.value,
    loading: found.loading.value,
    at: found.at.value,
    reload: () => found.reload(),
  };
}

/** Reloads what is shown of these topics, at once; of all topics with null. */
export function refresh(topics) {
  mark(topics);
  flush();
}

function mark(topics) {
  for (const one of resources.values()) {
    if (topics === null || one.topics.some((topic) => topics.has(topic))) stale.add(one);
  }
}

function flush() {
  timer = 0;
  if (document.hidden) return; // when the page is visible again
  for (const one of stale) if (one.uses > 0) one.reload();
  stale.clear();
}

onChange((topics) => {
  mark(topics);
  if (stale.size > 0 && timer === 0 && !document.hidden) timer = setTimeout(flush, RELOADS_EACH_MS);
});

document.addEventListener('visibilitychange', () => {
  if (!document.hidden && stale.size > 0) flush();
});
