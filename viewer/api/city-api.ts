/** The doors of the service that the viewer uses. Addresses are relative to the page. */
import { escapeId, gmlId } from '../../core/feature/identifier.ts';
import { crsUri, parseCrs, swapAxes } from '../../core/geo/crs.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import type { LayersReply } from '../../core/wire/city.ts';
import type { SearchReply } from '../../core/wire/search.ts';

/** A failure in words that can be shown: which service, and what it said. */
export class ServiceError extends Error {
  readonly status: number | undefined;
  constructor(message: string, status?: number) {
    super(message);
    this.name = 'ServiceError';
    this.status = status;
  }
}

export interface ItemFeature {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | number | boolean | null>>;
  /** House order (easting first), EPSG:2177. */
  readonly geometry: Geometry | undefined;
}

/** An absolute address of the service. */
export const addressOf = (path: string): string => new URL(path, document.baseURI).href;

/** A JSON document of the service. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(addressOf(path), signal ? { signal } : {});
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ServiceError(`${path.split('?')[0]}: no connection`);
  }
  if (!response.ok) {
    throw new ServiceError(await explain(response, path), response.status);
  }
  return (await response.json()) as T;
}

async function explain(response: Response, path: string): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const detail =
    typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : undefined;
  return detail ?? `${path.split('?')[0]}: HTTP ${response.status}`;
}

export const fetchLayers = (signal?: AbortSignal): Promise<LayersReply> => getJson('api/layers', signal);

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
): Promise<ItemFeature | undefined> {
  try {
    return toItem(
      await getJson<GeoJsonItem>(`${itemPath(layer, id)}?crs=${encodeURIComponent(PLAN_CRS)}`, signal),
    );
  } catch (error) {
    if (error instanceof ServiceError && error.status === 404) return undefined;
    throw error;
  }
}

/** The objects of a layer at a place of EPSG:2177, within `toleranceM`. */
export async function fetchItemsAt(
  layer: string,
  [easting, northing]: readonly [number, number],
  toleranceM: number,
  signal?: AbortSignal,
): Promise<readonly ItemFeature[]> {
  const box = [northing - toleranceM, easting - toleranceM, northing + toleranceM, easting + toleranceM].map(
    (value) => value.toFixed(3),
  );
  const query = new URLSearchParams({
    bbox: box.join(),
    'bbox-crs': PLAN_CRS,
    crs: PLAN_CRS,
    limit: '5',
  });
  const path = `ogc/collections/${encodeURIComponent(layer)}/items?${query}`;
  const reply = await getJson<{ features: readonly GeoJsonItem[] }>(path, signal);
  return reply.features.map(toItem);
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
