/**
 * Public transport of the demo city: lines of trams and buses along its streets, and their timetable. Pure: the
 * same town has the same lines.
 */
import { transformBetween } from '../geo/crs.ts';
import { add, leftOf, type Xy } from '../geo/plane.ts';
import { lengthOf, parallel, partOf, placeAt } from '../geo/polyline.ts';
import type { Route, ServiceWeek, Stop, StopTime, TransitKind, Trip } from '../transit/timetable.ts';
import type { Timetable } from '../transit/write-gtfs.ts';
import type { CorridorKind, Skeleton } from './skeleton.ts';
import { ORIGIN_M } from './terrain.ts';
import { type DemoCourse, planCourses } from './transit-courses.ts';

/** One vehicle's ride of one trip. */
export interface DemoRide {
  readonly trip: Trip;
  readonly route: Route;
  readonly vehicleId: string;
  readonly stopTimes: readonly StopTime[];
  /** Metres from the start of `path` to each stop. */
  readonly stopsAtM: readonly number[];
  /** Metres from `ORIGIN_M`. */
  readonly path: readonly Xy[];
}

export interface DemoTransit {
  readonly timetable: Timetable;
  readonly rides: readonly DemoRide[];
}

export const DEMO_TIME_ZONE = 'Europe/Warsaw';

interface LinePlan {
  readonly line: string;
  readonly kind: TransitKind;
  readonly colour: string;
  /** Where it goes from and to: a direction on the compass, degrees from east, counter-clockwise. */
  readonly ends: readonly [number, number];
  readonly streets: readonly CorridorKind[];
  readonly night: boolean;
}

const TRAMS: readonly CorridorKind[] = ['avenue'];
const BUSES: readonly CorridorKind[] = ['collector', 'avenue', 'street'];
const TRAM = { kind: 'tram', colour: '#b0303c', streets: TRAMS, night: false } as const;
const BUS = { kind: 'bus', colour: '#2c63a6', streets: BUSES, night: false } as const;
const LINES: readonly LinePlan[] = [
  { ...TRAM, line: '1', ends: [180, 0] },
  { ...TRAM, line: '5', ends: [270, 90] },
  { ...TRAM, line: '9', ends: [180, 90] },
  { ...BUS, line: '51', ends: [225, 45] },
  { ...BUS, line: '62', ends: [135, 315] },
  { ...BUS, line: '73', ends: [90, 260] },
  { ...BUS, line: 'N1', ends: [180, 10], night: true },
];

/** Metres a second between stops, and seconds at each. */
const PACE: Readonly<Record<'tram' | 'bus', { readonly speedMPerS: number; readonly dwellS: number }>> = {
  tram: { speedMPerS: 7, dwellS: 25 },
  bus: { speedMPerS: 6.2, dwellS: 20 },
};
/** From the middle of the street to where a vehicle runs, and to where people wait. */
const LANE_M = 2.4;
const KERB_M = 6.5;
/** A stop lies so far behind its junction. */
const BEHIND_M = 28;
/** At its end a vehicle waits at least so long before it goes back. */
const LAYOVER_S = 330;

const SERVICES: readonly ServiceWeek[] = [
  { id: 'weekday', days: [true, true, true, true, true, false, false], from: '2020-01-01', to: '2099-12-31' },
  {
    id: 'weekend',
    days: [false, false, false, false, false, true, true],
    from: '2020-01-01',
    to: '2099-12-31',
  },
  { id: 'night', days: [true, true, true, true, true, true, true], from: '2020-01-01', to: '2099-12-31' },
];

const HOUR_S = 3600;

/** When trips leave, seconds of the service day: often in the peaks, seldom in the evening. */
function departures(service: string): readonly number[] {
  const times: number[] = [];
  const isNight = service === 'night';
  const headwayS = (timeS: number): number => {
    const hour = timeS / HOUR_S;
    if (isNight) return 900;
    if (hour >= 20 || hour < 6) return 1200;
    if (service === 'weekend') return 600;
    return (hour >= 6 && hour < 9) || (hour >= 14 && hour < 18) ? 480 : 720;
  };
  const [first, last] = isNight ? [23 * HOUR_S, 29 * HOUR_S] : [4.75 * HOUR_S, 23.5 * HOUR_S];
  for (let timeS = first; timeS <= last; timeS += headwayS(timeS)) times.push(timeS);
  return times;
}

