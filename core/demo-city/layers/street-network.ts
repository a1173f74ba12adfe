/** Streets as a network: sections between junctions, of quarters and of the corridors between them. */
import { add, cross, distance, dot, meet, subtract, unit, type Xy } from '../../geo/plane.ts';
import { lengthOf, partOf } from '../../geo/polyline.ts';
import type { QuarterPlan } from '../quarter-plan.ts';
import {
  type CorridorKind,
  edgeOf,
  HALF_WIDTH_M,
  type QuarterKind,
  type Skeleton,
  type SkeletonEdge,
} from '../skeleton.ts';
import type { Town } from '../town-plan.ts';
import { type CornerRules, cornerRules, type EndRules } from './junction-rules.ts';
import { StreetNames } from './street-names.ts';

export type RoadClass = 'main' | 'collector' | 'local' | 'access' | 'service' | 'path';

export interface Section {
  readonly id: string;
  readonly path: readonly Xy[];
  readonly class: RoadClass;
  readonly name: string | null;
  /** Half the width of the street's land. */
  readonly halfWidthM: number;
  readonly carriagewayM: number;
  /** Where it begins along its named street. */
  readonly alongM: number;
  /** Whether its numbers are counted in metres of a long street, or by the houses of a short one. */
  readonly long: boolean;
  readonly quarterKind?: QuarterKind;
  /** At its beginning and its end, where it has such rules. */
  readonly atStart?: EndRules;
  readonly atEnd?: EndRules;
}

interface Line {
  path: readonly Xy[];
  readonly halfWidthM: number;
  readonly nodes: Xy[];
}

interface EdgeLine extends Line {
  readonly name: string | null;
  readonly alongM: number;
  /** Quarters at its sides that are still to come. */
  waiting: number;
}

const CLASS_OF: Partial<Record<CorridorKind, RoadClass>> = {
  avenue: 'main',
  collector: 'collector',
  street: 'local',
  lane: 'access',
  path: 'path',
};
const CARRIAGEWAY_M: Readonly<Record<RoadClass, number>> = {
  main: 14,
  collector: 7,
  local: 6,
  access: 4.6,
  service: 4,
  path: 2.5,
};

/** How far beyond a quarter a street is still near it. */
const NEAR_M = 60;
/** Side of the squares by which streets are found. */
const SQUARE_M = 500;

/** Kinds of quarters whose inner ways are for walking. */
const WALKED: readonly QuarterKind[] = ['park', 'riverside', 'allotments', 'forest'];

export class StreetNetwork {
  readonly #skeleton: Skeleton;
  readonly #town: Town;
  readonly #names: StreetNames;
  readonly #edges: EdgeLine[];
  readonly #rules: CornerRules;
  /** Edges by the squares that their boxes touch. */
  readonly #squares = new Map<string, number[]>();

