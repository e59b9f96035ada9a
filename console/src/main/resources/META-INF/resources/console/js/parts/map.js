// The placement map: a column per node, a cell per container, grouped by service.
import { html, useMemo } from '../lib.js';
import { plain, tone, uuidOf } from '../format.js';
import { href } from '../router.js';
import { State } from './state.js';

/** Containers of each node, by service and slot. Pure. */
export function columns(nodes, containers) {
  const byNode = new Map(nodes.map((node) => [node.uuid, []]));
  for (const container of containers) byNode.get(uuidOf(container.node))?.push(container);
  return nodes.map((node) => {
    const groups = new Map();
    for (const container of byNode.get(node.uuid)) {
      const service = uuidOf(container.service);
      if (!groups.has(service)) groups.set(service, []);
      groups.get(service).push(container);
    }
    const sorted = [...groups].map(([service, members]) => ({
      service,
      name: members[0].name.replace(/-\d+$/, ''),
      members: members.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
    }));
    sorted.sort((a, b) => a.name.localeCompare(b.name));
    return { node, groups: sorted, total: byNode.get(node.uuid).length };
  });
}

export function PlacementMap({ nodes, containers }) {
  const all = useMemo(() => columns(nodes, containers), [nodes, containers]);
  return html`<div class="map" role="group" aria-label="Containers by node">
    ${all.map(({ node, groups, total }) => html`<section class="map-node" key=${node.uuid} aria-label=${`${node.nickname}, ${total} containers`}>
      <header><a href=${href(['nodes', node.uuid])}><bdi>${plain(node.nickname, 40)}</bdi></a><${State} state=${node.state} />
        ${node.availability !== 'active' && html`<span class="chip tone-warn">${node.availability}</span>`}<span class="dim num">${total}</span></header>
      ${total === 0 && html`<p class="dim map-empty">empty</p>`}
      <div class="map-groups">
        ${groups.map((group) => html`<div class="map-group" key=${group.service}>
          <a class="map-name" href=${href(['services', group.service])}><bdi>${plain(group.name, 30)}</bdi></a>
          <div class="cells">${group.members.map((one) => html`<a key=${one.uuid} class="cell tone-${tone(one.state)}" href=${href(['containers', one.uuid])}
            title=${`${plain(one.name)}: ${one.state}`} aria-label=${`${plain(one.name)}: ${one.state}`}></a>`)}</div>
        </div>`)}
      </div>
    </section>`)}
  </div>`;
}
