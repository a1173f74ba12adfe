/** The facts of a set of parcels: one statement for each group of layers, however many parcels. */
import type { ParcelFacts } from '../../../core/analysis/parcel-check/facts.ts';
import { TwinError } from '../../../core/errors.ts';
import { AREA_LAYER_NAMES, areaFacts } from './area-facts.ts';
import type { CheckedCity } from './checked-city.ts';
import { layerFacts } from './layer-facts.ts';
import { gapFacts } from './parcel-gaps.ts';
import { pointFacts, type ReadPlace } from './parcel-rows.ts';
import { planCoverFacts } from './plan-cover.ts';
import { setbackFacts } from './setbacks.ts';
import { stripAreas } from './strip-areas.ts';
import {
  buildingFacts,
  buildingLineFacts,
  landUseFacts,
  lineFacts,
  neighbourFacts,
  roadFacts,
  treeFacts,
} from './surroundings.ts';

/** A layer that could not be read; the snapshot is spent and must be opened again without it. */
export class UnreadableLayers extends Error {
  readonly layers: readonly string[];

  constructor(layers: readonly string[], cause: unknown) {
    super(`Layers ${layers.join(', ')} could not be read`, { cause });
    this.layers = layers;
  }
}

const NONE: never[] = [];

/**
 * @param failures layers that are known to be unreadable, with the reason: they are left out, and the facts say so
 * @throws UnreadableLayers when one more cannot be read
 */
export async function gatherParcelFacts(
  city: CheckedCity,
  places: readonly ReadPlace[],
  failures: ReadonlyMap<string, string>,
): Promise<readonly ParcelFacts[]> {
  const known = new Set(city.layers.map(({ name }) => name));
  const isReadable = (layer: string) => known.has(layer) && !failures.has(layer);
  const read = async <Fact>(
    layers: readonly string[],
    work: () => Promise<ReadonlyMap<string, Fact>>,
  ): Promise<ReadonlyMap<string, Fact>> => {
    if (!layers.every(isReadable)) return new Map();
    return work().catch((error: unknown) => {
      throw error instanceof TwinError && error.kind === 'internal'
        ? new UnreadableLayers(layers, error)
        : error;
    });
  };
  const areaLayers = AREA_LAYER_NAMES.filter(isReadable);
  const layersAt = await layerFacts(city, places, failures);
  const points = await read(['boundary_points'], () => pointFacts(city, places));
  const areas = await read(areaLayers, () => areaFacts(city, places, areaLayers));
  const planCover = await read(['plan_zones'], () => planCoverFacts(city, places));
  const hasSolids = isReadable('buildings_3d');
  const buildings = await read(['buildings'], () => buildingFacts(city, places, hasSolids));
  const trees = await read(['trees'], () => treeFacts(city, places));
  const lines = await read(['utility_lines'], () => lineFacts(city, places));
  const strips = await read(['utility_lines'], () => stripAreas(city, places, lines));
  const buildingLines = await read(['building_lines'], () => buildingLineFacts(city, places));
  const setbacks = await read(['parcels'], () => setbackFacts(city, places));
  const neighbours = await read(['parcels'], () => neighbourFacts(city, places));
  const gaps = await read(['parcels'], () => gapFacts(city, places));
  const roads = await read(['roads'], () => roadFacts(city, places));
  const landUses = await read(['parcel_land_uses'], () => landUseFacts(city, places));
  return places.map(({ id, parcel }) => ({
    parcel,
    points: points.get(id) ?? NONE,
    layers: layersAt(id),
    areas: areas.get(id) ?? NONE,
    planCover: planCover.get(id) ?? NONE,
    lines: lines.get(id) ?? NONE,
    stripAreas: strips.get(id) ?? NONE,
    buildingLines: buildingLines.get(id) ?? NONE,
    setback: setbacks.get(id)?.[0],
    trees: trees.get(id) ?? NONE,
    buildings: buildings.get(id) ?? NONE,
    neighbours: neighbours.get(id) ?? NONE,
    gaps: gaps.get(id) ?? NONE,
    roads: roads.get(id) ?? NONE,
    landUses: landUses.get(id) ?? NONE,
  }));
}
