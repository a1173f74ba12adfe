import type { ChecksReply, ParcelCheck } from '../../core/wire/parcel-check.ts';
import type { Dossier } from '../../core/wire/parcel-dossier.ts';
import { ask } from '../api/ask.ts';
import { addressOf, getJson } from '../api/city-api.ts';
import type { Ring } from './drawn-area.ts';

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

/** The findings of many parcels, or of a drawn area (EPSG:2177, easting first). */
export async function fetchChecks(
  wanted: { readonly parcels: readonly string[] } | { readonly ring: Ring },
  lawDate: string | undefined,
  signal: AbortSignal,
): Promise<ChecksReply> {
  const asked =
    'ring' in wanted
      ? { geometry: { type: 'Polygon', coordinates: [closed(wanted.ring)] } }
      : { parcels: wanted.parcels, withGeometry: false };
  const response = await ask(addressOf('api/checks'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...asked, ...(lawDate !== undefined && { lawDate }) }),
    signal,
  });
  return (await response.json()) as ChecksReply;
}

const closed = (ring: Ring): Ring => {
  const [first] = ring;
  return first ? [...ring, first] : ring;
};
