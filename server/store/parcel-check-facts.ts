import type {
  ParcelCheckFacts,
  ParcelCheckParameters,
} from '../../core/analysis/parcel-check/parcel-check-model.ts';
import { AREA_REACHES_M } from './parcel-facts/area-facts.ts';
import { gatherParcelFacts } from './parcel-facts/gather-parcel-facts.ts';
import { POINT_REACH_M, parcelRows } from './parcel-facts/parcel-rows.ts';
import { SURROUNDING_REACHES_M } from './parcel-facts/surroundings.ts';
import type { StudiedCity } from './studied-city.ts';

/** How far around a parcel its check reads each layer, metres: an object farther away changes nothing of it. */
export const CHECK_REACHES_M: ReadonlyMap<string, number> = new Map([
  ...AREA_REACHES_M,
  ...SURROUNDING_REACHES_M,
  ['boundary_points', POINT_REACH_M],
]);

/** Layers that checks are read from. */
export const CHECKED_LAYERS: readonly string[] = [...CHECK_REACHES_M.keys()].toSorted();

/** Facts of the model `parcel-check`, in the order of the ids. */
export async function gatherParcelCheck(
  city: StudiedCity,
  { parcels, lawDate }: ParcelCheckParameters,
): Promise<ParcelCheckFacts> {
  const day = lawDate ?? city.lawDate;
  const asked = [...new Set(parcels)].toSorted();
  const seen = { view: city.view, layers: city.layers, lawDate: day, read: city.read };
  const places = await parcelRows(seen, asked);
  const found = new Set(places.map(({ id }) => id));
  return {
    lawDate: day,
    parcels: places.length > 0 ? await gatherParcelFacts(seen, places, new Map()) : [],
    unknown: asked.filter((id) => !found.has(id)),
  };
}
