/** Homes in the west, offices in the east, and two ways round between them: the northern is shorter. */
import type { CityState, RoadFact, TrafficFacts } from '../../core/analysis/traffic/city-facts.ts';

export const road = (
  id: string,
  ends: readonly [string, string],
  path: RoadFact['path'],
  more: Partial<RoadFact> = {},
): RoadFact => ({
  id,
  from: ends[0],
  to: ends[1],
  class: 'collector',
  name: id,
  lanes: 2,
  speedKmH: 50,
  surface: 'asphalt',
  isOneway: false,
  isClosed: false,
  lengthM: path.reduce(
    (sum, [e, n], k) => sum + Math.hypot(e - (path[k - 1]?.[0] ?? e), n - (path[k - 1]?.[1] ?? n)),
    0,
  ),
  path,
  ...more,
});

export const ROADS: readonly RoadFact[] = [
  road(
    'west',
    ['home', 'fork'],
    [
      [100, 100],
      [500, 100],
    ],
  ),
  road(
    'north',
    ['fork', 'join'],
    [
      [500, 100],
      [1500, 500],
      [2600, 100],
    ],
  ),
  road(
    'south',
    ['fork', 'join'],
    [
      [500, 100],
      [1500, -400],
      [2600, 100],
    ],
  ),
  road(
    'east',
    ['join', 'work'],
    [
      [2600, 100],
      [3000, 100],
    ],
  ),
];

const nobody = { district: null, residents: 0, floorM2: {}, schoolPlaces: 0, nurseryPlaces: 0 };
export const STATE: CityState = {
  roads: ROADS,
  cells: [
    { ...nobody, column: 0, row: 0, district: 'West', residents: 8000, floorM2: { m: 300_000 } },
    {
      ...nobody,
      column: 12,
      row: 0,
      district: 'East',
      floorM2: { b: 60_000 },
      nurseryPlaces: 40,
      schoolPlaces: 40,
    },
  ],
  buildings: [
    {
      id: 'flats',
      use: 'dwelling',
      planSymbols: ['MW'],
      floorM2: 300_000,
      heightM: 12,
      outline: [
        [200, 115],
        [260, 115],
        [260, 130],
        [200, 130],
        [200, 115],
      ],
    },
  ],
};

/** @param after roads of the scenario; undefined without one */
export const trafficFacts = (
  after?: readonly RoadFact[],
  more: Partial<TrafficFacts> = {},
): TrafficFacts => ({
  before: STATE,
  after: after && { ...STATE, roads: after },
  demandEdits: [],
  lawDate: '2026-06-30',
  ...more,
});
