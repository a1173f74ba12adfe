import type { ChecksReply, ParcelCheck } from '../../core/wire/parcel-check.ts';
import type { Dossier } from '../../core/wire/parcel-dossier.ts';
import { ask } from '../api/ask.ts';
import { addressOf, getJson } from '../api/city-api.ts';
import type { Ring } from '../state/checked-parcel.ts';

const parcelPath = (id: string, what: string): string => `api/parcels/${encodeURIComponent(id)}/${what}`;

const withLaw = (path: string, lawDate: string | undefined): string =>
  lawDate === undefined ? path : `${path}?lawDate=${lawDate}`;

export const fetchDossier = (id: string, signal: AbortSignal): Promise<Dossier> =>
  getJson(parcelPath(id, 'dossier'), signal);

export const fetchCheck = (
  id: string,
  lawDate: string | undefined,
  signal: AbortSignal,
): Promise<ParcelCheck> => getJson(withLaw(parcelPath(id, 'check'), lawDate), signal);

/** Parcels by their ids, a list that somebody keeps (CSV or GeoPackage), or buildings with the ground under them. */
export type ListAsked =
  | { readonly parcels: readonly string[] }
  | { readonly file: File }
  | { readonly buildings: readonly [string] };
/** A list, or a drawn area (EPSG:2177, easting first). */
export type ChecksAsked = ListAsked | { readonly ring: Ring };

const GEO_PACKAGE = 'application/geopackage+sqlite3';

/** The findings of many parcels, of a building or of a drawn area, with the outlines of all. */
export async function fetchChecks(
  asked: ChecksAsked,
  lawDate: string | undefined,
  signal: AbortSignal,
): Promise<ChecksReply> {
  const response = await askChecks('api/checks?outlines=true', asked, lawDate, signal);
  return (await response.json()) as ChecksReply;
}

/** The same as a file. @param path where it is written, as `api/checks?f=csv` */
export async function fetchChecksFile(
  path: string,
  asked: ChecksAsked,
  lawDate: string | undefined,
): Promise<Blob> {
  return (await askChecks(path, asked, lawDate)).blob();
}

function askChecks(
  path: string,
  asked: ChecksAsked,
  lawDate: string | undefined,
  signal?: AbortSignal,
): Promise<Response> {
  const law = lawDate === undefined ? {} : { lawDate };
  const address = new URL(addressOf(path));
  const options = { method: 'POST', ...(signal && { signal }) };
  if ('file' in asked) {
    for (const [name, value] of Object.entries(law)) address.searchParams.set(name, value);
    const type = /\.gpkg$/i.test(asked.file.name) ? GEO_PACKAGE : 'text/csv';
    return ask(address.href, { ...options, headers: { 'content-type': type }, body: asked.file });
  }
  return ask(address.href, {
    ...options,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...subjectOf(asked), ...law }),
  });
}

/** Findings of a table need no place: the parcel that is opened from it tells them again. */
function subjectOf(asked: Exclude<ChecksAsked, { readonly file: File }>): object {
  if ('ring' in asked) return { geometry: { type: 'Polygon', coordinates: [closed(asked.ring)] } };
  return 'buildings' in asked
    ? { buildings: asked.buildings }
    : { parcels: asked.parcels, withGeometry: false };
}

const closed = (ring: Ring): Ring => {
  const [first] = ring;
  return first ? [...ring, first] : ring;
};
