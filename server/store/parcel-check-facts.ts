import type {
  ParcelCheckFacts,
  ParcelCheckParameters,
} from '../../core/analysis/parcel-check/parcel-check-model.ts';
import { AREA_LAYER_NAMES } from './parcel-facts/area-facts.ts';
import { gatherParcelFacts } from './parcel-facts/gather-parcel-facts.ts';
import { parcelRows } from './parcel-facts/parcel-rows.ts';
import type { StudiedCity } from './studied-city.ts';

/** Layers that checks are read from. */
export const CHECKED_LAYERS: readonly string[] = [
  ...AREA_LAYER_NAMES,
  'boundary_points',
  'building_lines',
  'buildings',
  'buildings_3d',
  'parcel_land_uses',
  'parcels',
  'roads',
  'trees',
  'utility_lines',
];

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
