/**
 * Sensors of the demo city: where they stand and what they measure at any moment. Pure and seeded, like the town they
 * stand in; all of it is labelled synthetic.
 */
import { transformBetween } from '../geo/crs.ts';
import { add, distance, leftOf, type Xy } from '../geo/plane.ts';
import { lengthOf, placeAt } from '../geo/polyline.ts';
import type { ThingDraft } from '../live/sensor-things.ts';
import { assetPlaces } from './asset-places.ts';
import type { DemoCity, DemoSize } from './generate.ts';
import { RIVER_NAME } from './layers/base-map.ts';
import type { SensorPlace } from './sensor-place.ts';
import { type DemoSensorKind, type DemoStream, streamsOf } from './sensor-streams.ts';
import type { CorridorKind, QuarterKind, Skeleton } from './skeleton.ts';
import { ORIGIN_M, RIVER_HALF_WIDTH_M, riverX } from './terrain.ts';

export interface DemoSensor {
  readonly thing: ThingDraft;
  /** One for each datastream of the thing, in their order. */
  readonly streams: readonly DemoStream[];
}

/** What all external ids of the sensors of one demo city begin with. */
export const sensorPrefix = (size: DemoSize, seed: number): string => `demo-${size}-${seed}/`;

/** What the external id of the sensor that is made last ends with. */
export const LAST_DEMO_SENSOR = 'junction-3';

/** Where air is measured: a quarter, what it is called, and how burdened its air is. */
const AIR: readonly (readonly [QuarterKind, pl: string, en: string, strength: number])[] = [
  ['market-square', 'Rynek', 'Market square', 1.1],
  ['houses', 'Osiedle domów', 'Housing estate', 1.5],
  ['park', 'Park', 'Park', 0.7],
  ['slab-estate', 'Osiedle wielorodzinne', 'Tower blocks', 0.9],
];
const TRAFFIC_COUNTERS = 4;
const BICYCLE_COUNTERS = 3;
/** From the middle of a street to a pole beside it. */
const ROADSIDE_M = 11;
const SHORTEST_STREET_M = 80;
const APART_M = 260;

/** The sensors of a town; new ones are put last, so that the others keep their ids. */
export function demoSensors({ skeleton, quarters, size, seed }: Town): readonly DemoSensor[] {
  const places = [
    ...airPlaces(skeleton),
    ...counters(skeleton),
    gauge(),
    ...assetPlaces({ skeleton, quarters, seed }),
  ];
  const counts = new Map<DemoSensorKind, number>();
  return places.map((place) => {
    const number = (counts.get(place.kind) ?? 0) + 1;
    counts.set(place.kind, number);
    return sensorAt(place, `${sensorPrefix(size, seed)}${place.kind}-${number}`, seed);
  });
}

type Town = Pick<DemoCity, 'skeleton' | 'quarters' | 'size' | 'seed'>;

function airPlaces(skeleton: Skeleton): readonly SensorPlace[] {
  const [main] = central(skeleton, ['avenue']);
  return [
    ...AIR.flatMap(([kind, pl, en, strength]): SensorPlace[] => {
      const quarter = skeleton.quarters.find((brief) => brief.kind === kind);
      return quarter === undefined
        ? []
        : [{ kind: 'air', at: quarter.at, strength, pl: `Powietrze: ${pl}`, en: `Air: ${en}` }];
    }),
    ...(main === undefined
      ? []
      : [
          {
            kind: 'air' as const,
            at: beside(main, 0.1),
            strength: 1.3,
            pl: 'Powietrze: aleja',
            en: 'Air: avenue',
          },
        ]),
  ];
}

function counters(skeleton: Skeleton): readonly SensorPlace[] {
  const streets = central(skeleton, ['avenue', 'collector']).slice(0, TRAFFIC_COUNTERS);
  const ways = central(skeleton, ['path', 'street']).slice(0, BICYCLE_COUNTERS);
  return [
    ...streets.map((path, i): SensorPlace => {
      const strength = 1.3 - 0.2 * i;
      return {
        kind: 'traffic',
        at: beside(path, 0.5),
        strength,
        pl: `Licznik ruchu ${i + 1}`,
        en: `Traffic counter ${i + 1}`,
      };
    }),
    ...ways.map((path, i): SensorPlace => {
      const strength = 1.2 - 0.3 * i;
      return {
        kind: 'bicycle',
        at: beside(path, 0.5),
        strength,
        pl: `Licznik rowerów ${i + 1}`,
        en: `Bicycle counter ${i + 1}`,
      };
    }),
  ];
}

const gauge = (): SensorPlace => ({
  kind: 'water',
  at: [riverX(0) + RIVER_HALF_WIDTH_M + 2, 0],
  strength: 1,
  pl: `Wodowskaz: ${RIVER_NAME}`,
  en: 'River gauge',
});

/** Streets of some length near the middle of the town, the nearest first and not too close to each other. */
function central(skeleton: Skeleton, kinds: readonly CorridorKind[]): readonly (readonly Xy[])[] {
  const middleOfPath = (path: readonly Xy[]) => placeAt(path, lengthOf(path) / 2).point;
  const candidates = skeleton.edges
    .filter(({ kind, path }) => kinds.includes(kind) && lengthOf(path) >= SHORTEST_STREET_M)
    .map(({ path }) => path)
    .toSorted((a, b) => Math.hypot(...middleOfPath(a)) - Math.hypot(...middleOfPath(b)));
  const taken: (readonly Xy[])[] = [];
  for (const path of candidates) {
    const isFree = taken.every((other) => distance(middleOfPath(other), middleOfPath(path)) >= APART_M);
    if (isFree) taken.push(path);
  }
  return taken;
}

function beside(path: readonly Xy[], share: number): Xy {
  const { point, direction } = placeAt(path, share * lengthOf(path));
  return add(point, leftOf(direction), ROADSIDE_M);
}

const toDegrees = transformBetween(2177, 4326);
/** A hundredth of a metre and better. */
const DEGREE_DECIMALS = 1e7;

function sensorAt(
  { kind, at, strength, pl, en, belongsTo }: SensorPlace,
  externalId: string,
  seed: number,
): DemoSensor {
  const [lon, lat] = toDegrees([ORIGIN_M[0] + at[0], ORIGIN_M[1] + at[1]]).map(
    (degrees) => Math.round(degrees * DEGREE_DECIMALS) / DEGREE_DECIMALS,
  ) as [number, number];
  const streams = streamsOf(kind, strength, `${seed}/${externalId}`);
  const synthetic = { synthetic: true };
  return {
    streams,
    thing: {
      externalId,
      name: pl,
      description: 'Dane syntetyczne miasta pokazowego / Synthetic data of the demo city',
      properties: { kind, provider: 'Bliźniak (demo)', title: { pl, en }, ...belongsTo, ...synthetic },
      locations: [
        {
          name: pl,
          description: 'Miasto pokazowe / Demo city',
          encodingType: 'application/geo+json',
          location: { type: 'Point', coordinates: [lon, lat] },
          properties: synthetic,
        },
      ],
      datastreams: streams.map(({ measure, intervalS }) => ({
        name: measure.observedProperty.name,
        description: `${pl}: ${measure.observedProperty.description}`,
        observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
        unit: measure.unit,
        expectedIntervalS: intervalS,
        properties: {
          ...synthetic,
          ...(measure.unitEn !== undefined && { unit: { pl: measure.unit.symbol, en: measure.unitEn } }),
        },
        sensor: measure.sensor,
        observedProperty: measure.observedProperty,
      })),
    },
  };
}
