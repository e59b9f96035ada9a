// Display settings of this browser. Nothing else is kept here: no key, no data.
import { effect, signal } from './lib.js';

const KEY = 'slipway-console';
const DEFAULTS = { theme: 'auto', keys: true, wrap: false, timestamps: true, colors: true, utc: false };

function read() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return { ...DEFAULTS };
  }
}

export const settings = signal(read());

export function set(changes) {
  settings.value = { ...settings.value, ...changes };
}

effect(() => {
  const { theme } = settings.value;
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, JSON.stringify(settings.value));
  } catch {
    // a browser that keeps nothing: the settings last until the page is closed
  }
});

/** Now, for relative times; moves every five seconds while the page is visible. */
export const now = signal(Date.now());
setInterval(() => {
  if (!document.hidden) now.value = Date.now();
}, 5_000);
