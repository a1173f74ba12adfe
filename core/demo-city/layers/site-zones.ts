/**
 * What limits ground by where it lies: an aerodrome with its surfaces and its restricted-use area, dikes, an intake,
 * landslides, a mine, substations. Drawn as convex pieces, so that the common ground with any parcel is exact.
 */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { add, leftOf, subtract, unit, type Xy } from '../../geo/plane.ts';
import { riverX, waterLevelM } from '../terrain.ts';
import { type Town, townBoundaryCm } from '../town-plan.ts';
import { RIVER_NAME } from './base-map.ts';
import type { ParcelConstraint } from './parcel-constraint.ts';
import { areaOf, feature, toCm, toM, unionOf } from './shapes.ts';

/** A zone of convex counter-clockwise pieces side by side, less a convex hole within one of them; whole centimetres. */
export interface SiteZone {
  readonly layer: ParcelConstraint['layer'];
  readonly id: string;
  readonly piecesCm: readonly (readonly Xy[])[];
  readonly holeCm?: readonly Xy[];
  /** It limits ground so far beyond its outline too. */
  readonly stripM?: number;
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

/** Every so many metres the same comes again in larger towns. */
const ALONG_RIVER_M = 2000;
const APART_M = 4000;

export const siteZoneFeature = ({ layer, id, piecesCm, holeCm, properties }: SiteZone): Feature =>
  feature(layer, id, areaOf(unionOf(holeCm ? [...piecesCm, holeCm.toReversed()] : piecesCm)), properties);

/** All of a town, in the order of their layers. */
export function siteZonesOf(town: Town): readonly SiteZone[] {
  const ring = townBoundaryCm(town).map(toM);
  const span = (k: 0 | 1): readonly [number, number] => {
    const values = ring.map((p) => p[k]);
    return [
      values.reduce((low, value) => Math.min(low, value), Infinity),
      values.reduce((high, value) => Math.max(high, value), -Infinity),
    ];
  };
  const [xs, ys] = [span(0), span(1)];
  const along = [...repeated(-1000, ALONG_RIVER_M, ys)];
  const places = [...repeated(0, APART_M, ys)].flatMap((dy) =>
    [...repeated(0, APART_M, xs)].map((dx): Xy => [dx, dy]),
  );
  return [
    ...along.flatMap(dikesAt),
    ...[...repeated(0, APART_M, ys)].flatMap(intakeAt),
    ...along.flatMap(landslidesAt),
    ...places.flatMap(mineAt),
    ...places.flatMap(substationAt),
    ...aerodrome(),
  ];
}

/** Multiples of a step from a place on that lie within a span, the first of them always. */
function* repeated(first: number, step: number, [low, high]: readonly [number, number]): Generator<number> {
  const from = Math.min(0, Math.ceil((low - first) / step));
  const to = Math.max(0, Math.floor((high - first - step / 2) / step));
  for (let k = from; k <= to; k++) yield first + k * step;
}

function ellipse([x, y]: Xy, longM: number, shortM: number, direction: Xy = [1, 0], corners = 32): Xy[] {
  const across = leftOf(direction);
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    return toCm(add(add([x, y], direction, longM * Math.cos(angle)), across, shortM * Math.sin(angle)));
  });
}

const named = (prefix: string, at: number | Xy): string =>
  `${prefix}-${(typeof at === 'number' ? [at] : at).map((value) => String(Math.round(value)).replace('-', 'm')).join('_')}`;

const DIKE = { offM: 42, halfBaseM: 7, stepM: 100, lengthM: 400, crownM: 4.6 } as const;

