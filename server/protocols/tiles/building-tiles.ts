import { TREES } from '../../../core/catalogue/greenery.ts';
import { LAID_NETWORKS } from '../../../core/catalogue/laid-networks.ts';
import { invalidParameter, notFound } from '../../../core/errors.ts';
import { cellAtPlace, type TileCell } from '../../../tiles/tileset/building-grid.ts';
import { BUILDING_TILING, SUBTREE_TILING } from '../../../tiles/tileset/tileset-source.ts';
import type { Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { tileAddress, whole } from './tile-address.ts';
import { tileReply } from './tile-reply.ts';

/**
 * `GET /tiles/3d/{set}/tileset.json`: 3D Tiles 1.1. The set `buildings` is the layer `buildings_3d`; `utility_lines` and
 * `utility_devices` are networks at their depth, `trees` the trees.
 */
export function buildingTileset({ tiles3d }: Services): Route['handle'] {
  return (ask) => {
    const { set = '' } = ask.route;
    return tileReply(
      ask,
      (known) => tiles3d(ask.view).document(layerOf(set), ask.signal, known),
      () =>
        notFound(
          `There is no 3D tileset "${set.slice(0, 100)}"; the city's are "buildings", "trees", "utility_lines" and "utility_devices"`,
          'set',
        ),
    );
  };
}

/**
 * `GET /tiles/3d/{set}/{root}/{level}/{x}/{y}.glb`: binary glTF 2.0 of the objects of one tile, and `….subtree`, which
 * says what tiles there are below a root. The root is a cell of the first level, as `z-x-y`; rows below it count
 * from the south.
 */
export function buildingTile({ tiles3d }: Services): Route['handle'] {
  return (ask) => {
    const { set = '', root = '', file = '' } = ask.route;
    const isSubtree = file.endsWith('.subtree');
    const { z: level, x, y } = tileAddress(ask, isSubtree ? 'subtree' : 'glb');
    const cell = cellAtPlace(rootOf(root), { level, x, y });
    const absent = () =>
      notFound(
        `There is no tile ${root.slice(0, 50)}/${level}/${x}/${y}; the subtrees that tileset.json of "${set.slice(0, 100)}" names list those that exist`,
        'tile',
      );
    if (!cell || (isSubtree && level > 0)) throw absent();
    const tile = { layer: layerOf(set), grid: isSubtree ? SUBTREE_TILING : BUILDING_TILING, ...cell };
    return tileReply(ask, (known) => tiles3d(ask.view).get(tile, ask.signal, known), absent);
  };
}

/** @throws TwinError invalid-parameter */
function rootOf(text: string): TileCell {
  const [z = '', x = '', y = '', ...more] = text.split('-');
  if (more.length > 0) throw invalidParameter('root', `root must be as 6-25-31, got "${text.slice(0, 50)}"`);
  return { z: whole('root', z), x: whole('root', x), y: whole('root', y) };
}

/** `buildings` → `buildings_3d`, `x.buildings` → `x.buildings_3d`; trees and networks have the names of their layers. */
const layerOf = (set: string): string =>
  [TREES.name, ...LAID_NETWORKS].some((layer) => set === layer || set.endsWith(`.${layer}`))
    ? set
    : `${set}_3d`;
