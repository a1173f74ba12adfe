/** Signals and banned turns of OpenStreetMap, as sections of streets carry them. */
import { USUAL_SIGNAL } from '../../analysis/traffic/road-rules.ts';
import type { PropertyValue } from '../../feature/feature.ts';
import { ellipsoidLengthM } from '../../geo/ellipsoid-length.ts';
import type { Notebook } from '../notebook.ts';
import type { OsmExtract, OsmMember, OsmRelation, OsmSection } from './osm-extract.ts';

/** So far before a junction stands the signal of it at a stop line, metres. */
const STOP_LINE_M = 40;

type SignalColumns = Readonly<Record<string, PropertyValue>>;

/** By section: signals at the junctions that it ends at, and those at its stop lines before them. */
export function signalsAtEnds(
  sections: readonly OsmSection[],
  { signals, places }: OsmExtract,
  notes: Notebook,
): ReadonlyMap<string, SignalColumns> {
  const found = new Map<string, SignalColumns>();
  for (const { id, nodes, isOneway, isAgainst } of sections) {
    const [first, last] = [nodes[0] ?? '', nodes.at(-1) ?? ''];
    let [atStart, atEnd] = [signals.has(first), signals.has(last)];
    for (const [at, node] of nodes.entries()) {
      const signal = at > 0 && at < nodes.length - 1 ? signals.get(node) : undefined;
      if (!signal) continue;
      const [toStartM, toEndM] = [lengthM(nodes.slice(0, at + 1), places), lengthM(nodes.slice(at), places)];
      const along = isAgainst ? 'backward' : 'forward';
      const isForEnd =
        isOneway ||
        signal.direction === along ||
        (signal.direction !== 'backward' && signal.direction !== 'forward' && toEndM <= toStartM);
      if ((isForEnd ? toEndM : toStartM) > STOP_LINE_M) {
        notes.add(
          'signal-not-placed',
          'Signals far from junctions, as at crossings of footways, are left out',
        );
      } else if (isForEnd) atEnd = true;
      else atStart = true;
    }
    // Nobody comes out at the start of a one-way street.
    if (isOneway) atStart = false;
    if (!(atStart || atEnd)) continue;
    found.set(id, { signal_from: atStart ? USUAL_SIGNAL : null, signal_to: atEnd ? USUAL_SIGNAL : null });
  }
  if (found.size > 0) {
    notes.addOnce(
      'signal-timing-assumed',
      `The timing of signals is not in the file: green and cycle of ${USUAL_SIGNAL} s are assumed on ${found.size} sections`,
    );
  }
  return found;
}

function lengthM(nodes: readonly string[], places: OsmExtract['places']): number {
  return nodes.slice(1).reduce((sum, node, at) => {
    const [from, to] = [places.get(nodes[at] ?? ''), places.get(node)];
    return from && to ? sum + ellipsoidLengthM(from, to, 4326) : sum;
  }, 0);
}

/**
 * By section: ids of those that nobody may turn into from it, by relations `restriction` that hold always and for cars.
 * Others, and those that lead over a way or name a way that passes the junction, are told and left out.
 */
export function bannedTurns(
  sections: readonly OsmSection[],
  { restrictions }: OsmExtract,
  notes: Notebook,
): ReadonlyMap<string, readonly string[]> {
  const byEnd = new Map<string, OsmSection[]>();
  for (const section of sections) {
    for (const node of new Set([section.nodes[0] ?? '', section.nodes.at(-1) ?? ''])) {
      byEnd.set(node, [...(byEnd.get(node) ?? []), section]);
    }
  }
  const banned = new Map<string, readonly string[]>();
  for (const relation of restrictions) {
    const rule = relation.tags['restriction'] ?? relation.tags['restriction:motorcar'];
    if (rule === undefined || /motorcar|motor_vehicle/.test(relation.tags['except'] ?? '')) {
      notes.add('turn-rule-not-for-all', 'Turns banned at times, or not to cars, are left out');
      continue;
    }
    const turn = turnOf(relation, byEnd);
    if (!turn || !/^(no|only)_/.test(rule)) {
      notes.add(
        'turn-rule-not-placed',
        'Banned turns over a way, or whose streets do not end at their junction, are left out',
      );
      continue;
    }
    const { from, to, outOf } = turn;
    const isOnly = rule.startsWith('only_');
    const ids = isOnly ? outOf.filter((each) => each !== to && each !== from).map(({ id }) => id) : [to.id];
    banned.set(from.id, [...new Set([...(banned.get(from.id) ?? []), ...ids])].toSorted());
  }
  return banned;
}

/** The one section that comes from a way to the junction, the one that leads into the other way, and all that lead away. */
function turnOf({ members }: OsmRelation, byEnd: ReadonlyMap<string, readonly OsmSection[]>) {
  const of = (role: string) => members.filter((member) => member.role === role);
  const [[from], [via], [to]] = [of('from'), of('via'), of('to')];
  if (members.length !== 3 || via?.type !== 'node') return undefined;
  const here = byEnd.get(via.ref) ?? [];
  const comes = here.filter(({ nodes, isOneway }) => nodes.at(-1) === via.ref || !isOneway);
  const outOf = here.filter(({ nodes, isOneway }) => nodes[0] === via.ref || !isOneway);
  const [one, ...others] = ofWay(comes, from);
  const [other, ...more] = ofWay(outOf, to);
  if (!one || !other || others.length > 0 || more.length > 0) return undefined;
  return { from: one, to: other, outOf };
}

const ofWay = (sections: readonly OsmSection[], member: OsmMember | undefined) =>
  sections.filter(({ way }) => member?.type === 'way' && way.id === member.ref);