/** Both banks from a place northwards. */
function dikesAt(fromY: number): readonly SiteZone[] {
  return ([-1, 1] as const).map((side): SiteZone => {
    const count = DIKE.lengthM / DIKE.stepM;
    const axis = Array.from({ length: count + 1 }, (_, i): Xy => {
      const y = fromY + 40 + i * DIKE.stepM;
      return [riverX(y) + side * DIKE.offM, y];
    });
    const feet = axis.map((p, i) => {
      const across = leftOf(
        unit(subtract(axis[Math.min(count, i + 1)] as Xy, axis[Math.max(0, i - 1)] as Xy)),
      );
      return {
        left: toCm(add(p, across, DIKE.halfBaseM)),
        right: toCm(add(p, across, -DIKE.halfBaseM)),
      };
    });
    const bank = side < 0 ? 'left' : 'right';
    return {
      layer: 'dikes',
      // Art. 176(1) PW: 50 m from its foot.
      stripM: 50,
      id: named(`WAL-${bank === 'left' ? 'L' : 'P'}`, fromY),
      piecesCm: feet.slice(1).map((end, i) => {
        const start = feet[i] as (typeof feet)[number];
        return [start.right, end.right, end.left, start.left];
      }),
      properties: {
        name: `Wał ${bank === 'left' ? 'lewobrzeżny' : 'prawobrzeżny'}`,
        river: RIVER_NAME,
        bank,
        dike_class: 'II',
        crown_level_m: Math.round((waterLevelM(fromY) + DIKE.crownM) * 10) / 10,
        built_year: 1978,
      },
    };
  });
}

function intakeAt(dy: number): readonly SiteZone[] {
  const y = 480 + dy;
  const at: Xy = [riverX(y) - 75, y];
  const act = {
    intake: `Ujęcie nad ${RIVER_NAME.replace('Warta', 'Wartą')}`,
    act_title: 'Rozporządzenie w sprawie ustanowienia strefy ochronnej ujęcia wody',
    act_number: '14/2019',
    act_publication: 'Dz. Urz. Woj. Wielkopolskiego z 2019 r. poz. 7204',
    in_force_since: '2019-08-14',
    in_force_until: null,
  };
  const direct = ellipse(at, 18, 18);
  return [
    {
      layer: 'intake_zones',
      id: named('SOU-B', dy),
      piecesCm: [direct],
      properties: {
        ...act,
        kind: 'direct',
        bans: 'użytkowanie gruntów do celów niezwiązanych z eksploatacją ujęcia',
      },
    },
    {
      layer: 'intake_zones',
      id: named('SOU-P', dy),
      piecesCm: [ellipse(at, 160, 160)],
      holeCm: direct,
      properties: {
        ...act,
        kind: 'indirect',
        bans: 'składowanie odpadów, zbiorniki bezodpływowe, cmentarze, nowe studnie',
      },
    },
  ];
}

/** One that moves within ground that is in danger, and an old one on the other bank. */
function landslidesAt(fromY: number): readonly SiteZone[] {
  const [moving, old] = [fromY + 180, fromY + 1780];
  const at: Xy = [riverX(moving) - 230, moving];
  const active = ellipse(at, 90, 45);
  const zone = (
    id: string,
    activity: string,
    piece: readonly Xy[],
    hole: readonly Xy[] | undefined,
    recorded: string,
  ): SiteZone => ({
    layer: 'landslides',
    id,
    piecesCm: [piece],
    ...(hole && { holeCm: hole }),
    properties: { number: `30-64-${id}`, activity, recorded_on: recorded },
  });
  return [
    zone(named('OS', fromY), 'active', active, undefined, '2019-05-20'),
    zone(named('TZ', fromY), 'threatened', ellipse(at, 150, 90), active, '2019-05-20'),
    zone(named('OSN', fromY), 'inactive', ellipse([riverX(old) + 240, old], 70, 40), undefined, '2012-11-06'),
  ];
}

function mineAt([dx, dy]: Xy, index: number): readonly SiteZone[] {
  const at: Xy = [-810 + dx, -720 + dy];
  const properties = {
    name: `Złoże kruszywa „Pole ${index + 1}”`,
    mineral: 'piasek i żwir',
    concession_number: 'ŚG-II.7422.14.2011',
    concession_until: '2031-12-31',
  };
  return [
    {
      layer: 'mining_areas',
      id: named('OG', [dx, dy]),
      piecesCm: [ellipse(at, 120, 80)],
      properties: { ...properties, kind: 'mining_area' },
    },
    {
      layer: 'mining_areas',
      id: named('TG', [dx, dy]),
      piecesCm: [ellipse(at, 190, 150)],
      properties: { ...properties, kind: 'mining_ground' },
    },
  ];
}

