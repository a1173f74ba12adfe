/** Obstructions of the demo city: a seeded week of a register, with the conflicts that were planted in it. */
import { middleOf, type Xy } from '../geo/plane.ts';
import { lengthOf, partOf } from '../geo/polyline.ts';
import type { RoadSection } from '../obstruction/road-section.ts';
import { wayRound } from '../obstruction/way-round.ts';
import type { Action } from '../obstruction/workflow.ts';
import type { Conflict, NewObstruction } from '../wire/obstruction.ts';
import { randomOf } from './random.ts';

export interface DemoObstruction {
  /** What the register knows it by; begins with `demo-`. */
  readonly externalId: string;
  readonly content: NewObstruction;
  /** Taken one after the other, approving by somebody else. */
  readonly steps: readonly Action[];
}

/** What was planted: the one meets the other so, or something by itself. */
export interface PlantedConflict {
  readonly of: string;
  readonly code: Conflict['code'];
  readonly other: string | undefined;
}

export interface DemoObstructions {
  readonly obstructions: readonly DemoObstruction[];
  readonly planted: readonly PlantedConflict[];
}

const DAY_MS = 86_400_000;
const PUBLISH: readonly Action[] = ['submit', 'approve', 'publish'];
const ROAD_LAW = 'Ustawa o drogach publicznych, art. 40';

type Written = Omit<NewObstruction, 'place' | 'windows' | 'owner'> & Partial<NewObstruction>;

/**
 * @param roads all sections of the town
 * @param todayMs a midnight; the windows lie around it
 * @returns nothing for a town with too few streets
 */