/** The lines of a town; a town without streets of a kind has no line on them. */
export function demoTransit(skeleton: Skeleton): DemoTransit {
  const stops = new Map<string, Stop>();
  const places = new StopPlaces();
  const routes: Route[] = [];
  const rides: DemoRide[] = [];
  const shapePoints: Timetable['shapePoints'][number][] = [];
  for (const [number, plan] of LINES.entries()) {
    const courses = planCourses(skeleton, plan.ends, plan.streets);
    if (courses === undefined) continue;
    const directions = courses.map((course) => directionOf(course, places, stops));
    const [there, back] = directions as [Direction, Direction];
    const route: Route = {
      id: plan.line,
      line: plan.line,
      name: `${back.headsign} – ${there.headsign}`,
      kind: plan.kind,
      operator: '1',
      colour: plan.colour,
    };
    routes.push(route);
    for (const [direction, { path }] of directions.entries()) {
      const shapeId = `${plan.line}-${direction}`;
      shapePoints.push(...path.map((at, sequence) => ({ shapeId, sequence, lonLat: lonLatOf(at) })));
    }
    for (const service of plan.night ? ['night'] : ['weekday', 'weekend']) {
      rides.push(...ridesOf(plan, route, directions, service, number));
    }
  }
  return {
    rides,
    timetable: {
      agency: { name: 'Bliźniak (demo)', timeZone: DEMO_TIME_ZONE },
      stops: [...stops.values()],
      routes,
      trips: rides.map(({ trip }) => trip),
      stopTimes: rides.flatMap(({ stopTimes }) => stopTimes),
      weeks: SERVICES,
      exceptions: [],
      shapePoints,
    },
  };
}

interface Direction {
  readonly path: readonly Xy[];
  readonly stops: readonly Stop[];
  readonly stopsAtM: readonly number[];
  /** Where it ends. */
  readonly headsign: string;
}

/** The lane of a course at its right, with a stop behind each of its junctions that has one. */
function directionOf(course: DemoCourse, places: StopPlaces, stops: Map<string, Stop>): Direction {
  const centre = course.path;
  const totalM = lengthOf(centre);
  const lane = parallel(centre, -LANE_M);
  const ratio = lengthOf(lane) / totalM;
  const last = course.junctions.length - 1;
  const found = course.junctions.map(({ node, alongM }, i) => {
    // The first and the last stop lie in the street, not beyond its end.
    const atM = i === last ? totalM - 4 : Math.min(alongM + BEHIND_M, totalM - 4);
    const { point, direction } = placeAt(centre, atM);
    const stop = places.stopAt(node, direction, add(point, leftOf(direction), -KERB_M));
    stops.set(stop.id, stop);
    return { stop, atM: atM * ratio };
  });
  // Vehicles begin at their first stop and end at their last.
  const firstM = found[0]?.atM ?? 0;
  const lastM = found.at(-1)?.atM ?? 0;
  return {
    path: partOf(lane, firstM, lastM),
    stops: found.map(({ stop }) => stop),
    stopsAtM: found.map(({ atM }) => atM - firstM),
    headsign: found.at(-1)?.stop.name ?? '',
  };
}

