/** Sources that ask for each layer where it is: at home, or beside the layers of the city. */
import type { Layer } from '../../core/feature/layer.ts';
import { batchesOf, type FeatureSource } from '../../core/feature/source.ts';
import type { MapSource } from '../../tiles/picture/map-source.ts';
import type { TileSource } from '../../tiles/source.ts';

type Found<Source> = Source | Promise<Source>;

/** @param of where a layer is asked for, by its name */
export function featuresWhere(
  layers: () => Promise<readonly Layer[]>,
  of: (layer: string) => Found<FeatureSource>,
): FeatureSource {
  return {
    layers,
    query(query, signal) {
      const chosen = async () => (await of(query.layer)).query(query, signal);
      async function* batches() {
        yield* batchesOf(await chosen());
      }
      async function* oneByOne() {
        yield* await chosen();
      }
      return { batches, [Symbol.asyncIterator]: oneByOne };
    },
    count: async (query, signal, most) => (await of(query.layer)).count(query, signal, most),
    written: async (query, form, signal) => (await of(query.layer)).written?.(query, form, signal),
    byId: async (layer, id, srid, signal) => (await of(layer)).byId(layer, id, srid, signal),
  };
}

/** @param own asked once for the versions of a map that shows nothing else */
export const mapsWhere = (own: MapSource, of: (layer: Layer) => MapSource): MapSource => ({
  shapes: (ask, signal) => of(ask.layer).shapes(ask, signal),
  async versions(areas, signal) {
    if (areas.every(({ layer }) => of(layer) === own)) return own.versions(areas, signal);
    return Promise.all(areas.map(async (area) => (await of(area.layer).versions([area], signal))[0] ?? ''));
  },
  pictures: async (ask, frame, signal) => (await of(ask.layer).pictures?.(ask, frame, signal)) ?? [],
});

/** @param of where the tiles of a layer are, by its name */
export const tilesWhere = (of: (layer: string) => Found<TileSource>): TileSource => ({
  get: async (tile, signal, known) => (await of(tile.layer)).get(tile, signal, known),
});
