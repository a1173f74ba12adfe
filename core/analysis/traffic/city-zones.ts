/** Zones where trips begin and end: cells of the grid put together, and roads that lead out of the city. */
import { distance, distanceToSegment, hullOf, type Xy } from '../../geo/plane.ts';
import {
  type CityState,
  GENERATOR_CELL_M,
  type GeneratorFact,
  type RoadFact,
  type StoredZone,
} from './city-facts.ts';
import { LEADS_OUT, lanesOneWay, supplyOf, WITHOUT_ACCESS } from './street-supply.ts';

export interface CityZone {
  readonly id: string;
  readonly at: Xy;
  readonly district: string | null;
  /** Of the street that leads out of the city here; null of any other zone, and where the street has none. */
  readonly street: string | null;
  /** By state: what stands there. */
  readonly before: Generators;
  readonly after: Generators;
  /** A road that leads out of the city. */
  readonly isGate: boolean;
  /** Of a gate: lanes into the city, where generated trips come in; 0 for any other zone. */
  readonly lanesIn: number;
  /** Nodes of streets where its trips begin and end, with the way to them. */
  readonly doors: readonly { readonly node: string; readonly awayM: number }[];
}

/** What makes trips. */
export interface Generators {
  readonly residents: number;
  readonly jobs: number;
  /** m² of trade and services. */
  readonly shopM2: number;
  readonly schoolPlaces: number;
  readonly nurseryPlaces: number;
}

/** m² of floor for one job, by kind of building (EGiB); values of practice. */
const M2_PER_JOB: Readonly<Record<string, number>> = {
  b: 25,
  h: 45,
  k: 80,
  z: 40,
  p: 90,
  s: 150,
  t: 150,
  i: 200,
  g: 400,
};
/** Who works at home, and in shops and offices that the register keeps as flats. */
const RESIDENTS_PER_JOB_AT_HOME = 25;
const DOORS = 3;

/** @param stored zones of stored trips; without them cells are put together, and roads that lead out found */
export function cityZones(
  before: CityState,
  after: CityState,
  mostZones: number,
  stored?: readonly StoredZone[],
): readonly CityZone[] {
  if (stored) return zonesOfStored(before, after, stored);
  const both = [before.cells, after.cells];
  const side = sideOf(both.flat(), mostZones);
  const zones = new Map<string, { cells: [GeneratorFact[], GeneratorFact[]] }>();
  for (const [state, cells] of both.entries()) {
    for (const cell of cells) {
      const key = keyOf(cell, side);
      const zone = zones.get(key) ?? { cells: [[], []] };
      zone.cells[state]?.push(cell);
      zones.set(key, zone);
    }
  }
  const gates = gatesOf(before.roads);
  const gateNodes = new Set(gates.map(({ doors }) => doors[0]?.node));
  const nodes = doorNodes(before.roads).filter(({ node }) => !gateNodes.has(node));
  const inner = [...zones]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { cells }]): CityZone => {
      const [was, is] = cells.map(generatorsOf) as [Generators, Generators];
      const at = middleOf(cells.flat());
      const doors = doorsNear(at, nodes, side * GENERATOR_CELL_M);
      const district = cells.flat().find((cell) => cell.district !== null)?.district ?? null;
      return {
        id: `Z${key}`,
        at,
        district,
        street: null,
        before: was,
        after: is,
        isGate: false,
        lanesIn: 0,
        doors,
      };
    });
  return [...inner, ...gates];
}

/** Each cell belongs to the nearest zone of a city that is no gate. */
function zonesOfStored(
  before: CityState,
  after: CityState,
  stored: readonly StoredZone[],
): readonly CityZone[] {
  const places = stored.map(() => ({ cells: [[], []] as [GeneratorFact[], GeneratorFact[]] }));
  for (const [state, { cells }] of [before, after].entries()) {
    for (const cell of cells) {
      const at = middleOf([cell]);
      let [nearest, away] = [-1, Number.POSITIVE_INFINITY];
      for (const [index, zone] of stored.entries()) {
        const far = zone.isGate ? Number.POSITIVE_INFINITY : distance(zone.at, at);
        if (far < away) [nearest, away] = [index, far];
      }
      places[nearest]?.cells[state]?.push(cell);
    }
  }
  const [inner, all] = [doorNodes(before.roads), nodesOf(before.roads)];
  return stored.map(({ id, name, isGate, at }, index): CityZone => {
    const cells = places[index]?.cells ?? [[], []];
    const [was, is] = cells.map(generatorsOf) as [Generators, Generators];
    const [nearest] = doorsNear(at, all, 0);
    const doors = isGate
      ? nearest
        ? [{ node: nearest.node, awayM: 0 }]
        : []
      : doorsNear(at, inner, STORED_REACH_M);
    const district = isGate
      ? null
      : (name ?? cells.flat().find((cell) => cell.district !== null)?.district ?? null);
    return {
      id,
      at,
      district,
      street: isGate ? name : null,
      before: was,
      after: is,
      isGate,
      lanesIn: 0,
      doors,
    };
  });
}

