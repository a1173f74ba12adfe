import type { Layer } from '../../core/feature/layer.ts';
import { batchesOf, type FeatureSource } from '../../core/feature/source.ts';
import type { MapSource } from '../../tiles/picture/map-source.ts';
import { pictureTiles } from '../../tiles/picture/picture-tiles.ts';
import type { View } from '../access/view.ts';
import type { Services } from '../services.ts';

/**
 * Services whose catalogue holds layers of others beside those of the city: in the present city and in scenarios, not at a
 * past moment, of which others tell nothing.
 * @param shows `all`, or only the layers with objects, for doors that hand out objects
 */
export function cascadedServices(services: Services, shows: 'all' | 'objects'): Services {
  const { cascade, catalogue } = services;
  const outside = async ({ at }: View): Promise<readonly Layer[]> =>
    at ? [] : (await cascade.layers()).filter((layer) => shows === 'all' || layer.cascaded?.shows === shows);
  const isOutside = async (name: string, view: View): Promise<boolean> =>
    (await outside(view)).some((layer) => layer.name === name);

  function maps(view: View): MapSource {
    const own = services.maps(view);
    const of = ({ cascaded }: Layer): MapSource => (cascaded ? cascade.maps : own);
    return {
      shapes: (ask, signal) => of(ask.layer).shapes(ask, signal),
      async versions(areas, signal) {
        if (!areas.some(({ layer }) => layer.cascaded)) return own.versions(areas, signal);
        return Promise.all(
          areas.map(async (area) => (await of(area.layer).versions([area], signal))[0] ?? ''),
        );
      },
      pictures: async (ask, frame, signal) => (await of(ask.layer).pictures?.(ask, frame, signal)) ?? [],
    };
  }

  function featuresFor(view: View): FeatureSource {
    const own = services.featuresFor(view);
    const of = async (name: string) => ((await isOutside(name, view)) ? cascade.features : own);
    return {
      layers: async () => [...(await own.layers()), ...(await outside(view))],
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

  return {
    ...services,
    catalogue: {
      layers: async (view) => [...(await catalogue.layers(view)), ...(await outside(view))],
      status: async (name, view) =>
        (view.at ? undefined : await cascade.status(name)) ?? catalogue.status(name, view),
    },
    featuresFor,
    maps,
    mapTiles: (view) => {
      const own = services.mapTiles(view);
      const others = pictureTiles({
        layers: () => outside(view),
        maps: maps(view),
        pictures: services.pictures,
      });
      return {
        get: async (tile, signal, known) =>
          ((await isOutside(tile.layer, view)) ? others : own).get(tile, signal, known),
      };
    },
  };
}