export function demoObstructions(
  roads: readonly RoadSection[],
  seed: number,
  todayMs: number,
): DemoObstructions {
  const random = randomOf(seed, 'obstructions');
  const streets = roads
    .filter(({ street, path, widthM }) => street !== null && (widthM ?? 0) >= 5 && lengthOf(path) >= 60)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const used: Xy[] = [];
  /** Sections far enough from each other that only what is planted meets. */
  const pick = (fits: (road: RoadSection) => boolean = () => true): RoadSection | undefined => {
    for (let tries = 0; tries < 400 && streets.length > 0; tries++) {
      const road = streets[random.integer(0, streets.length - 1)] as RoadSection;
      const middle = middleOf(road.path);
      if (used.some(([x, y]) => Math.hypot(x - middle[0], y - middle[1]) < APART_M) || !fits(road)) continue;
      used.push(middle);
      return road;
    }
    return undefined;
  };
  const around = roundOf(roads);
  const main = pick((road) => around(road) !== undefined);
  const detour = main && around(main);
  if (detour) used.push(middleOf(detour.road.path));
  const [crane, market, failure, next, past] = [pick(), pick(), pick(), pick(), pick()];
  if (!main || !detour || !crane || !market || !failure || !next || !past)
    return { obstructions: [], planted: [] };

  const window = (fromDay: number, toDay: number, daily?: { from: string; to: string }) => ({
    from: new Date(todayMs + fromDay * DAY_MS).toISOString(),
    to: new Date(todayMs + toDay * DAY_MS).toISOString(),
    ...(daily && { daily }),
  });
  const on = (road: RoadSection, share: readonly [number, number] = [0.15, 0.85]) => {
    const lengthM = Math.floor(lengthOf(road.path));
    const [fromM, toM] = share.map((part) => Math.floor(part * lengthM)) as [number, number];
    return { kind: 'sections' as const, sections: [{ road: road.id, fromM, toM }] };
  };
  const make = (
    key: string,
    steps: readonly Action[],
    written: Written & Pick<NewObstruction, 'place' | 'windows'>,
  ) => ({
    externalId: `demo-${seed}-${key}`,
    steps,
    content: {
      owner: 'Zarząd Dróg Miejskich',
      contact: { name: 'Dyżurny ruchu', phone: '61 000 00 00' },
      ...written,
    },
  });
  const traffic = ['car', 'bus'] as const;
  const water = {
    kind: 'utility_works',
    network: 'water',
    owner: 'Aquanet S.A.',
    decision: { number: `ZDM-DP.4021.${random.integer(100, 999)}`, basis: ROAD_LAW },
  } as const;

  const obstructions: DemoObstruction[] = [
    make('water-main', PUBLISH, {
      ...water,
      name: `Wymiana wodociągu, ul. ${main.street}`,
      place: on(main),
      windows: [window(-3, 12)],
      impact: 'closed',
      modes: ['car', 'bus', 'bicycle'],
      detour: { text: `Objazd ulicami wokół zamkniętego odcinka ul. ${main.street}`, line: [...detour.line] },
    }),
    make('crane', PUBLISH, {
      kind: 'lane_occupation',
      name: `Dźwig przy budowie, ul. ${crane.street}`,
      place: on(crane, [0.3, 0.6]),
      windows: [window(-1, 20, { from: '08:00', to: '16:00' })],
      impact: 'narrowed',
      lanesLeft: 1,
      modes: [...traffic],
      owner: 'Budimpol Sp. z o.o.',
      decision: { number: `ZDM-ZP.4022.${random.integer(100, 999)}`, basis: ROAD_LAW },
    }),
    make('market', PUBLISH, {
      kind: 'event',
      name: `Targ uliczny, ul. ${market.street}`,
      place: {
        kind: 'area',
        outline: [...squareAround(middleOf(partOf(market.path, 0, lengthOf(market.path))), 28)],
      },
      windows: [window(2, 4, { from: '10:00', to: '20:00' })],
      impact: 'closed',
      modes: ['car', 'bicycle'],
      owner: 'Wydział Kultury',
      description: 'Targ rzemiosła; pieszo dojście bez zmian.',
    }),
    make('failure', [...PUBLISH, 'begin'], {
      kind: 'network_failure',
      network: 'heat',
      name: `Awaria sieci ciepłowniczej, ul. ${failure.street}`,
      place: on(failure, [0.4, 0.7]),
      windows: [window(-0.2, 1.5)],
      impact: 'one_direction',
      openDirection: 'forward',
      modes: [...traffic],
      owner: 'Veolia Energia',
    }),
    make('next-week', ['submit', 'approve'], {
      kind: 'roadworks',
      name: `Frezowanie nawierzchni, ul. ${next.street}`,
      place: on(next),
      windows: [window(6, 9, { from: '22:00', to: '05:00' })],
      impact: 'one_direction',
      modes: [...traffic],
    }),
    make('past', [...PUBLISH, 'close'], {
      kind: 'roadworks',
      name: `Naprawa chodnika, ul. ${past.street}`,
      place: on(past, [0.2, 0.5]),
      windows: [window(-9, 1)],
      impact: 'hindered',
      modes: ['pedestrian', 'bicycle'],
    }),
    make('resurfacing', ['submit'], {
      kind: 'roadworks',
      name: `Nowa nawierzchnia, ul. ${main.street}`,
      place: on(main, [0.5, 1]),
      windows: [window(8, 16)],
      impact: 'closed',
      modes: [...traffic],
    }),
    make('on-the-detour', ['submit'], {
      kind: 'lane_occupation',
      name: `Rusztowanie, ul. ${detour.road.street}`,
      place: on(detour.road, [0.3, 0.6]),
      windows: [window(1, 6)],
      impact: 'closed',
      modes: [...traffic],
      owner: 'Wspólnota Mieszkaniowa',
    }),
    make('heat-later', ['submit'], {
      kind: 'utility_works',
      network: 'heat',
      name: `Przyłącze ciepłownicze, ul. ${main.street}`,
      place: on(main, [0.2, 0.3]),
      windows: [window(90, 97)],
      impact: 'narrowed',
      lanesLeft: 1,
      modes: [...traffic],
      owner: 'Veolia Energia',
    }),
    make('draft', [], {
      kind: 'roadworks',
      name: `Wymiana krawężników, ul. ${past.street}`,
      place: on(past, [0.6, 0.9]),
      windows: [window(30, 33)],
      impact: 'hindered',
      modes: ['pedestrian'],
    }),
  ];
  const id = (key: string) => `demo-${seed}-${key}`;
  const planted = (of: string, code: Conflict['code'], other: string) => ({
    of: id(of),
    code,
    other: id(other),
  });
  return {
    obstructions,
    planted: [
      planted('resurfacing', 'same-place', 'water-main'),
      planted('on-the-detour', 'blocks-detour', 'water-main'),
      planted('heat-later', 'dig-once', 'water-main'),
    ],
  };
}

/** Centres of what is not planted to meet lie this far apart. */
const APART_M = 220;

const squareAround = ([x, y]: Xy, halfM: number): readonly [number, number][] =>
  [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([dx = 0, dy = 0]) => [
    Math.round((x + dx * halfM) * 100) / 100,
    Math.round((y + dy * halfM) * 100) / 100,
  ]);

const LONGEST_DETOUR_M = 900;

/** Finds a short way round a section, and a section on it that can be taken. */
function roundOf(roads: readonly RoadSection[]) {
  return (section: RoadSection) => {
    const [x, y] = middleOf(section.path);
    const near = roads.filter(({ path }) => {
      const [a, b] = middleOf(path);
      return Math.hypot(a - x, b - y) < LONGEST_DETOUR_M;
    });
    const way = wayRound(section, near);
    if (!way || lengthOf(way) > LONGEST_DETOUR_M) return undefined;
    const corners = new Set(way.map(([a, b]) => `${a} ${b}`));
    const road = near.find(
      ({ path, street, id }) =>
        id !== section.id &&
        street !== null &&
        lengthOf(path) >= 60 &&
        path.every(([a, b]) => corners.has(`${a} ${b}`)),
    );
    if (!road) return undefined;
    return {
      line: way.map(([a, b]): [number, number] => [Math.round(a * 100) / 100, Math.round(b * 100) / 100]),
      road,
    };
  };
}