/** Streets so much farther than the nearest are no doors of a stored zone. */
const STORED_REACH_M = GENERATOR_CELL_M;

interface StreetNode {
  readonly node: string;
  readonly at: Xy;
}

/** The nearest few, not those of the next quarter: nobody drives over fields to them. */
function doorsNear(at: Xy, nodes: readonly StreetNode[], moreM: number): CityZone['doors'] {
  const near = nodes
    .map(({ node, at: place }) => ({ node, awayM: distance(place, at) }))
    .sort((a, b) => a.awayM - b.awayM);
  const reachM = (near[0]?.awayM ?? 0) + moreM;
  return near.slice(0, DOORS).filter(({ awayM }) => awayM <= reachM);
}

const keyOf = ({ column, row }: GeneratorFact, side: number) =>
  `${Math.floor(column / side)}_${Math.floor(row / side)}`;

/** Cells of a zone each way: the fewest that make no more zones than allowed. */
function sideOf(cells: readonly GeneratorFact[], mostZones: number): number {
  for (let side = 1; ; side++) {
    if (new Set(cells.map((cell) => keyOf(cell, side))).size <= mostZones) return side;
  }
}

/** Of its people and jobs, so that a zone half of which is a wood stands where it is lived in. */
function middleOf(cells: readonly GeneratorFact[]): Xy {
  let [e, n, sum] = [0, 0, 0];
  for (const cell of cells) {
    const { residents, jobs } = generatorsOf([cell]);
    const weight = residents + jobs + 1e-3;
    e += weight * (cell.column + 0.5);
    n += weight * (cell.row + 0.5);
    sum += weight;
  }
  return [(e / sum) * GENERATOR_CELL_M, (n / sum) * GENERATOR_CELL_M];
}

function generatorsOf(cells: readonly GeneratorFact[]): Generators {
  const sum = (pick: (cell: GeneratorFact) => number) => cells.reduce((total, cell) => total + pick(cell), 0);
  const residents = sum((cell) => cell.residents);
  const floorJobs = Object.entries(M2_PER_JOB).reduce(
    (total, [kind, m2]) => total + sum(({ floorM2 }) => floorM2[kind] ?? 0) / m2,
    0,
  );
  return {
    residents,
    jobs: floorJobs + residents / RESIDENTS_PER_JOB_AT_HOME,
    shopM2: sum(({ floorM2 }) => floorM2['h'] ?? 0),
    schoolPlaces: sum((cell) => cell.schoolPlaces),
    nurseryPlaces: sum((cell) => cell.nurseryPlaces),
  };
}

/** Nodes of streets that one may turn into a yard from. */
const doorNodes = (roads: readonly RoadFact[]): readonly StreetNode[] =>
  nodesOf(roads.filter((road) => !WITHOUT_ACCESS.includes(road.class ?? '')));

/** Of open roads. */
function nodesOf(roads: readonly RoadFact[]): readonly StreetNode[] {
  const nodes = new Map<string, Xy>();
  for (const { from, to, path, isClosed } of roads) {
    if (isClosed) continue;
    nodes.set(from, path[0] as Xy);
    nodes.set(to, path.at(-1) as Xy);
  }
  return [...nodes].map(([node, at]) => ({ node, at }));
}

const NOTHING: Generators = { residents: 0, jobs: 0, shopM2: 0, schoolPlaces: 0, nurseryPlaces: 0 };

/** Junctions of main roads so near to the hull of all roads are at the city's edge, as their dead ends are. */
const EDGE_M = 60;

/** Where main roads lead out of the city. */
function gatesOf(roads: readonly RoadFact[]): readonly CityZone[] {
  const ends = new Map<string, { readonly at: Xy; readonly roads: RoadFact[] }>();
  for (const road of roads) {
    for (const [node, at] of [
      [road.from, road.path[0] as Xy],
      [road.to, road.path.at(-1) as Xy],
    ] as const) {
      const known = ends.get(node) ?? { at, roads: [] };
      known.roads.push(road);
      ends.set(node, known);
    }
  }
  const hull = hullOf([...ends.values()].map(({ at }) => at));
  const isAtEdge = (at: Xy) =>
    hull.some((a, corner) => distanceToSegment(at, a, hull[(corner + 1) % hull.length] as Xy) < EDGE_M);
  return [...ends].flatMap(([node, { at, roads: own }]): readonly CityZone[] => {
    const out = own.find((road) => LEADS_OUT.includes(road.class ?? ''));
    if (!out || !(own.length === 1 || isAtEdge(at))) return [];
    const isWayOut = out.isOneway && out.to === node;
    const lanes = lanesOneWay(out.lanes ?? supplyOf(out.class).lanes, out.isOneway);
    return [
      {
        id: `G${node}`,
        at,
        district: null,
        street: out.name ?? own.find(({ name }) => name !== null)?.name ?? null,
        before: NOTHING,
        after: NOTHING,
        isGate: true,
        lanesIn: isWayOut ? 0 : lanes,
        doors: [{ node, awayM: 0 }],
      },
    ];
  });
}
