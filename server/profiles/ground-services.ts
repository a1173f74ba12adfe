import { pictureTiles } from '../../tiles/picture/picture-tiles.ts';
import type { View } from '../access/view.ts';
import type { GroundModel } from '../services/ground-model.ts';
import type { Services } from '../services.ts';
import { featuresWhere, mapsWhere, tilesWhere } from './layers-beside.ts';

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
      return tilesWhere((name) => (name === layer.name ? tiles : own));
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
      if (!ground) return own;
      const { layer, features } = ground;
      return featuresWhere(
        async () => [...(await own.layers()), layer],
        (name) => (name === layer.name ? features : own),
      );
    },
    maps: (view) => {
      const own = maps(view);
      const ground = groundNow();
      return ground ? mapsWhere(own, ({ name }) => (name === ground.layer.name ? ground.maps : own)) : own;
    },
  };
}
