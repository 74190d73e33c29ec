import type { ClusterMap, MapListener, MapNode, MapPool, MapRack } from '../../data/cluster-map';
import type { ReportData } from '../../report-data';
import { markup, type Html } from '../markup';
import type { Section } from '../section';
import { table } from '../table';
import { capitalised, count, counted, enumerated, size } from '../words';

/** Nodes of a rack that are drawn with their names; more are drawn small. */
const MOST_NAMED = 8;

/** Where the nodes are and how clients come in. */
export function clusterPart(data: ReportData): Section {
  const { map, target, brokers } = data;
  return {
    id: 'cluster',
    title: 'Cluster',
    lead: leadOf(data),
    body: [
      markup`<figure class="map">
        <div class="doors">${map.listeners.map(door)}</div>
        ${map.racks.length === 0 ? markup`<p class="empty">The service runs the brokers and says nothing of them.</p>` : markup`<div class="racks">${map.racks.map(rack)}</div>`}
        <figcaption class="fine">${captionOf(map)}</figcaption>
      </figure>`,
      target === 'msk-serverless' || brokers === 0 ? undefined : pools(map),
      map.listeners.some(({ bootstrap }) => bootstrap !== '') ? listeners(map) : undefined,
    ],
  };
}

function leadOf({ map, brokers, target }: ReportData): string {
  if (target === 'msk-serverless') return 'Serverless: no brokers to choose, place or count.';
  const nodes = map.racks.flatMap((rack) => rack.nodes);
  const of = (...roles: string[]): number => nodes.filter((node) => node.roles.join() === roles.join()).length;
  const both = of('broker', 'controller') + of('controller', 'broker');
  const kinds = [
    ...(both === 0 ? [] : [`${counted(both, 'node')} that ${both === 1 ? 'is' : 'are'} broker and controller`]),
    ...(brokers === both ? [] : [counted(brokers - both, 'broker')]),
    ...(of('controller') === 0 ? [] : [counted(of('controller'), 'controller')]),
  ];
  const racks = map.racks.filter(({ name }) => name !== undefined).length;
  const where = racks === 0 ? '' : ` in ${counted(racks, 'rack')}`;
  return `${capitalised(enumerated(kinds))}${where}, reached by ${counted(map.listeners.length, 'listener')}.`;
}

function captionOf({ byService, racks }: ClusterMap): string {
  const many = racks.some(({ nodes }) => nodes.length > MOST_NAMED);
  return [
    'Listeners on top, each reaching every broker; below them nodes by rack.',
    ...(byService ? ['The service numbers the brokers and spreads them evenly.'] : []),
    ...(many ? ['Numbers are node ids.'] : []),
  ].join(' ');
}

function door({ name, protocol, authentication, port, principals, exposedBy, unrestricted }: MapListener): Html {
  return markup`<div class="door${unrestricted || authentication === 'none' ? ' open' : ''}">
    <strong>${name}</strong>
    <span>${protocol}, ${authentication === 'none' ? 'nobody is asked' : authentication}</span>
    <span class="fine">port ${port}, ${counted(principals, 'principal')}${exposedBy === undefined ? '' : `, ${exposedBy}`}</span>
  </div> `;
}

function rack({ name, nodes }: MapRack): Html {
  const dense = nodes.length > MOST_NAMED;
  return markup`<div class="rack">
    <p class="rack-name">${name ?? 'no rack'} <span class="fine">${counted(nodes.length, 'node')}</span></p>
    <ul class="nodes${dense ? ' dense' : ''}">
      ${nodes.map((node) => (dense ? smallNode(node) : bigNode(node)))}
    </ul>
  </div> `;
}

function bigNode({ name, id, roles, host, machine }: MapNode): Html {
  // Names of pods begin their addresses.
  const where = host === undefined || host.startsWith(name) ? [] : [host];
  const what = id === undefined ? [...(machine === undefined ? [] : [machine])] : [`node ${id}`, roles.join(' and ')];
  const caption = [...what, ...where].join(', ');
  return markup`<li class="node ${roles.join(' ')}">
    <span class="node-name">${name}</span>${caption === '' ? undefined : markup`<span class="fine">${caption}</span>`}
  </li>`;
}

function smallNode({ name, id, roles }: MapNode): Html {
  return markup`<li class="node ${roles.join(' ')}" title="${name}: ${roles.join(', ')}">
    ${id ?? ''}<span class="hidden">${name}, ${roles.join(', ')}</span>
  </li>`;
}

function pools({ pools: rows }: ClusterMap): Html {
  return table<MapPool>({
    id: 'pools',
    caption: 'Node pools',
    rows,
    columns: [
      { label: 'Pool', cell: ({ name }) => markup`<code>${name}</code>` },
      { label: 'Roles', cell: ({ roles }) => roles.join(', ') },
      { label: 'Nodes', kind: 'number', cell: ({ nodes }) => count(nodes) },
      { label: 'Volumes of each', cell: ({ volumeBytes }) => volumes(volumeBytes) },
      { label: 'Machine', cell: ({ machine, memoryMiB }) => machine ?? memory(memoryMiB) },
      { label: 'Java heap', cell: ({ heapMiB }) => memory(heapMiB) },
    ],
  });
}

function volumes(bytes: readonly number[]): string {
  const sizes = [...new Set(bytes)];
  if (sizes.length === 0) return 'as there is';
  return enumerated(
    sizes.map((one) => {
      const times = bytes.filter((other) => other === one).length;
      return times === 1 ? size(one) : `${times} × ${size(one)}`;
    }),
  );
}

function memory(mib: number | undefined): string {
  return mib === undefined ? '–' : size(mib * 1024 ** 2);
}

/** Addresses that are shown of many. */
const MOST_ADDRESSES = 3;

function listeners({ listeners: rows }: ClusterMap): Html {
  return table<MapListener>({
    id: 'listeners',
    caption: 'Listeners',
    rows,
    columns: [
      { label: 'Listener', cell: ({ name }) => markup`<code>${name}</code>` },
      { label: 'Protocol', cell: ({ protocol }) => protocol },
      {
        label: 'Log-in',
        cell: ({ authentication }) => (authentication === 'none' ? 'nobody is asked' : authentication),
      },
      { label: 'Principals', kind: 'number', cell: ({ principals }) => count(principals) },
      { label: 'Bootstrap servers', cell: ({ bootstrap }) => addresses(bootstrap) },
    ],
  });
}

function addresses(bootstrap: string): Html | string {
  if (bootstrap === '') return 'known after a deployment';
  const all = bootstrap.split(',');
  const rest = all.length - MOST_ADDRESSES;
  return markup`<code>${all.slice(0, MOST_ADDRESSES).join(', ')}</code>${rest > 0 ? ` and ${rest} more` : ''}`;
}
