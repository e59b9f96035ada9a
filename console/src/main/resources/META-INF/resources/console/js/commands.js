// Writes on resources, each as a description for the preview dialog. Pure.
import { url } from './api.js';
import { quote } from './parts/preview.js';

const of = (noun, verb, name, more = '') => `slipway ${noun} ${verb} ${quote(name)}${more}`;

export function serviceOperation(service, verb, { reuseVolumes = true } = {}) {
  const titles = { start: 'Start', stop: 'Stop', redeploy: 'Redeploy', scale: 'Scale' };
  return {
    title: `${titles[verb]} ${service.name}`,
    method: 'POST',
    path: url('app', `service/${service.uuid}/${verb}/${verb === 'redeploy' ? `?reuse_volumes=${reuseVolumes}` : ''}`),
    applyLabel: titles[verb],
    command: of('service', verb, service.name),
    watch: { kind: 'service', uuid: service.uuid },
  };
}

export function serviceChange(service, changes, title = `Change ${service.name}`) {
  return {
    title,
    method: 'PATCH',
    path: url('app', `service/${service.uuid}/`),
    body: changes,
    command: of('service', 'set', service.name, ` ${Object.entries(changes).map(([key, value]) => `${key}=${quote(typeof value === 'object' ? JSON.stringify(value) : String(value))}`).join(' ')}`),
    watch: { kind: 'service', uuid: service.uuid },
  };
}

export function serviceTermination(service) {
  return {
    title: `Terminate ${service.name}`,
    method: 'DELETE',
    path: url('app', `service/${service.uuid}/`),
    applyLabel: 'Terminate',
    confirmName: service.name,
    command: of('service', 'rm', service.name),
    watch: { kind: 'service', uuid: service.uuid },
  };
}

export function serviceRestore(service, version) {
  return {
    title: `Restore ${service.name} to version ${version}`,
    method: 'POST',
    path: url('app', `service/${service.uuid}/restore/?version=${version}`),
    applyLabel: 'Restore',
    command: of('service', 'restore', service.name, ` --to ${version}`),
    watch: { kind: 'service', uuid: service.uuid },
  };
}

export function serviceCreation(body) {
  return { title: `Create ${body.name || 'a service'}`, method: 'POST', path: url('app', 'service/'), body, applyLabel: 'Create',
    command: `slipway service create ${Object.entries(body).map(([key, value]) => `${key}=${quote(typeof value === 'object' ? JSON.stringify(value) : String(value))}`).join(' ')}` };
}

export function containerOperation(container, verb) {
  const titles = { start: 'Start', stop: 'Stop', redeploy: 'Redeploy' };
  return { title: `${titles[verb]} ${container.name}`, method: 'POST', path: url('app', `container/${container.uuid}/${verb}/`), applyLabel: titles[verb], command: of('container', verb, container.name) };
}

export function containerTermination(container) {
  return { title: `Terminate ${container.name}`, method: 'DELETE', path: url('app', `container/${container.uuid}/`), applyLabel: 'Terminate', confirmName: container.name, command: of('container', 'rm', container.name) };
}

export function stackOperation(stack, verb) {
  const titles = { start: 'Start', stop: 'Stop', redeploy: 'Redeploy' };
  return { title: `${titles[verb]} stack ${stack.name}`, method: 'POST', path: url('app', `stack/${stack.uuid}/${verb}/`), applyLabel: titles[verb], command: of('stack', verb, stack.name) };
}

export function stackTermination(stack) {
  return { title: `Terminate stack ${stack.name}`, method: 'DELETE', path: url('app', `stack/${stack.uuid}/`), applyLabel: 'Terminate', confirmName: stack.name, command: of('stack', 'rm', stack.name) };
}

export function stackCreation(body) {
  return { title: `Create stack ${body.name ?? ''}`, method: 'POST', path: url('app', 'stack/'), body, applyLabel: 'Create', command: `slipway deploy -f ${quote(`${body.name}.yml`)}` };
}

export function stackChange(stack, body, prune = false) {
  return { title: `Deploy stack ${stack.name}`, method: 'PATCH', path: url('app', `stack/${stack.uuid}/${prune ? '?prune=true' : ''}`), body, applyLabel: 'Deploy', command: `slipway deploy -f ${quote(`${stack.name}.yml`)}${prune ? ' --prune' : ''}` };
}

export function nodeOperation(node, verb) {
  const titles = { drain: 'Drain', undrain: 'End the drain of' };
  return { title: `${titles[verb]} ${node.nickname}`, method: 'POST', path: url('infra', `node/${node.uuid}/${verb}/`), applyLabel: verb === 'drain' ? 'Drain' : 'End drain', command: of('node', verb, node.nickname) };
}

export function nodeRemoval(node) {
  return { title: `Remove ${node.nickname}`, method: 'DELETE', path: url('infra', `node/${node.uuid}/`), applyLabel: 'Remove', confirmName: node.nickname, command: of('node', 'rm', node.nickname) };
}

const TAKEN = {
  start: ['Not running', 'Partly running', 'Stopped'],
  stop: ['Running', 'Partly running'],
  redeploy: ['Running', 'Partly running', 'Stopped', 'Not running'],
  scale: ['Running', 'Partly running', 'Stopped', 'Not running'],
  terminate: ['Not running', 'Running', 'Partly running', 'Stopped'],
};

/** Whether a service in this state takes the operation (the table of docs/service-lifecycle.md). */
export function takes(state, verb) {
  return TAKEN[verb].includes(state);
}
