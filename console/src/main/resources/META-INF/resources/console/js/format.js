// Pure text functions: dates, numbers, states, resource URIs. No DOM access.

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** The uuid in a resource URI, '' if there is none. */
export function uuidOf(uri) {
  const found = UUID.exec(uri ?? '');
  return found ? found[0] : '';
}

/** The kind of resource that a URI names: 'service', 'container', 'stack', 'node', 'action' or ''. */
export function kindOf(uri) {
  const found = /\/(service|container|stack|node|action)\/[0-9a-f]{8}-/.exec(uri ?? '');
  return found ? found[1] : '';
}

/** Milliseconds since 1970 of an API date (RFC 1123, RFC 3339) or a number of seconds; NaN if it is none. */
export function timeOf(date) {
  if (typeof date === 'number') return date * 1000;
  return date ? Date.parse(date) : NaN;
}

const STEPS = [[60, 's', 1], [3600, 'min', 60], [86400, 'h', 3600], [2592000, 'd', 86400], [Infinity, 'months', 2592000]];

/** '4 min ago'; 'in 3 s' for a moment that is still to come; '' if there is no date. */
export function ago(date, now) {
  const time = timeOf(date);
  if (Number.isNaN(time)) return '';
  const seconds = Math.round((now - time) / 1000);
  if (Math.abs(seconds) < 2) return 'just now';
  const text = duration(Math.abs(seconds));
  return seconds < 0 ? `in ${text}` : `${text} ago`;
}

/** '45 s', '4 min', '3 h', '12 d'. */
export function duration(seconds) {
  const [, unit, size] = STEPS.find(([below]) => seconds < below);
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** The exact moment in the zone of the reader, with seconds and the zone's name. */
export function exact(date, zone) {
  const time = timeOf(date);
  if (Number.isNaN(time)) return '';
  return new Intl.DateTimeFormat(undefined, {
    year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
    timeZoneName: 'short', timeZone: zone,
  }).format(time);
}

/** '21:04:11', for banners and log lines. */
export function clock(date, zone) {
  const time = timeOf(date);
  if (Number.isNaN(time)) return '';
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false, timeZone: zone }).format(time);
}

/** '64 MB': binary steps, at most one decimal. */
export function bytes(count) {
  if (count == null || Number.isNaN(count)) return '';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** '3 services', '1 service'. */
export function count(number, noun, plural = `${noun}s`) {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`;
}

const TONES = {
  good: ['Running', 'Deployed', 'Success', 'healthy', 'active'],
  busy: ['Starting', 'Scaling', 'Redeploying', 'Stopping', 'Terminating', 'In progress', 'Pending', 'Deploying', 'Canceling', 'Draining', 'Drained', 'Created', 'starting'],
  bad: ['Failed', 'Unreachable', 'unhealthy'],
  warn: ['Partly running', 'Canceled', 'Paused', 'None', 'Waiting'],
  idle: ['Stopped', 'Not running', 'Terminated'],
};

/** How a state is shown: 'good', 'busy', 'warn', 'bad' or 'idle'. */
export function tone(state) {
  for (const [name, states] of Object.entries(TONES)) {
    if (states.includes(state)) return name;
  }
  return 'idle';
}

/** A label of a code word: 'deploy_rollback' → 'Deploy rollback', 'ServiceCreated' → 'Service created'. */
export function words(name) {
  const spaced = name.replace(/_/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/**
 * A text without control characters and direction overrides, cut to a length: safe and stable in a line.
 * Names, reasons and images come from users and images; the DOM shows them as text, this keeps the layout.
 */
export function plain(text, most = 400) {
  const clean = String(text ?? '').replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, '').replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ');
  return clean.length > most ? `${clean.slice(0, most)}…` : clean;
}