function ridesOf(
  plan: LinePlan,
  route: Route,
  directions: readonly Direction[],
  service: string,
  number: number,
): DemoRide[] {
  const { speedMPerS, dwellS } = PACE[plan.kind === 'tram' ? 'tram' : 'bus'];
  const starts = departures(service).flatMap((timeS) =>
    // The other direction leaves some minutes later.
    directions.map((direction, side) => ({ direction, side, timeS: timeS + side * 240 + number * 60 })),
  );
  /** When each vehicle is free again, at which end. */
  const fleet: { freeS: number; end: number }[] = [];
  return starts
    .toSorted((a, b) => a.timeS - b.timeS)
    .map(({ direction, side, timeS }): DemoRide => {
      const tripId = `${plan.line}-${side}-${service}-${clock(timeS)}`;
      let nowS = timeS;
      let atM = 0;
      const stopTimes = direction.stops.map((stop, sequence): StopTime => {
        const alongM = direction.stopsAtM[sequence] ?? 0;
        nowS += Math.round((alongM - atM) / speedMPerS);
        atM = alongM;
        const arrivalS = nowS;
        if (sequence > 0 && sequence < direction.stops.length - 1) nowS += dwellS;
        return { tripId, sequence, stopId: stop.id, arrivalS, departureS: nowS };
      });
      let vehicle = fleet.findIndex(({ freeS, end }) => end === side && freeS + LAYOVER_S <= timeS);
      if (vehicle === -1) vehicle = fleet.push({ freeS: 0, end: side }) - 1;
      fleet[vehicle] = { freeS: nowS, end: 1 - side };
      return {
        trip: {
          id: tripId,
          routeId: route.id,
          serviceId: service,
          headsign: direction.headsign,
          direction: side === 0 ? 0 : 1,
          shapeId: `${plan.line}-${side}`,
        },
        route,
        vehicleId: `${plan.line}-${vehicle + 1}`,
        stopTimes,
        stopsAtM: direction.stopsAtM,
        path: direction.path,
      };
    });
}

const clock = (timeS: number): string =>
  `${String(Math.floor(timeS / HOUR_S)).padStart(2, '0')}${String(Math.floor((timeS % HOUR_S) / 60)).padStart(2, '0')}`;

const toDegrees = transformBetween(2177, 4326);
const DEGREE_DECIMALS = 1e7;

/** Degrees of a place in the town's frame. */
export function lonLatOf([x, y]: Xy): readonly [number, number] {
  const [lon = 0, lat = 0] = toDegrees([ORIGIN_M[0] + x, ORIGIN_M[1] + y]);
  return [
    Math.round(lon * DEGREE_DECIMALS) / DEGREE_DECIMALS,
    Math.round(lat * DEGREE_DECIMALS) / DEGREE_DECIMALS,
  ];
}

const NAMES =
  'Rynek;Most Wielki;Zielone Ogrody;Fabryczna;Dworzec Mały;Szkoła;Nad Rzeką;Park Północny;Osiedle Słoneczne;Stara Cegielnia;Górka;Wiatraki;Plac Wolności;Szpital;Ogrody;Zajezdnia;Sady;Pod Lipami;Młyn;Rondo Wschód;Rondo Zachód;Kasztelańska;Biblioteka;Stadion;Łąki;Winnica;Kolegiacka;Poczta;Tarasy;Polana;Brzeg;Cytadela;Folwark;Krzyżówka;Zamkowa;Wodociągi;Aleja Klonów;Podgórze;Nowy Targ;Elektrownia'.split(
    ';',
  );

/** Stops of junctions: one for each way that vehicles leave it. */
class StopPlaces {
  readonly #names = new Map<number, string>();
  readonly #platforms = new Map<string, Stop>();

  stopAt(node: number, [dx, dy]: Xy, at: Xy): Stop {
    const heading = Math.round(Math.atan2(dy, dx) / (Math.PI / 4)) & 7;
    const key = `${node}-${heading}`;
    const known = this.#platforms.get(key);
    if (known) return known;
    const name = this.#nameOf(node);
    const platform = String(
      [...this.#platforms.keys()].filter((one) => one.startsWith(`${node}-`)).length + 1,
    );
    const id = `${node}${platform.padStart(2, '0')}`;
    const stop: Stop = { id, name, code: id, platform, lonLat: lonLatOf(at), accessible: node % 5 !== 0 };
    this.#platforms.set(key, stop);
    return stop;
  }

  #nameOf(node: number): string {
    const known = this.#names.get(node);
    if (known !== undefined) return known;
    const n = this.#names.size;
    const round = Math.floor(n / NAMES.length);
    const name = `${NAMES[n % NAMES.length]}${round === 0 ? '' : ` ${round + 1}`}`;
    this.#names.set(node, name);
    return name;
  }
}
