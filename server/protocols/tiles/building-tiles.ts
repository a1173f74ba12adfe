import { LAID_NETWORKS } from '../../../core/catalogue/laid-networks.ts';
import { notFound } from '../../../core/errors.ts';
import { BUILDING_TILING } from '../../../tiles/tileset/tileset-source.ts';
import type { Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { tileAddress } from './tile-address.ts';
import { noSuchTile, tileReply } from './tile-reply.ts';

/**
 * `GET /tiles/3d/{set}/tileset.json`: 3D Tiles 1.1. The set `buildings` is the layer `buildings_3d`; `utility_lines` and
 * `utility_devices` are networks at their depth.
 */
export function buildingTileset({ tiles3d }: Services): Route['handle'] {
  return (ask) => {
    const { set = '' } = ask.route;
    return tileReply(
      ask,
      (known) => tiles3d(ask.view).document(layerOf(set), ask.signal, known),
      () =>
        notFound(
          `There is no 3D tileset "${set.slice(0, 100)}"; the city's are "buildings", "utility_lines" and "utility_devices"`,
          'set',
        ),
    );
  };
}

/** `GET /tiles/3d/{set}/{z}/{x}/{y}.glb`: binary glTF 2.0 of the objects of one tile. */
export function buildingTile({ tiles3d }: Services): Route['handle'] {
  return (ask) => {
    const { set = '' } = ask.route;
    const { z, x, y } = tileAddress(ask, 'glb');
    return tileReply(
      ask,
      (known) =>
        tiles3d(ask.view).get({ layer: layerOf(set), grid: BUILDING_TILING, z, x, y }, ask.signal, known),
      () => noSuchTile(z, x, y, `tileset.json of "${set.slice(0, 100)}" lists those that exist`),
    );
  };
}

/** `buildings` → `buildings_3d`, `x.buildings` → `x.buildings_3d`; networks have the names of their layers. */
const layerOf = (set: string): string =>
  LAID_NETWORKS.some((layer) => set === layer || set.endsWith(`.${layer}`)) ? set : `${set}_3d`;
