/** Directed links, as networks for assignment have them, as sections of the layer `roads`. */
import type { Feature } from '../feature/feature.ts';
import type { ReadEvent } from './reader.ts';

/** One direction of a street. */
export interface DirectedStreet {
  /** That both directions of a street may share with `+` and `-` behind it. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** From node to node; x, y. */
  readonly path: readonly (readonly [number, number])[];
  readonly name: string | null;
  readonly class: string | null;
  /** Of this direction; null where the source does not say. */
  readonly lanes: number | null;
  readonly speedKmH: number | null;
  /** Of all its lanes. */
  readonly capacityPcuPerH: number | null;
}

export interface JunctionRules {
  /** Signal at a node, as green/cycle in seconds. */
  readonly signals: ReadonlyMap<string, string>;
  /** By id of a directed street: those that nobody may turn into from it. */
  readonly banned: ReadonlyMap<string, readonly string[]>;
}

export const NO_RULES: JunctionRules = { signals: new Map(), banned: new Map() };

/**
 * Two directions that differ in nothing but their direction are one section; others are one-way sections beside each
 * other. Nodes and ids that are bare numbers get a prefix, so that they meet no others.
 */
export function* sectionsOf(
  streets: readonly DirectedStreet[],
  { signals, banned }: JunctionRules,
  { srid, prefix }: { readonly srid: number; readonly prefix: string },
): Generator<ReadEvent> {
  const named = (id: string) => (/^\d/.test(id) ? `${prefix}${id}` : id);
  const byEnds = new Map<string, DirectedStreet[]>();
  for (const street of streets) {
    const key = JSON.stringify([street.from, street.to]);
    byEnds.set(key, [...(byEnds.get(key) ?? []), street]);
  }
  const backOf = new Map<string, DirectedStreet>();
  const isBack = new Set<string>();
  for (const street of streets) {
    if (isBack.has(street.id) || street.from === street.to) continue;
    const back = byEnds
      .get(JSON.stringify([street.to, street.from]))
      ?.find((other) => !isBack.has(other.id) && !backOf.has(other.id) && isSame(street, other));
    if (!back) continue;
    backOf.set(street.id, back);
    isBack.add(back.id);
  }
  const idOf = new Map<string, string>();
  for (const street of streets) {
    if (isBack.has(street.id)) continue;
    const back = backOf.get(street.id);
    const id = named(back ? street.id.replace(/[+-]$/, '') : street.id);
    idOf.set(street.id, id);
    if (back) idOf.set(back.id, id);
  }
  for (const street of streets) {
    if (isBack.has(street.id)) continue;
    const back = backOf.get(street.id);
    const bans = [street, back].flatMap((each) => (each ? (banned.get(each.id) ?? []) : []));
    const noTurnTo = [...new Set(bans.flatMap((id) => idOf.get(id) ?? []))].toSorted().join(',');
    const lanes = street.lanes === null ? null : Math.round(street.lanes * (back ? 2 : 1));
    const feature: Feature = {
      layer: 'roads',
      id: idOf.get(street.id) ?? street.id,
      geometry: { type: 'LineString', coordinates: street.path.map(([x, y]) => [x, y]) },
      properties: {
        class: street.class,
        name: street.name,
        lanes,
        speed_kmh: street.speedKmH === null ? null : Math.round(street.speedKmH),
        oneway: !back,
        from_node: named(street.from),
        to_node: named(street.to),
        capacity_pcu_h: street.capacityPcuPerH === null ? null : Math.round(street.capacityPcuPerH),
        signal_from: back ? (signals.get(street.from) ?? null) : null,
        signal_to: signals.get(street.to) ?? null,
        no_turn_to: noTurnTo || null,
      },
    };
    yield { kind: 'object', feature, srid, ended: false };
  }
}

const isSame = (a: DirectedStreet, b: DirectedStreet): boolean =>
  a.name === b.name &&
  a.class === b.class &&
  a.lanes === b.lanes &&
  a.speedKmH === b.speedKmH &&
  a.capacityPcuPerH === b.capacityPcuPerH &&
  a.path.length === b.path.length &&
  a.path.every(([x, y], at) => {
    const [u, v] = b.path[b.path.length - 1 - at] ?? [];
    return x === u && y === v;
  });
