/** The doors of the service that the viewer uses. Addresses are relative to the page. */
import { escapeId, gmlId } from '../../core/feature/identifier.ts';
import { crsUri, parseCrs, swapAxes } from '../../core/geo/crs.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import type { LayersReply } from '../../core/wire/city.ts';
import type { SearchReply } from '../../core/wire/search.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { ask, ServiceError } from './ask.ts';

export interface ItemFeature {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | number | boolean | null>>;
  /** House order (easting first), EPSG:2177. */
  readonly geometry: Geometry | undefined;
}

/** An absolute address of the city that is shown: today's, that of a day or that of a scenario. */
export const addressOf = (path: string): string => addressIn(cityPrefix.peek(), path);

/** An absolute address of another one, by what stands in front of its paths. */
export const addressIn = (prefix: string, path: string): string =>
  new URL(prefix + path, document.baseURI).href;

/** A JSON document of the city that is shown, or of the one with another prefix. */
export const getJson = async <T>(
  path: string,
  signal?: AbortSignal,
  prefix = cityPrefix.peek(),
): Promise<T> => (await ask(addressIn(prefix, path), signal ? { signal } : {})).json() as Promise<T>;

/** Sends JSON to an absolute address. */
export const postJson = (address: string, body: object, signal?: AbortSignal): Promise<Response> =>
  ask(address, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    ...(signal && { signal }),
  });

/** The catalogue of the city that has this in front of its paths. */
export const fetchLayers = (prefix: string, signal?: AbortSignal): Promise<LayersReply> =>
  getJson('api/layers', signal, prefix);

export const fetchHits = (query: string, limit: number, signal: AbortSignal): Promise<SearchReply> =>
  getJson(`api/search?${new URLSearchParams({ q: query, limit: String(limit) })}`, signal);

interface GeoJsonItem {
  readonly id?: string | number;
  readonly properties: ItemFeature['properties'];
  readonly geometry: Geometry | null;
}

const PLAN_CRS = crsUri(2177);

function toItem({ id, properties, geometry }: GeoJsonItem): ItemFeature {
  // OGC API answers in the order of the authority: northing first in EPSG:2177.
  const swapped = parseCrs(PLAN_CRS).order === 'northing-easting';
  return {
    id: String(id ?? properties['id'] ?? ''),
    properties,
    geometry: geometry === null ? undefined : swapped ? swapAxes(geometry) : geometry,
  };
}

/** Path of one object at OGC API – Features. */
export const itemPath = (layer: string, id: string): string =>
  `ogc/collections/${encodeURIComponent(layer)}/items/${escapeId(id)}`;

/** One object with its geometry in EPSG:2177, or undefined when the layer has none of that id. */
export async function fetchItem(
  layer: string,
  id: string,
  signal?: AbortSignal,
  prefix = cityPrefix.peek(),
): Promise<ItemFeature | undefined> {
  const path = `${itemPath(layer, id)}?crs=${encodeURIComponent(PLAN_CRS)}`;
  try {
    return toItem(await getJson<GeoJsonItem>(path, signal, prefix));
  } catch (error) {
    if (error instanceof ServiceError && error.status === 404) return undefined;
    throw error;
  }
}

/** The objects of a layer at a place of EPSG:2177, within `toleranceM`. */
export const fetchItemsAt = (
  layer: string,
  [easting, northing]: readonly [number, number],
  toleranceM: number,
  signal?: AbortSignal,
): Promise<readonly ItemFeature[]> =>
  fetchItemsIn(
    layer,
    [easting - toleranceM, northing - toleranceM, easting + toleranceM, northing + toleranceM],
    5,
    signal,
  );

/** The first objects of a layer that touch a box of EPSG:2177: minE, minN, maxE, maxN. */
export async function fetchItemsIn(
  layer: string,
  [minE, minN, maxE, maxN]: readonly [number, number, number, number],
  limit: number,
  signal?: AbortSignal,
): Promise<readonly ItemFeature[]> {
  const query = new URLSearchParams({
    bbox: [minN, minE, maxN, maxE].map((value) => value.toFixed(3)).join(),
    'bbox-crs': PLAN_CRS,
    crs: PLAN_CRS,
    limit: String(limit),
  });
  const path = `ogc/collections/${encodeURIComponent(layer)}/items?${query}`;
  const reply = await getJson<{ features: readonly GeoJsonItem[] }>(path, signal);
  return reply.features.map(toItem);
}

/** How many objects of a layer a question has; null: more than the service counts. */
export async function countItems(
  layer: string,
  question: Readonly<Record<string, string>>,
  signal: AbortSignal,
  prefix: string,
): Promise<number | null> {
  const query = new URLSearchParams({ ...question, limit: '1', skipGeometry: 'true' });
  const path = `ogc/collections/${encodeURIComponent(layer)}/items?${query}`;
  const { numberMatched } = await getJson<{ numberMatched?: number }>(path, signal, prefix);
  return numberMatched ?? null;
}

/** The same object over WFS, as GML. */
export const wfsItemPath = (layer: string, id: string): string =>
  `wfs?${new URLSearchParams({
    service: 'WFS',
    version: '2.0.0',
    request: 'GetFeature',
    typeNames: layer,
    resourceId: gmlId(layer, id),
  })}`;
