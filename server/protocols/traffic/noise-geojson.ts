/** The noise map of a run as GeoJSON (RFC 7946: longitude, latitude). */
import { areasAt } from '../../../core/analysis/noise/noise-bands.ts';
import { changeAreas } from '../../../core/analysis/noise/noise-colours.ts';
import { invalidParameter, notFound } from '../../../core/errors.ts';
import { transformBetween } from '../../../core/geo/crs.ts';
import type { TrafficResult } from '../../../core/wire/traffic.ts';
import type { NoiseMap } from '../../../core/wire/traffic-noise.ts';

export const NOISE_STATES = ['before', 'after', 'change'] as const;
type NoiseState = (typeof NOISE_STATES)[number];

/** Isophones of LDWN; the limits of houses (64 dB) and of blocks of flats (68 dB) are among them. */
const LEVELS_DB = [50, 55, 60, 64, 65, 68, 70, 75] as const;
const DEGREES = 1e7;

/**
 * Areas where LDWN reaches a level, each within the one before; of `change` those where it rises or falls by more than
 * the bound, and by 3 dB.
 * @throws TwinError not-found where no map was asked for, or there is no scenario; invalid-parameter for another state
 */
export function noiseGeoJson({ noise }: TrafficResult, asked: string | null): object {
  const state = NOISE_STATES.find((each) => each === (asked ?? 'before'));
  if (!state) throw invalidParameter('state', `state: one of ${NOISE_STATES.join(', ')}`);
  const { map } = noise;
  if (!map) throw notFound('This run has no noise map; ask for one with "noiseMap": {}', 'run');
  if (state !== 'before' && !map.ldwnAfterDb) {
    throw notFound('This run is of no scenario: it has only the state before', 'state');
  }
  return {
    type: 'FeatureCollection',
    noise_map: { state, step_m: map.stepM, height_m: 4, bound_db: map.boundDb },
    features: state === 'change' ? changes(map) : levels(map, state),
  };
}

function levels(map: NoiseMap, state: Exclude<NoiseState, 'change'>): readonly object[] {
  const told = state === 'after' ? (map.ldwnAfterDb ?? []) : map.ldwnBeforeDb;
  return LEVELS_DB.flatMap((db) =>
    feature({ indicator: 'LDWN', state, at_least_db: db }, areasAt(map, told, db)),
  );
}

function changes(map: NoiseMap): readonly object[] {
  const { ldwnBeforeDb, ldwnAfterDb, boundDb } = map;
  const found = changeAreas(map, ldwnBeforeDb, ldwnAfterDb ?? [], boundDb);
  // Where 3 dB are within the bound, both steps are one.
  const told = found.filter(({ change, byDb }) => !change.startsWith('clearly') || byDb > boundDb);
  return told.flatMap(({ change, byDb, areas }) => {
    const isLouder = change === 'louder' || change === 'clearlyLouder';
    return feature({ indicator: 'LDWN', [isLouder ? 'louder_by_db' : 'quieter_by_db']: byDb }, areas);
  });
}

const toLonLat = transformBetween(2177, 4326);

/** None without an area. */
function feature(properties: object, areas: ReturnType<typeof areasAt>): readonly object[] {
  if (areas.length === 0) return [];
  const lonLat = ([e, n]: readonly [number, number]) =>
    toLonLat([e, n]).map((degrees) => Math.round(degrees * DEGREES) / DEGREES);
  const coordinates = areas.map((rings) => rings.map((ring) => ring.map(lonLat)));
  return [{ type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates } }];
}
