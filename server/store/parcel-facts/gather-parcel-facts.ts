/** The facts of a set of parcels: a statement for each group of layers, sent as one, however many parcels. */
import type { ParcelFacts } from '../../../core/analysis/parcel-check/facts.ts';
import { TwinError } from '../../../core/errors.ts';
import { AREA_LAYER_NAMES, areaFacts } from './area-facts.ts';
import type { CheckedCity } from './checked-city.ts';
import { layerFacts } from './layer-facts.ts';
import { gapFacts } from './parcel-gaps.ts';
import { pointFacts, type ReadPlace } from './parcel-rows.ts';
import { planCoverFacts } from './plan-cover.ts';
import { readInTurn, readTogether } from './read-together.ts';
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
 * @param isApart layer by layer, to learn which of them cannot be read
 * @throws UnreadableLayers when one more cannot be read; it names none unless they are read apart
 */
export async function gatherParcelFacts(
  asked: CheckedCity,
  places: readonly ReadPlace[],
  failures: ReadonlyMap<string, string>,
  isApart = false,
): Promise<readonly ParcelFacts[]> {
  const city = { ...asked, read: isApart ? readInTurn(asked) : readTogether(asked) };
  const known = new Set(city.layers.map(({ name }) => name));
  const isReadable = (layer: string) => known.has(layer) && !failures.has(layer);
  const read = async <Facts>(layers: readonly string[], work: () => Promise<Facts>): Promise<Facts> =>
    work().catch((error: unknown) => {
      throw error instanceof TwinError && error.kind === 'internal' && !(isApart && layers.length === 0)
        ? new UnreadableLayers(isApart ? layers : [], error)
        : error;
    });
  const readOf = async <Fact>(
    layer: string,
    work: () => Promise<ReadonlyMap<string, Fact>>,
  ): Promise<ReadonlyMap<string, Fact>> => (isReadable(layer) ? read([layer], work) : new Map());
  const areaLayers = AREA_LAYER_NAMES.filter(isReadable);
  const hasSolids = isReadable('buildings_3d');
  const [layersAt, points, areas, planCover, buildings, trees, lines, ...others] = await Promise.all([
    read([], () => layerFacts(city, places, failures)),
    readOf('boundary_points', () => pointFacts(city, places)),
    read(areaLayers, () => areaFacts(city, places, areaLayers)),
    readOf('plan_zones', () => planCoverFacts(city, places)),
    readOf('buildings', () => buildingFacts(city, places, hasSolids)),
    readOf('trees', () => treeFacts(city, places)),
    readOf('utility_lines', () => lineFacts(city, places)),
    readOf('building_lines', () => buildingLineFacts(city, places)),
    readOf('parcels', () => setbackFacts(city, places)),
    readOf('parcels', () => neighbourFacts(city, places)),
    readOf('parcels', () => gapFacts(city, places)),
    readOf('roads', () => roadFacts(city, places)),
    readOf('parcel_land_uses', () => landUseFacts(city, places)),
  ]);
  const [buildingLines, setbacks, neighbours, gaps, roads, landUses] = others;
  const strips = await readOf('utility_lines', () => stripAreas(city, places, lines));
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
