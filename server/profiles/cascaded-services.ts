import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { MapSource } from '../../tiles/picture/map-source.ts';
import { pictureTiles } from '../../tiles/picture/picture-tiles.ts';
import type { View } from '../access/view.ts';
import type { Services } from '../services.ts';
import { featuresWhere, mapsWhere, tilesWhere } from './layers-beside.ts';

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
    return mapsWhere(own, ({ cascaded }) => (cascaded ? cascade.maps : own));
  }

  function featuresFor(view: View): FeatureSource {
    const own = services.featuresFor(view);
    return featuresWhere(
      async () => [...(await own.layers()), ...(await outside(view))],
      async (name) => ((await isOutside(name, view)) ? cascade.features : own),
    );
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
      return tilesWhere(async (name) => ((await isOutside(name, view)) ? others : own));
    },
  };
}
