import {
  CesiumTerrainProvider,
  EllipsoidTerrainProvider,
  RequestState,
  type TerrainProvider,
} from '@cesium/engine';
import { askAnyway } from '../api/ask.ts';
import { addressOf } from '../api/city-api.ts';
import { countTile } from '../state/stats.ts';

/** The terrain of the service, its tiles counted; a bare ellipsoid when it has none. */
export async function openTerrain(): Promise<TerrainProvider> {
  try {
    // Cesium takes a missing document for an old kind of terrain and then asks for tiles that nobody has.
    const described = await askAnyway(addressOf('tiles/terrain/layer.json'));
    if (!described.ok) return new EllipsoidTerrainProvider();
    const provider = await CesiumTerrainProvider.fromUrl(addressOf('tiles/terrain'), {
      requestVertexNormals: true,
    });
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
