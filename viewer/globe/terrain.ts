import {
  CesiumTerrainProvider,
  type CesiumWidget,
  EllipsoidTerrainProvider,
  RequestState,
  Resource,
  type TerrainProvider,
} from '@cesium/engine';
import { effect } from '@preact/signals';
import { askAnyway } from '../api/ask.ts';
import { addressIn } from '../api/city-api.ts';
import { authorization } from '../state/session.ts';
import { GROUND, tilePrefixOf, tilesKey } from '../state/shown-city.ts';
import { countTile } from '../state/stats.ts';

/** The ground of the city that is shown; what was shown stays until what follows is there. */
export function followTerrain({ scene }: CesiumWidget): { readonly opened: Promise<void>; stop(): void } {
  let shown: string | undefined;
  let isStopped = false;
  let opened = Promise.resolve();
  const open = async (key: string, prefix: string) => {
    const provider = await openTerrain(prefix);
    if (isStopped || shown !== key) return;
    scene.terrainProvider = provider;
    scene.requestRender();
  };
  const stop = effect(() => {
    const key = tilesKey(GROUND);
    if (key === shown) return;
    shown = key;
    opened = open(key, tilePrefixOf(GROUND));
  });
  return {
    opened,
    stop: () => {
      isStopped = true;
      stop();
    },
  };
}

/**
 * The terrain of the service, its tiles counted; a bare ellipsoid when it has none.
 * @param prefix in front of the paths of its city
 */
export async function openTerrain(prefix: string): Promise<TerrainProvider> {
  try {
    // Cesium takes a missing document for an old kind of terrain and then asks for tiles that nobody has.
    const described = await askAnyway(addressIn(prefix, 'tiles/terrain/layer.json'));
    if (!described.ok) return new EllipsoidTerrainProvider();
    const provider = await CesiumTerrainProvider.fromUrl(
      new Resource({ url: addressIn(prefix, 'tiles/terrain'), headers: authorization() }),
      { requestVertexNormals: true },
    );
    countRequests(provider);
    return provider;
  } catch {
    countTile('terrain', 'failed');
    return new EllipsoidTerrainProvider();
  }
}

function countRequests(provider: CesiumTerrainProvider): void {
  const request = provider.requestTileGeometry.bind(provider);
  provider.requestTileGeometry = (x, y, level, asked) => {
    const waiting = request(x, y, level, asked);
    waiting?.then(
      () => countTile('terrain', 'loaded'),
      () => {
        if (asked?.state !== RequestState.CANCELLED) countTile('terrain', 'failed');
      },
    );
    return waiting;
  };
}
