/**
 * The layer `roads` from OpenStreetMap: ways with a carriageway, cut at the nodes that they share, with signals and banned
 * turns. Ids are those of the way, with the number of its part, so that a newer extract finds them again.
 */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { Notebook } from '../notebook.ts';
import type { ReadEvent } from '../reader.ts';
import { bannedTurns, signalsAtEnds } from './junction-rules.ts';
import type { OsmExtract, OsmSection, OsmWay, Tags } from './osm-extract.ts';

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

export function* streetsOf(extract: OsmExtract): Generator<ReadEvent> {
  const notes = new Notebook();
  const sections = sectionsOf(extract, notes);
  const signals = signalsAtEnds(sections, extract, notes);
  const banned = bannedTurns(sections, extract, notes);
  for (const section of sections) {
    const rules = { ...signals.get(section.id), no_turn_to: banned.get(section.id)?.join(',') ?? null };
    yield { kind: 'object', feature: featureOf(section, rules, extract), srid: WGS84, ended: false };
  }
  yield* notes.events();
}

function sectionsOf({ ways, places }: OsmExtract, notes: Notebook): readonly OsmSection[] {
  const driven = ways.filter(({ tags }) => CLASSES[tags['highway'] ?? '']);
  for (let left = ways.length - driven.length; left > 0; left--) {
    notes.add('no-carriageway', 'Ways without a carriageway for cars are left out');
  }
  const uses = new Map<string, number>();
  for (const { nodes } of driven) {
    for (const [at, node] of nodes.entries()) {
      const isEnd = at === 0 || at === nodes.length - 1;
      uses.set(node, (uses.get(node) ?? 0) + (isEnd ? 2 : 1));
    }
  }
  return driven.flatMap((way) => {
    const isAgainst = way.tags['oneway'] === '-1';
    return partsOf(way, uses).flatMap((part, index): readonly OsmSection[] => {
      const known = part.filter((node) => places.has(node));
      if (known.length < part.length) {
        notes.add('cut-way', 'Ways lead out of the extract and end at its edge');
      }
      if (known.length < 2) return [];
      const nodes = isAgainst ? known.toReversed() : known;
      return [{ id: `OSM${way.id}-${index + 1}`, way, nodes, isOneway: isOneway(way.tags), isAgainst }];
    });
  });
}

/** Runs of nodes between those that more than one way, or the same way twice, passes. */
function partsOf({ nodes }: OsmWay, uses: ReadonlyMap<string, number>): readonly (readonly string[])[] {
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

function featureOf(
  { id, way: { tags }, nodes, isOneway: oneway }: OsmSection,
  rules: Readonly<Record<string, PropertyValue>>,
  { places }: OsmExtract,
): Feature {
  const [roadClass = 'local', usual = 50] = CLASSES[tags['highway'] ?? ''] ?? [];
  const properties: Record<string, PropertyValue> = {
    class: roadClass,
    name: tags['name'] ?? null,
    lanes: whole(tags['lanes']) ?? (oneway ? 1 : 2),
    width_m: metres(tags['width']),
    speed_kmh: speedOf(tags['maxspeed']) ?? usual,
    oneway,
    surface: SURFACES[tags['surface'] ?? ''] ?? null,
    closed: CLOSED.includes(tags['motor_vehicle'] ?? tags['access'] ?? '') ? true : null,
    from_node: `OSM${nodes[0]}`,
    to_node: `OSM${nodes.at(-1)}`,
    ...rules,
  };
  const coordinates = nodes.map((node) => [...(places.get(node) ?? [0, 0])] as [number, number]);
  return { layer: 'roads', id, geometry: { type: 'LineString', coordinates }, properties };
}

const isOneway = (tags: Tags): boolean =>
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