function substationAt([dx, dy]: Xy): readonly SiteZone[] {
  return [
    {
      layer: 'electromagnetic_fields',
      id: named('PEM', [dx, dy]),
      piecesCm: [ellipse([-860 + dx, -170 + dy], 65, 40)],
      properties: {
        name: 'GPZ 110/15 kV',
        source: 'substation',
        level_from: 1,
        level_to: 3,
        method: 'measured',
        measured_on: '2025-06-12',
      },
    },
  ];
}

/** A small aerodrome west of the district, its runway towards the north of it; distances in metres, levels PL-EVRF2007-NH. */
const AERODROME = {
  name: 'Lotnisko pokazowe',
  at: [-2300, 200] as Xy,
  direction: unit([Math.cos(Math.PI / 9), Math.sin(Math.PI / 9)]),
  levelM: 80,
  horizontal: { radiusM: 2500, riseM: 45 },
  conical: { bands: 5, widthM: 220, riseM: 11 },
  approach: { fromM: 510, bands: 5, lengthM: 500, riseM: 20, halfWidthM: 40, divergence: 0.1 },
} as const;

function aerodrome(): readonly SiteZone[] {
  return [...surfaces(), ...restrictedUse()];
}

function surfaces(): readonly SiteZone[] {
  const { at, direction, levelM, horizontal, conical, approach } = AERODROME;
  const surface = (
    id: string,
    kind: string,
    fromM: number,
    toM: number,
    piece: readonly Xy[],
    hole?: readonly Xy[],
  ): SiteZone => ({
    layer: 'airport_surfaces',
    id: `POP-${id}`,
    piecesCm: [piece],
    ...(hole && { holeCm: hole }),
    properties: {
      aerodrome: AERODROME.name,
      kind,
      limit_from_m: levelM + fromM,
      limit_to_m: levelM + toM,
      documentation: 'Dokumentacja rejestracyjna lotniska',
      documented_on: '2023-03-01',
    },
  });
  const circle = (radiusM: number) => ellipse(at, radiusM, radiusM, [1, 0], 64);
  const { radiusM, riseM } = horizontal;
  const bands = Array.from({ length: conical.bands }, (_, i) =>
    surface(
      `ST-${i + 1}`,
      'conical',
      riseM + i * conical.riseM,
      riseM + (i + 1) * conical.riseM,
      circle(radiusM + (i + 1) * conical.widthM),
      circle(radiusM + i * conical.widthM),
    ),
  );
  const edge = (alongM: number, side: 1 | -1): Xy =>
    toCm(
      add(
        add(at, direction, approach.fromM + alongM),
        leftOf(direction),
        side * (approach.halfWidthM + approach.divergence * alongM),
      ),
    );
  const steps = Array.from({ length: approach.bands }, (_, i) => {
    const [near, far] = [i * approach.lengthM, (i + 1) * approach.lengthM];
    const piece = [edge(near, -1), edge(far, -1), edge(far, 1), edge(near, 1)];
    return surface(`PO-${i + 1}`, 'approach', i * approach.riseM, (i + 1) * approach.riseM, piece);
  });
  return [surface('PW', 'inner_horizontal', riseM, riseM, circle(radiusM)), ...bands, ...steps];
}

function restrictedUse(): readonly SiteZone[] {
  const { at, direction, name } = AERODROME;
  const act = {
    name: `OOU ${name}`,
    source: 'airport',
    act_title: 'Uchwała w sprawie utworzenia obszaru ograniczonego użytkowania dla lotniska',
    act_number: 'XVIII/302/12',
    act_publication: 'Dz. Urz. Woj. Wielkopolskiego z 2012 r. poz. 961',
    in_force_since: '2012-02-28',
    in_force_until: null,
  };
  const inner = ellipse(at, 1750, 420, direction, 48);
  return [
    {
      layer: 'restricted_use_areas',
      id: 'OOU-1-W',
      piecesCm: [inner],
      properties: {
        ...act,
        zone: 'inner',
        bans: 'nowe szpitale, domy opieki i budynki dla dzieci i młodzieży',
        requirements: 'komfort akustyczny w budynkach mieszkalnych',
      },
    },
    {
      layer: 'restricted_use_areas',
      id: 'OOU-1-Z',
      piecesCm: [ellipse(at, 2400, 760, direction, 48)],
      holeCm: inner,
      properties: {
        ...act,
        zone: 'outer',
        bans: null,
        requirements: 'komfort akustyczny w budynkach mieszkalnych',
      },
    },
  ];
}
