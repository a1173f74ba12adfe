/** Tiles for maps and globes: vector tiles, 3D Tiles and terrain. Addresses are in docs/http.md. */
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { buildingTile, buildingTileset } from './building-tiles.ts';
import { terrainLayer, terrainTile } from './terrain.ts';
import { tileJson } from './tilejson.ts';
import { vectorTile } from './vector-tile.ts';

export function tiles(services: Services): Protocol {
  return {
    name: 'tiles',
    prefix: '/tiles',
    routes: [
      { method: 'GET', path: '/tiles/vector/:layer/tilejson.json', handle: tileJson(services) },
      { method: 'GET', path: '/tiles/vector/:layer/:z/:x/:file', handle: vectorTile(services) },
      { method: 'GET', path: '/tiles/3d/:set/tileset.json', handle: buildingTileset(services) },
      { method: 'GET', path: '/tiles/3d/:set/:root/:z/:x/:file', handle: buildingTile(services) },
      { method: 'GET', path: '/tiles/terrain/layer.json', handle: terrainLayer(services) },
      { method: 'GET', path: '/tiles/terrain/:z/:x/:file', handle: terrainTile(services) },
    ],
    explain: explainAsProblem,
  };
}
