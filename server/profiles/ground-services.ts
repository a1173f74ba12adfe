import type { FeatureSource } from '../../core/feature/source.ts';
import type { MapSource } from '../../tiles/picture/map-source.ts';
import { pictureTiles } from '../../tiles/picture/picture-tiles.ts';
import type { View } from '../access/view.ts';
import type { GroundModel } from '../services/ground-model.ts';
import type { Services } from '../services.ts';

type MapParts = Pick<Services, 'catalogue' | 'featuresFor' | 'maps'>;

/** Services of maps whose catalogue holds the model of the ground: as it is now, since no other state of it is kept. */
export function groundServices(services: Services): Services {
  const groundIn = ({ at, scenario }: View) => (at || scenario ? undefined : services.groundModel());
  const parts = besideGround(services, groundIn, services.groundModel);
  return {
    ...services,
    ...parts,
    mapTiles: (view) => {
      const own = services.mapTiles(view);
      const ground = groundIn(view);
      if (!ground) return own;
      const { layer, maps } = ground;
      const tiles = pictureTiles({ layers: async () => [layer], maps, pictures: services.pictures });
      return {
        get: (tile, signal, known) => (tile.layer === layer.name ? tiles : own).get(tile, signal, known),
      };
    },
  };
}

/**
 * @param groundIn the model that is told of in a state of the city; undefined: none
 * @param groundNow the model: a map of a moment (TIME) shows it as it is beside layers with a history
 */
export function besideGround(
  { catalogue, featuresFor, maps }: MapParts,
  groundIn: (view: View) => GroundModel | undefined,
  groundNow: () => GroundModel | undefined,
): MapParts {
  return {
    catalogue: {
      layers: async (view) => {
        const ground = groundIn(view);
        return [...(await catalogue.layers(view)), ...(ground ? [ground.layer] : [])];
      },
      status: async (name, view) => {
        const ground = groundIn(view);
        return ground?.layer.name === name ? ground.status : catalogue.status(name, view);
      },
    },
    featuresFor: (view) => {
      const own = featuresFor(view);
      const ground = groundNow();
      return ground ? featuresBeside(own, ground) : own;
    },
    maps: (view) => {
      const own = maps(view);
      const ground = groundNow();
      return ground ? mapsBeside(own, ground) : own;
    },
  };
}

function featuresBeside(own: FeatureSource, { layer, features }: GroundModel): FeatureSource {
  const of = (name: string): FeatureSource => (name === layer.name ? features : own);
  return {
    layers: async () => [...(await own.layers()), layer],
    query: (query, signal) => of(query.layer).query(query, signal),
    count: (query, signal, most) => of(query.layer).count(query, signal, most),
    written: async (query, form, signal) => of(query.layer).written?.(query, form, signal),
    byId: (name, id, srid, signal) => of(name).byId(name, id, srid, signal),
  };
}

function mapsBeside(own: MapSource, ground: GroundModel): MapSource {
  const isGround = ({ name }: { readonly name: string }) => name === ground.layer.name;
  const of = (layer: { readonly name: string }): MapSource => (isGround(layer) ? ground.maps : own);
  return {
    shapes: (ask, signal) => of(ask.layer).shapes(ask, signal),
    async versions(areas, signal) {
      const others = areas.filter(({ layer }) => !isGround(layer));
      const told = others.length > 0 ? await own.versions(others, signal) : [];
      const [version = ''] = await ground.maps.versions(areas.slice(0, 1), signal);
      let next = 0;
      return areas.map(({ layer }) => (isGround(layer) ? version : (told[next++] ?? '')));
    },
    pictures: async (ask, frame, signal) => (await of(ask.layer).pictures?.(ask, frame, signal)) ?? [],
  };
}
