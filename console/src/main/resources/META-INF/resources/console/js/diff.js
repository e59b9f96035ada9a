// What differs between two values of attributes, as lines. Pure.

/** A value as it is read by people: JSON for what has parts, 'unset' for nothing. */
export function shown(value) {
  if (value === null || value === undefined || value === '') return 'unset';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length ? value.map(entry).join('\n') : 'none';
  if (typeof value === 'object') return Object.keys(value).length ? entry(value) : 'none';
  return String(value);
}

function entry(value) {
  if (value === null || typeof value !== 'object') return String(value);
  if ('key' in value && 'value' in value) return `${value.key}=${value.value}${value.changed ? ' (changed)' : ''}`;
  if ('inner_port' in value) return port(value);
  if ('container_path' in value) return `${value.host_path ?? value.volumes_from ?? 'volume'}:${value.container_path}${value.rewritable === false ? ':ro' : ''}`;
  if ('to_service' in value) return `${value.name ?? ''} → ${value.to_service}`;
  if ('name' in value && Object.keys(value).length === 1) return value.name;
  return JSON.stringify(value);
}

function port(value) {
  const outer = value.outer_port ? `${value.outer_port}:` : value.published ? 'any:' : '';
  return `${outer}${value.inner_port}/${value.protocol ?? 'tcp'}`;
}

/**
 * The lines of one change: what was taken away, what was added; entries of lists that stayed are left out.
 * @param {{from: unknown, to: unknown}} change
 * @returns {{sign: '-' | '+' | '~', text: string}[]}
 */
export function lines(change) {
  const from = shown(change.from).split('\n');
  const to = shown(change.to).split('\n');
  const isList = Array.isArray(change.from) || Array.isArray(change.to);
  if (!isList) return [...from.map((text) => ({ sign: '-', text })), ...to.map((text) => ({ sign: '+', text }))];
  const removed = from.filter((text) => !to.includes(text) && text !== 'none' && text !== 'unset');
  const added = to.filter((text) => !from.includes(text) && text !== 'none' && text !== 'unset');
  return [...removed.map((text) => ({ sign: '-', text })), ...added.map((text) => ({ sign: '+', text }))];
}

const HIDDEN = new Set(['uuid', 'resource_uri', 'state', 'synchronized', 'containers', 'current_num_containers', 'running_num_containers',
  'stopped_num_containers', 'deployed_datetime', 'started_datetime', 'stopped_datetime', 'destroyed_datetime', 'calculated_envvars',
  'link_variables', 'linked_from_service', 'public_dns', 'image_name']);

/** The attributes that differ between two services as the API shows them, in the order of the second. */
export function between(before, after) {
  const names = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])].filter((name) => !HIDDEN.has(name));
  return names
    .filter((name) => JSON.stringify(before?.[name] ?? null) !== JSON.stringify(after?.[name] ?? null))
    .map((attribute) => ({ attribute, from: before?.[attribute] ?? null, to: after?.[attribute] ?? null }));
}
