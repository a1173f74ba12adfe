/** Objects of the land register by id, by name and number, or at a place. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { FeatureSource } from '../../../core/feature/source.ts';
import { EVERYTHING, type Filter } from '../../../core/filter/ast.ts';
import { crsOf, transformBetween } from '../../../core/geo/crs.ts';
import { dissolve } from '../../../core/geo/dissolve.ts';
import { type Geometry, mapPositions, type Position, positionsOf } from '../../../core/geo/geometry.ts';
import { isCityCounty, terytPlace } from '../../../core/geo/teryt.ts';
import type { LocatedKind } from './verbs.ts';

export interface Located {
  readonly kind: LocatedKind;
  readonly id: string;
  /** In the CRS asked for; undefined = the twin does not hold its boundary. */
  readonly geometry: Geometry | undefined;
  readonly properties: Feature['properties'];
}

export interface LocateAsk {
  readonly source: FeatureSource;
  readonly signal: AbortSignal;
  /** Of the answer. */
  readonly srid: number;
}

/** A place, easting (longitude) first. */
export interface AskedPlace {
  readonly at: readonly [number, number];
  readonly srid: number;
  readonly radiusM: number;
}

const LAYERS = {
  parcel: 'parcels',
  building: 'buildings',
  region: 'precincts',
  commune: 'cadastral_units',
  // A county is shown where it is one commune; of a voivodeship only the name is known.
  county: 'cadastral_units',
  voivodeship: 'cadastral_units',
} as const satisfies Record<LocatedKind, string>;

const NAME_AND_NUMBER = /^(?<name>.+?)\s+(?<number>\S+)$/;
/** Communes of a twin, or parcels of one number in precincts of one name. */
const MOST_FOUND = 500;

/** Objects of the ids, in their order of asking; undefined where there is none. */
export async function locateByIds(
  kind: LocatedKind,
  ids: readonly string[],
  ask: LocateAsk,
): Promise<readonly (Located | undefined)[]> {
  if (kind === 'county' || kind === 'voivodeship') {
    return Promise.all(ids.map((id) => locateDistrict(kind, id, ask)));
  }
  const found = new Map<string, Located>();
  const wanted = [...new Set(ids)];
  for await (const feature of query(kind, { op: 'ids', ids: wanted }, ask))
    found.set(feature.id, located(kind, feature));
  return ids.map((id) => found.get(id));
}

/**
 * The parcels of the ids as one area.
 * @throws TwinError invalid-parameter naming those that there are not
 */
export async function locateTogether(ids: readonly string[], ask: LocateAsk): Promise<Located | undefined> {
  const wanted = [...new Set(ids)];
  const layer = (await ask.source.layers()).find(({ name }) => name === LAYERS.parcel);
  // In the CRS of the register neighbours share their corners to the last bit.
  const srid = layer?.srid ?? ask.srid;
  const found = (await locateByIds('parcel', wanted, { ...ask, srid })).filter((one) => one !== undefined);
  if (found.length === 0) return undefined;
  const known = new Set(found.map(({ id }) => id));
  const missing = wanted.filter((id) => !known.has(id));
  if (missing.length > 0) {
    throw invalidParameter(
      'id',
      `There is no parcel ${missing.slice(0, 5).join(', ')}; an area of the others would mislead`,
    );
  }
  const area = dissolve(
    found.flatMap(({ geometry }) =>
      geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon' ? [geometry] : [],
    ),
  );
  const convert = transformBetween(srid, ask.srid);
  return {
    ...{ kind: 'parcel', id: found.map(({ id }) => id).join(','), properties: {} },
    geometry: area && mapPositions(area, convert),
  };
}

/** By id, else by the name of a precinct and the number of a parcel, or by the name alone. */
export async function locateByName(
  kind: LocatedKind,
  text: string,
  ask: LocateAsk,
): Promise<readonly Located[]> {
  const [byId] = await locateByIds(kind, [text], ask);
  if (byId) return [byId];
  if (kind === 'region') return all(kind, named(text), ask);
  const { name = '', number = '' } = NAME_AND_NUMBER.exec(text)?.groups ?? {};
  if (name === '') return [];
  const precincts = await all('region', named(name), ask);
  if (precincts.length === 0) return [];
  return all(
    kind,
    {
      op: 'and',
      args: [
        { op: 'in', property: 'precinct_id', values: precincts.map(({ id }) => id) },
        { op: 'compare', operator: '=', property: 'parcel_number', value: number },
      ],
    },
    ask,
  );
}

