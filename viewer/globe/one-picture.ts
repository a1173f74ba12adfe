import { Event, GeographicTilingScheme, type ImageryProvider, type Rectangle } from '@cesium/engine';

/** One picture to be laid over a rectangle of the terrain. */
export function onePicture(canvas: HTMLCanvasElement, rectangle: Rectangle): ImageryProvider {
  const provider = {
    tilingScheme: new GeographicTilingScheme({
      rectangle,
      numberOfLevelZeroTilesX: 1,
      numberOfLevelZeroTilesY: 1,
    }),
    rectangle,
    tileWidth: canvas.width,
    tileHeight: canvas.height,
    minimumLevel: 0,
    maximumLevel: 0,
    hasAlphaChannel: true,
    errorEvent: new Event(),
    credit: undefined,
    proxy: undefined,
    tileDiscardPolicy: undefined,
    getTileCredits: () => undefined,
    pickFeatures: () => undefined,
    requestImage: () => Promise.resolve(canvas),
  };
  return provider as unknown as ImageryProvider;
}