  constructor(town: Town, seed: number) {
    this.#town = town;
    this.#skeleton = town.skeleton;
    this.#names = new StreetNames(seed);
    this.#rules = cornerRules(town.skeleton);
    const chains = chainsOf(town.skeleton);
    const names = new Map<number, string>();
    const { faceOf } = town.corridors.faces;
    this.#edges = town.skeleton.edges.map(({ kind, path }, edge) => {
      const { chain, alongM } = chains[edge] as Chained;
      if (CLASS_OF[kind] && kind !== 'path' && !names.has(chain)) {
        names.set(chain, this.#names.next(kind === 'avenue'));
      }
      const faces = new Set([faceOf[2 * edge], faceOf[2 * edge + 1]]);
      faces.delete(0);
      return {
        path,
        halfWidthM: HALF_WIDTH_M[kind],
        nodes: [],
        name: names.get(chain) ?? null,
        alongM,
        waiting: faces.size,
      };
    });
    this.#edges.forEach(({ path }, edge) => {
      for (const key of squaresOf(path, 0)) {
        const list = this.#squares.get(key);
        if (list) list.push(edge);
        else this.#squares.set(key, [edge]);
      }
    });
  }

  /** Sections of a quarter, and of the corridors that are complete with it; quarters come in order. */
  ofQuarter(plan: QuarterPlan, face: number): { readonly inner: Section[]; readonly corridors: Section[] } {
    const half = this.#town.corridors.faces.faces[face] ?? [];
    const edges = [...new Set(half.map(edgeOf))];
    const rim = edges
      .filter((edge) => CLASS_OF[this.#kind(edge)] !== undefined)
      .map((edge) => this.#edges[edge] as Line);
    const inner = plan.streets.map(
      ({ centre, halfWidthM }): Line => ({ path: centre, halfWidthM, nodes: [] }),
    );
    const names = this.#join(inner, [...inner, ...rim]);
    const corridors: Section[] = [];
    for (const edge of edges) {
      const line = this.#edges[edge] as EdgeLine;
      const roadClass = CLASS_OF[this.#kind(edge)];
      line.waiting--;
      if (line.waiting !== 0 || !roadClass) continue;
      const street = { name: line.name, alongM: line.alongM, long: true };
      corridors.push(...this.#ruled(edge, sectionsOf(line, `S${edge}`, roadClass, street)));
      // Nobody asks for its junctions again.
      line.nodes.length = 0;
    }
    return { inner: this.#innerSections(plan, inner, names), corridors };
  }

  /** Sections of the corridors round a quarter as far as they are known, for finding the street of a house. */
  round(face: number): Section[] {
    const half = this.#town.corridors.faces.faces[face] ?? [];
    return [...new Set(half.map(edgeOf))].flatMap((edge): Section[] => {
      const roadClass = CLASS_OF[this.#kind(edge)];
      const line = this.#edges[edge] as EdgeLine;
      if (!roadClass || roadClass === 'path') return [];
      return sectionsOf({ ...line, nodes: [] }, `S${edge}`, roadClass, {
        name: line.name,
        alongM: line.alongM,
        long: true,
      });
    });
  }

  /** All corridors with a carriageway that come near the quarter at a face, its own ones included. */
  near(face: number): Section[] {
    const half = this.#town.corridors.faces.faces[face] ?? [];
    const points = half.flatMap((h) => this.#edges[edgeOf(h)]?.path ?? []);
    const [west, south, east, north] = boxOf(points, NEAR_M);
    const nearby = new Set(squaresOf(points, NEAR_M).flatMap((key) => this.#squares.get(key) ?? []));
    return [...nearby]
      .sort((a, b) => a - b)
      .flatMap((edge): Section[] => {
        const roadClass = CLASS_OF[this.#kind(edge)];
        const line = this.#edges[edge] as EdgeLine;
        if (!roadClass || !line.path.some(([x, y]) => x > west && x < east && y > south && y < north))
          return [];
        const { name, alongM } = line;
        return sectionsOf({ ...line, nodes: [] }, `S${edge}`, roadClass, { name, alongM, long: true });
      });
  }

  /** The rules of a corridor's two junctions belong to its first and its last section. */
  #ruled(edge: number, sections: readonly Section[]): Section[] {
    const rules = this.#rules.get(edge);
    if (!rules) return [...sections];
    return sections.map((section, at) => ({
      ...section,
      ...(at === 0 && { atStart: rules.from }),
      ...(at === sections.length - 1 && { atEnd: rules.to }),
    }));
  }

  #kind(edge: number): CorridorKind {
    return (this.#skeleton.edges[edge] as SkeletonEdge).kind;
  }

  #innerSections(plan: QuarterPlan, lines: readonly Line[], sameAs: readonly number[]): Section[] {
    const { kind, precinct, sheet } = plan.brief;
    const walked = WALKED.includes(kind);
    const names = new Map<number, string>();
    return lines.flatMap((line, i) => {
      const group = sameAs[i] as number;
      if (!walked && !names.has(group)) names.set(group, this.#names.next());
      const roadClass: RoadClass = walked
        ? 'path'
        : kind === 'fields'
          ? 'service'
          : line.halfWidthM > 5.5
            ? 'local'
            : 'access';
      const before = lines
        .slice(0, i)
        .filter((_, k) => sameAs[k] === group)
        .reduce((sum, { path }) => sum + lengthOf(path), 0);
      const id = `${precinct}-${sheet}-${Math.round((lines[0]?.path[0]?.[0] ?? 0) * 10)}-${i}`;
      const name = names.get(group) ?? null;
      return sectionsOf(line, id, roadClass, { name, alongM: before, long: false, quarterKind: kind });
    });
  }

  /** Prolongs inner streets to the middle of the street they end at; returns which of them are one street. */
  #join(inner: readonly Line[], all: readonly Line[]): number[] {
    const group = inner.map((_, i) => i);
    const raw = new Map(all.map((line) => [line, line.path]));
    const ends: { readonly line: number; readonly at: Xy; readonly outward: Xy }[] = [];
    inner.forEach((line, i) => {
      const path = raw.get(line) as readonly Xy[];
      const last = path.length - 1;
      for (const [end, before] of [
        [0, 1],
        [last, last - 1],
      ] as const) {
        const e = path[end] as Xy;
        const outward = unit(subtract(e, path[before] as Xy));
        const met = landing(e, outward, line, all, raw);
        if (!met) continue;
        const node = met.target.nodes.find((p) => distance(p, met.at) < 3.5) ?? met.at;
        if (node === met.at) met.target.nodes.push(node);
        line.path = end === 0 ? [node, ...line.path] : [...line.path, node];
        for (const other of ends) {
          if (distance(other.at, node) < 0.01 && dot(other.outward, outward) < -0.85) {
            const [a, b] = [group[other.line] as number, group[i] as number];
            group.forEach((g, k) => {
              if (g === Math.max(a, b)) group[k] = Math.min(a, b);
            });
          }
        }
        ends.push({ line: i, at: node, outward });
      }
    });
    return group;
  }
}

type Box = readonly [west: number, south: number, east: number, north: number];

function boxOf(points: readonly Xy[], marginM: number): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    [west, south] = [Math.min(west, x), Math.min(south, y)];
    [east, north] = [Math.max(east, x), Math.max(north, y)];
  }
  return [west - marginM, south - marginM, east + marginM, north + marginM];
}

function squaresOf(points: readonly Xy[], marginM: number): string[] {
  const [west, south, east, north] = boxOf(points, marginM).map((m) => Math.floor(m / SQUARE_M)) as [
    number,
    number,
    number,
    number,
  ];
  const keys: string[] = [];
  for (let column = west; column <= east; column++)
    for (let row = south; row <= north; row++) keys.push(`${column} ${row}`);
  return keys;
}

/** Where the end of a street meets the middle of another: straight on, else at the nearest place. */
function landing(
  e: Xy,
  outward: Xy,
  own: Line,
  all: readonly Line[],
  raw: ReadonlyMap<Line, readonly Xy[]>,
): { readonly target: Line; readonly at: Xy } | undefined {
  let best: { target: Line; at: Xy } | undefined;
  let bestAway = Infinity;
  for (const target of all) {
    if (target === own) continue;
    const path = raw.get(target) as readonly Xy[];
    const reach = target.halfWidthM * 1.6 + 4;
    for (let i = 0; i + 1 < path.length; i++) {
      const [a, b] = [path[i] as Xy, path[i + 1] as Xy];
      if (Math.min(distance(a, e), distance(b, e)) > reach + distance(a, b)) continue;
      const hit = meet(e, outward, a, subtract(b, a));
      const straight =
        hit && hit.t > -1 && hit.t < reach && hit.u >= 0 && hit.u <= 1 ? add(e, outward, hit.t) : undefined;
      const at = straight ?? nearestOn(e, a, b);
      const away = distance(at, e) + (straight ? 0 : 3);
      if (away < bestAway && distance(at, e) < reach) {
        bestAway = away;
        best = { target, at };
      }
    }
  }
  return best;
}

export function nearestOn(p: Xy, a: Xy, b: Xy): Xy {
  const d = subtract(b, a);
  const squared = dot(d, d);
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, dot(subtract(p, a), d) / squared));
  return add(a, d, t);
}

/** The nearest place on a path: how far along, how far away, and whether the point is at the left. */
export function placeBeside(path: readonly Xy[], p: Xy) {
  let best = { alongM: 0, awayM: Infinity, at: path[0] as Xy, left: true };
  let along = 0;
  for (let i = 0; i + 1 < path.length; i++) {
    const [a, b] = [path[i] as Xy, path[i + 1] as Xy];
    const at = nearestOn(p, a, b);
    const awayM = distance(at, p);
    if (awayM < best.awayM) {
      const left = cross(subtract(b, a), subtract(p, a)) > 0;
      best = { alongM: along + distance(a, at), awayM, at, left };
    }
    along += distance(a, b);
  }
  return best;
}

function sectionsOf(
  line: Line,
  id: string,
  roadClass: RoadClass,
  street: Pick<Section, 'name' | 'alongM' | 'long' | 'quarterKind'>,
): Section[] {
  const total = lengthOf(line.path);
  const cuts = line.nodes
    .map((node) => ({ node, alongM: placeBeside(line.path, node).alongM }))
    .filter(({ alongM }) => alongM > 1 && alongM < total - 1)
    .sort((a, b) => a.alongM - b.alongM);
  const first = { node: line.path[0] as Xy, alongM: 0 };
  const last = { node: line.path[line.path.length - 1] as Xy, alongM: total };
  const stops = [first, ...cuts, last];
  return stops.slice(1).map((stop, i): Section => {
    const start = stops[i] as typeof first;
    const part = partOf(line.path, start.alongM, stop.alongM);
    return {
      ...street,
      id: `${id}-${i + 1}`,
      path: [start.node, ...part.slice(1, -1), stop.node],
      class: roadClass,
      halfWidthM: line.halfWidthM,
      carriagewayM: Math.min(CARRIAGEWAY_M[roadClass], 1.25 * line.halfWidthM),
      alongM: street.alongM + start.alongM,
    };
  });
}

interface Chained {
  chain: number;
  alongM: number;
}

/** Edges that go straight on through a junction are one street. */
function chainsOf({ nodes, edges }: Skeleton): Chained[] {
  const chained: (Chained | undefined)[] = edges.map(() => undefined);
  const at: number[][] = nodes.map(() => []);
  edges.forEach(({ from, to }, edge) => {
    at[from]?.push(edge);
    at[to]?.push(edge);
  });
  const outward = (edge: number, node: number): Xy => {
    const { path, from } = edges[edge] as SkeletonEdge;
    const walk = from === node ? path : path.toReversed();
    return unit(subtract(walk[1] as Xy, walk[0] as Xy));
  };
  edges.forEach((first, edge) => {
    if (chained[edge]) return;
    chained[edge] = { chain: edge, alongM: 0 };
    let along = lengthOf(first.path);
    let [here, node] = [edge, first.to];
    for (;;) {
      const back = outward(here, node);
      const next = at[node]?.find(
        (other) =>
          !chained[other] && edges[other]?.kind === first.kind && dot(outward(other, node), back) < -0.6,
      );
      if (next === undefined) break;
      chained[next] = { chain: edge, alongM: along };
      const { path, from, to } = edges[next] as SkeletonEdge;
      along += lengthOf(path);
      node = from === node ? to : from;
      here = next;
    }
  });
  return chained as Chained[];
}