const named = (name: string): Filter => ({
  ...{ op: 'compare', operator: '=', property: 'name', value: name },
  matchCase: false,
});

/** What lies at a place: of several, the first by id, as the state's locator gives one. */
export async function locateAt(
  kind: LocatedKind,
  { at, srid }: AskedPlace,
  ask: LocateAsk,
): Promise<Located | undefined> {
  const point = { type: 'Point', coordinates: at } as const;
  const inside: Filter = { op: 'spatial', operator: 'intersects', geometry: point, srid };
  for await (const feature of query(kind, inside, ask, 1)) {
    if (kind !== 'county' && kind !== 'voivodeship') return located(kind, feature);
    const place = terytPlace(feature.id);
    return place && locateDistrict(kind, place[kind], ask);
  }
  return undefined;
}

/** The corner of a parcel that is nearest to a place, within the radius. */
export async function snapToCorner(place: AskedPlace, ask: LocateAsk): Promise<Located | undefined> {
  const { at, srid, radiusM } = place;
  if (crsOf(srid).unit !== 'm') {
    throw invalidParameter('xy', 'The place to snap must be in metres, such as EPSG:2180 or EPSG:2177');
  }
  const point = { type: 'Point', coordinates: at } as const;
  const near: Filter = { op: 'distance', within: true, geometry: point, srid, distanceM: radiusM };
  let best: { readonly feature: Feature; readonly corner: Position; readonly distanceM: number } | undefined;
  const around = { layer: LAYERS.parcel, filter: near, srid, handedOut: 1 };
  for await (const feature of ask.source.query(around, ask.signal)) {
    if (!feature.geometry) continue;
    for (const corner of positionsOf(feature.geometry)) {
      const distanceM = Math.hypot(corner[0] - at[0], corner[1] - at[1]);
      if (distanceM <= radiusM && (!best || distanceM < best.distanceM))
        best = { feature, corner, distanceM };
    }
  }
  if (!best) return undefined;
  const [x, y] = transformBetween(srid, ask.srid)(best.corner);
  return { ...located('parcel', best.feature), geometry: { type: 'Point', coordinates: [x, y] } };
}

async function locateDistrict(
  kind: 'county' | 'voivodeship',
  id: string,
  ask: LocateAsk,
): Promise<Located | undefined> {
  const digits = kind === 'county' ? 4 : 2;
  if (!/^\d+$/.test(id) || id.length !== digits) return undefined;
  const units = (await all('commune', EVERYTHING, ask)).filter((unit) => unit.id.startsWith(id));
  const [first] = units;
  if (!first) return undefined;
  const isWhole = kind === 'county' && isCityCounty(id);
  return {
    ...{ kind, id, properties: isWhole ? first.properties : {} },
    geometry: isWhole ? together(units) : undefined,
  };
}

const together = (units: readonly Located[]): Geometry => ({
  type: 'MultiPolygon',
  coordinates: units.flatMap(({ geometry }) =>
    geometry?.type === 'MultiPolygon'
      ? geometry.coordinates
      : geometry?.type === 'Polygon'
        ? [geometry.coordinates]
        : [],
  ),
});

const query = (kind: LocatedKind, filter: Filter, { source, signal, srid }: LocateAsk, limit?: number) =>
  source.query({ layer: LAYERS[kind], filter, srid, ...(limit !== undefined && { limit }) }, signal);

async function all(kind: LocatedKind, filter: Filter, ask: LocateAsk): Promise<readonly Located[]> {
  const found: Located[] = [];
  for await (const feature of query(kind, filter, ask, MOST_FOUND)) found.push(located(kind, feature));
  return found;
}

const located = (kind: LocatedKind, { id, geometry, properties }: Feature): Located => ({
  ...{ kind, id, properties },
  geometry: geometry && flat(geometry),
});

/** Without heights, and one part as what it is: clients expect POLYGON. */
function flat(geometry: Geometry): Geometry {
  const plane = mapPositions(geometry, ([x, y]) => [x, y]);
  if (plane.type !== 'MultiPolygon') return plane;
  const [only, ...others] = plane.coordinates;
  return only && others.length === 0 ? { type: 'Polygon', coordinates: only } : plane;
}
