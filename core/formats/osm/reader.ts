/**
 * Streets of an OpenStreetMap extract (OSM XML 0.6) as the layer `roads`: ways with a carriageway, cut at the nodes that
 * they share. Ids are those of the way, with the number of its part, so that a newer extract finds them again.
 *
 * Memory: the nodes and the streets of the file.
 */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { XmlElement } from '../../xml/element.ts';
import { readXml } from '../../xml/reader.ts';
import { Notebook } from '../notebook.ts';
import type { FormatReader, ReadEvent } from '../reader.ts';
import { rootInHead } from '../xml-head.ts';

export const OSM_XML: FormatReader = {
  name: 'osm-xml',
  recognises: (head) => rootInHead(head)?.local === 'osm',
  read: readStreets,
};

const WGS84 = 4326;
/** `highway` of OSM to the classes of the layer, with the speed where none is posted. */
const CLASSES: Readonly<Record<string, readonly [roadClass: string, speedKmH: number]>> = {
  motorway: ['motorway', 140],
  motorway_link: ['motorway', 70],
  trunk: ['express', 100],
  trunk_link: ['express', 60],
  primary: ['main', 50],
  primary_link: ['main', 50],
  secondary: ['main', 50],
  secondary_link: ['main', 50],
  tertiary: ['collector', 50],
  tertiary_link: ['collector', 50],
  unclassified: ['local', 50],
  residential: ['access', 50],
  living_street: ['access', 20],
  service: ['service', 20],
};
const SURFACES: Readonly<Record<string, string>> = {
  asphalt: 'asphalt',
  concrete: 'concrete',
  paving_stones: 'paving',
  sett: 'paving',
  cobblestone: 'paving',
  gravel: 'gravel',
  compacted: 'gravel',
  unpaved: 'ground',
  ground: 'ground',
  dirt: 'ground',
};
const CLOSED = ['no', 'private'];
const MPH = 1.609344;

interface Way {
  readonly id: string;
  readonly nodes: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

async function* readStreets(chunks: AsyncIterable<string>): AsyncGenerator<ReadEvent> {
  const notes = new Notebook();
  const places = new Map<string, readonly [number, number]>();
  const ways: Way[] = [];
  for await (const { kind, element } of readXml(chunks, ({ local }, depth) =>
    depth === 0 ? 'enter' : local === 'node' || local === 'way' ? 'take' : 'skip',
  )) {
    if (kind === 'enter') continue;
    if (element.local === 'node') {
      const at = [Number(element.attributes['lon']), Number(element.attributes['lat'])] as const;
      if (at.every(Number.isFinite)) places.set(element.attributes['id'] ?? '', at);
    } else {
      const way = wayOf(element);
      if (CLASSES[way.tags['highway'] ?? '']) ways.push(way);
      else notes.add('no-carriageway', 'Ways without a carriageway for cars are left out');
    }
  }
  const uses = new Map<string, number>();
  for (const { nodes } of ways) {
    for (const [at, node] of nodes.entries()) {
      const isEnd = at === 0 || at === nodes.length - 1;
      uses.set(node, (uses.get(node) ?? 0) + (isEnd ? 2 : 1));
    }
  }
  for (const way of ways) {
    for (const [part, nodes] of partsOf(way, uses).entries()) {
      const known = nodes.filter((node) => places.has(node));
      if (known.length < nodes.length)
        notes.add('cut-way', 'Ways lead out of the extract and end at its edge');
      if (known.length < 2) continue;
      yield { kind: 'object', feature: sectionOf(way, part, known, places), srid: WGS84, ended: false };
    }
  }
  yield* notes.events();
}

const wayOf = ({ attributes, children }: XmlElement): Way => ({
  id: attributes['id'] ?? '',
  nodes: children.flatMap((child) => (child.local === 'nd' ? [child.attributes['ref'] ?? ''] : [])),
  tags: Object.fromEntries(
    children.flatMap((child) =>
      child.local === 'tag' ? [[child.attributes['k'] ?? '', child.attributes['v'] ?? '']] : [],
    ),
  ),
});

/** Runs of nodes between those that more than one way, or the same way twice, passes. */
function partsOf({ nodes }: Way, uses: ReadonlyMap<string, number>): string[][] {
  const parts: string[][] = [];
  let part: string[] = [];
  for (const [at, node] of nodes.entries()) {
    part.push(node);
    const isCut = (uses.get(node) ?? 0) > 1 && at > 0 && at < nodes.length - 1;
    if (!isCut) continue;
    parts.push(part);
    part = [node];
  }
  return part.length > 1 ? [...parts, part] : parts;
}

function sectionOf(
  { id, tags }: Way,
  part: number,
  nodes: readonly string[],
  places: ReadonlyMap<string, readonly [number, number]>,
): Feature {
  const [roadClass = 'local', usual = 50] = CLASSES[tags['highway'] ?? ''] ?? [];
  const isAgainst = tags['oneway'] === '-1';
  const run = isAgainst ? nodes.toReversed() : nodes;
  const properties: Record<string, PropertyValue> = {
    class: roadClass,
    name: tags['name'] ?? null,
    lanes: whole(tags['lanes']) ?? (isOneway(tags) ? 1 : 2),
    width_m: metres(tags['width']),
    speed_kmh: speedOf(tags['maxspeed']) ?? usual,
    oneway: isOneway(tags),
    surface: SURFACES[tags['surface'] ?? ''] ?? null,
    closed: CLOSED.includes(tags['motor_vehicle'] ?? tags['access'] ?? '') ? true : null,
    from_node: `OSM${run[0]}`,
    to_node: `OSM${run.at(-1)}`,
  };
  return {
    layer: 'roads',
    id: `OSM${id}-${part + 1}`,
    geometry: {
      type: 'LineString',
      coordinates: run.map((node) => [...(places.get(node) ?? [0, 0])] as [number, number]),
    },
    properties,
  };
}

const isOneway = (tags: Way['tags']): boolean =>
  ['yes', '1', 'true', '-1'].includes(tags['oneway'] ?? '') ||
  tags['junction'] === 'roundabout' ||
  (tags['highway'] === 'motorway' && tags['oneway'] !== 'no');

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,2}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;

const metres = (text: string | undefined): number | null => {
  const value = Number.parseFloat(text ?? '');
  return value > 0 && value < 100 ? value : null;
};

/** `50`, `30 mph`, `PL:urban`. */
function speedOf(text: string | undefined): number | undefined {
  const [, number, unit] = /^(\d{1,3})\s*(mph|km\/h)?$/.exec(text ?? '') ?? [];
  if (number !== undefined) return Math.round(Number(number) * (unit === 'mph' ? MPH : 1));
  if (text?.endsWith(':urban')) return 50;
  if (text?.endsWith(':rural')) return 90;
  return undefined;
}
