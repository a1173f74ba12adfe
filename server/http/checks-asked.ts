/** What is to be checked: as JSON, or as a list that people keep (CSV, GeoPackage). */
import { invalidParameter, tooLarge } from '../../core/errors.ts';
import { type ParcelList, readParcelList } from '../../core/formats/parcel-list/read-parcel-list.ts';
import { reproject, transformBetween } from '../../core/geo/crs.ts';
import type { Geometry, Position } from '../../core/geo/geometry.ts';
import {
  type ChecksRequest,
  checksRequestSchema,
  MOST_AREAS,
  MOST_PARCELS,
} from '../../core/wire/parcel-check.ts';
import { parseBody } from './changing.ts';
import { readKvp } from './kvp.ts';
import { lawDateOf } from './law-date.ts';
import type { Ask } from './protocol.ts';

const CITY_SRID = 2177;
const WGS84 = 4326;

/** A layer of a GeoPackage. */
interface ListLayer {
  readonly name: string;
  /** EPSG code, where it has one. */
  readonly srid: number | undefined;
  readonly hasMore: boolean;
  readonly rows: readonly {
    readonly geometry: Geometry | undefined;
    readonly values: Readonly<Record<string, unknown>>;
  }[];
}

/** Reads GeoPackages, at most so many rows of a layer. */
interface GeoPackageReader {
  read(file: Uint8Array, mostRows: number): Promise<readonly ListLayer[]>;
}

const GEO_PACKAGE = ['application/geopackage+sqlite3', 'application/vnd.sqlite3'];

/** @throws TwinError invalid-parameter naming what of the body cannot be used, too-large */
export async function checksAsked(ask: Ask, geoPackages: GeoPackageReader): Promise<ChecksRequest> {
  const type = (ask.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'text/csv') return withTerms(ask, ofList(readParcelList(textOf(ask.body), MOST_PARCELS)));
  if (type !== undefined && GEO_PACKAGE.includes(type)) {
    const layers = await geoPackages.read(ask.body, MOST_PARCELS);
    return withTerms(ask, ofLayers(layers));
  }
  return parseBody(ask, checksRequestSchema);
}

type Wanted = Omit<ChecksRequest, 'lawDate' | 'withGeometry'>;

/** Files hold no terms: those of the address count. */
function withTerms({ query }: Ask, wanted: Wanted): ChecksRequest {
  const lawDate = lawDateOf(readKvp(query));
  return { ...wanted, ...(lawDate !== undefined && { lawDate }), withGeometry: true };
}

function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    // Ids and numbers are the same in it; names of columns are those of Polish spreadsheets.
    return new TextDecoder('windows-1250').decode(body);
  }
}

function ofList({ parcels, points, pointsIn }: ParcelList): Wanted {
  if (parcels.length > 0) return { parcels: [...parcels] };
  return pointsOf(points, pointsIn === 'city' ? CITY_SRID : WGS84);
}

function pointsOf(points: readonly Position[], srid: number): Wanted {
  const toCity = transformBetween(srid, CITY_SRID);
  return {
    points: points.map((point) => {
      const [e, n] = toCity(point);
      return [Math.round(e * 1_000) / 1_000, Math.round(n * 1_000) / 1_000];
    }),
  };
}

const ID_COLUMNS = ['parcel', 'parcel_id', 'id', 'id_dzialki', 'iddzialki', 'identyfikator'];

/** The first layer of the file that says what is meant: by a column with ids, by points, or by polygons. */
function ofLayers(layers: readonly ListLayer[]): Wanted {
  for (const layer of layers) {
    const wanted = byIds(layer) ?? byGeometry(layer);
    if (wanted && layer.hasMore) {
      throw tooLarge(`Layer ${layer.name} has more than ${MOST_PARCELS} rows; send them in parts`, 'body');
    }
    if (wanted) return wanted;
  }
  throw invalidParameter(
    'body',
    `The GeoPackage holds no layer with ids of parcels (column ${ID_COLUMNS.join(', ')}), points or polygons`,
  );
}

function byIds({ rows }: ListLayer): Wanted | undefined {
  const column = Object.keys(rows[0]?.values ?? {}).find((name) => ID_COLUMNS.includes(name.toLowerCase()));
  if (column === undefined) return undefined;
  const ids = rows.map(({ values }) => values[column]).filter((id) => typeof id === 'string' && id !== '');
  return ids.length > 0 ? { parcels: [...new Set(ids.map((id) => String(id).trim()))] } : undefined;
}

function byGeometry({ name, srid, rows }: ListLayer): Wanted | undefined {
  const shapes = rows.flatMap(({ geometry }) => geometry ?? []);
  if (shapes.length === 0) return undefined;
  if (srid === undefined) {
    throw invalidParameter('body', `Layer ${name} has no CRS of EPSG; save it in one, as EPSG:2177`);
  }
  const points = shapes.flatMap(placesOf);
  if (points.length > 0) return pointsOf(points, srid);
  const areas = shapes.flatMap((shape, index) => areaOf(reproject(shape, srid, CITY_SRID), index));
  if (areas.length > MOST_AREAS) {
    throw invalidParameter(
      'body',
      `Layer ${name} has ${areas.length} polygons; at most ${MOST_AREAS} are checked at once`,
    );
  }
  return areas.length > 0 ? { areas } : undefined;
}

function placesOf(shape: Geometry): readonly Position[] {
  if (shape.type === 'Point') return [shape.coordinates];
  return shape.type === 'MultiPoint' ? shape.coordinates : [];
}

function areaOf(shape: Geometry, index: number): NonNullable<ChecksRequest['areas']> {
  const geometry = checksRequestSchema.shape.geometry.safeParse(shape);
  return geometry.success && geometry.data ? [{ id: `area-${index + 1}`, geometry: geometry.data }] : [];
}
