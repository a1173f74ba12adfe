import { notFound } from '../../../core/errors.ts';
import { TERRAIN_LAYER, TERRAIN_TILING, terrainEtag } from '../../../tiles/terrain/terrain-source.ts';
import type { Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { tileAddress } from './tile-address.ts';
import { noSuchTile, tileReply } from './tile-reply.ts';

/** `GET /tiles/terrain/layer.json`: what there is of the terrain, for CesiumJS. */
export function terrainLayer({ terrain }: Services): Route['handle'] {
  return (ask) =>
    tileReply(
      ask,
      (known) => terrain(ask.view).document(TERRAIN_LAYER, ask.signal, known),
      () => notFound('There is no terrain', 'path'),
    );
}

/**
 * `GET /tiles/terrain/{z}/{x}/{y}.terrain?v=`: quantized-mesh 1.0 in geographic tiles, row 0 in the south. The ground is
 * that of today, also under the version of another model; then it must not be kept under that address.
 */
export function terrainTile({ terrain }: Services): Route['handle'] {
  return (ask) => {
    const { z, x, y } = tileAddress(ask, 'terrain');
    const named = terrainEtag(ask.query.get('v') ?? '', { z, x, y });
    return tileReply(
      ask,
      (known) =>
        terrain(ask.view).get({ layer: TERRAIN_LAYER, grid: TERRAIN_TILING, z, x, y }, ask.signal, known),
      () => noSuchTile(z, x, y, 'layer.json lists those that exist under "available"'),
      // The ground of a scenario can be put back, and then has the version again that it had before.
      (etag) => etag === named && !ask.view.scenario,
    );
  };
}
