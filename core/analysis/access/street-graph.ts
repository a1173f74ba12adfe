/** Streets and paths as a network to walk along, joined where they meet. */
import type { Xy } from '../../geo/plane.ts';
import { lengthOf, partOf } from '../../geo/polyline.ts';
import type { Streets } from '../siting/siting-facts.ts';
import { streetFinder } from './street-finder.ts';

export interface WalkedLine {
  /** Names of its ends in the register; null where it has none: then the places count. */
  readonly fromNode: string | null;
  readonly toNode: string | null;
  readonly places: readonly Xy[];
  /** A metre of it is felt as so many: slopes, bad ground. */
  readonly felt: number;
  /** To get over it once: waiting to cross, metres as felt. */
  readonly extraM: number;
}

/** Tobler's hiking function (1993): pace on a slope, as a share of the pace on the flat. */
const paceOn = (slope: number): number => Math.exp(3.5 * Math.abs(slope + 0.05)) / Math.exp(3.5 * 0.05);

/**
 * What a metre is felt as on an incline, mean of up and down: whoever goes there comes back.
 * @param inclinePct rise by length, per cent
 */
export const feltOfIncline = (inclinePct: number): number =>
  (paceOn(inclinePct / 100) + paceOn(-inclinePct / 100)) / 2;

/** Ends that meet nothing are joined to a line that is no farther. */
const JOIN_M = 12;
/** Ends nearer than this to each other are one. */
const SAME_M = 0.1;

const placeKey = ([e, n]: Xy) => `${Math.round(e / SAME_M)} ${Math.round(n / SAME_M)}`;

/** @param lines in an order that is always the same: the numbers of sections and nodes follow from it */
export function streetGraph(lines: readonly WalkedLine[]): Streets {
  const walked = lines.filter(({ places }) => places.length > 1);
  const cuts = cutsOf(walked);
  const nodes = new Map<string, number>();
  let nodeCount = 0;
  const nodeAt = (place: Xy, name: string | null): number => {
    const [byPlace, byName] = [placeKey(place), name === null ? undefined : `# ${name}`];
    const known = (byName === undefined ? undefined : nodes.get(byName)) ?? nodes.get(byPlace) ?? nodeCount++;
    nodes.set(byPlace, known);
    if (byName !== undefined) nodes.set(byName, known);
    return known;
  };
  const [from, to, lengthM]: [number[], number[], number[]] = [[], [], []];
  const [start, shape]: [number[], number[]] = [[0], []];
  const lay = (a: number, b: number, places: readonly Xy[], felt: number, extraM: number) => {
    from.push(a);
    to.push(b);
    lengthM.push(lengthOf(places) * felt + extraM);
    for (const [e, n] of places) shape.push(e, n);
    start.push(shape.length / 2);
  };
  for (const [index, line] of walked.entries()) {
    const { places, felt } = line;
    const own = [...(cuts.byLine.get(index) ?? [])].sort((a, b) => a - b);
    const total = lengthOf(places);
    const stops = [0, ...own.filter((at) => at > SAME_M && at < total - SAME_M), total];
    for (let k = 0; k + 1 < stops.length; k++) {
      const part = stops.length === 2 ? places : partOf(places, stops[k] as number, stops[k + 1] as number);
      const [first, last] = [part[0], part.at(-1)];
      if (!first || !last || part.length < 2) continue;
      const a = nodeAt(first, k === 0 ? line.fromNode : null);
      const b = nodeAt(last, k + 2 === stops.length ? line.toNode : null);
      lay(a, b, part, felt, k === 0 ? line.extraM : 0);
    }
  }
  for (const [end, meets] of cuts.joints) {
    const [a, b] = [nodeAt(end, null), nodeAt(meets, null)];
    if (a !== b) lay(a, b, [end, meets], 1, 0);
  }
  return {
    nodeCount,
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    lengthM: Float64Array.from(lengthM),
    start: Int32Array.from(start),
    places: Float64Array.from(shape),
  };
}

/** Where ends that meet nothing are to be joined to the middle of a line nearby. */
function cutsOf(lines: readonly WalkedLine[]) {
  const degree = new Map<string, number>();
  const keysOf = (place: Xy, name: string | null) =>
    name === null ? [placeKey(place)] : [placeKey(place), `# ${name}`];
  const ends = lines.flatMap(({ places, fromNode, toNode }, line) => {
    const [first, last] = [places[0], places.at(-1)];
    return first && last
      ? [
          { line, place: first, keys: keysOf(first, fromNode) },
          { line, place: last, keys: keysOf(last, toNode) },
        ]
      : [];
  });
  for (const { keys } of ends) for (const key of keys) degree.set(key, (degree.get(key) ?? 0) + 1);
  const byLine = new Map<number, number[]>();
  const joints: [Xy, Xy][] = [];
  const loose = ends.filter(({ keys }) => keys.every((key) => degree.get(key) === 1));
  if (loose.length === 0) return { byLine, joints };
  const starts = [0];
  const shape: number[] = [];
  for (const { places } of lines) {
    for (const [e, n] of places) shape.push(e, n);
    starts.push(shape.length / 2);
  }
  const finder = streetFinder({ start: Int32Array.from(starts), places: Float64Array.from(shape) }, JOIN_M);
  for (const { line, place } of loose) {
    const found = finder.nearest(place[0], place[1], line);
    const other = found && lines[found.section];
    if (!found || !other) continue;
    const alongM = found.along * lengthOf(other.places);
    const [meets] = partOf(other.places, alongM, alongM + SAME_M);
    if (!meets) continue;
    const known = byLine.get(found.section);
    if (known) known.push(alongM);
    else byLine.set(found.section, [alongM]);
    joints.push([place, [meets[0], meets[1]]]);
  }
  return { byLine, joints };
}
