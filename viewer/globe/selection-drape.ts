import { Event, GeographicTilingScheme, ImageryLayer, type ImageryProvider, Rectangle } from '@cesium/engine';
import { bboxOf } from '../../core/geo/bbox.ts';
import { reproject } from '../../core/geo/crs.ts';
import type { Geometry, Position } from '../../core/geo/geometry.ts';
import { withAlpha } from '../style/ink.ts';

const CANVAS_PX = 1024;
const MARGIN = 0.12;
const LINE_PX = 9;

/** One polygon drawn onto the terrain: the selected object. Undefined for geometry without an area. */
export function makeSelectionDrape(geometry: Geometry, accent: string): ImageryLayer | undefined {
  const degrees = reproject(geometry, 2177, 4326);
  const box = bboxOf(degrees, 4326);
  if (!box || (degrees.type !== 'Polygon' && degrees.type !== 'MultiPolygon')) return undefined;
  const polygons = degrees.type === 'Polygon' ? [degrees.coordinates] : degrees.coordinates;
  const [width, height] = [box.maxX - box.minX, box.maxY - box.minY];
  const rectangle = Rectangle.fromDegrees(
    box.minX - width * MARGIN,
    box.minY - height * MARGIN,
    box.maxX + width * MARGIN,
    box.maxY + height * MARGIN,
  );
  const canvas = document.createElement('canvas');
  canvas.width = CANVAS_PX;
  canvas.height = CANVAS_PX;
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const pixel = ([lon, lat]: Position): readonly [number, number] => [
    ((lon - box.minX + width * MARGIN) / (width * (1 + 2 * MARGIN))) * CANVAS_PX,
    ((box.maxY + height * MARGIN - lat) / (height * (1 + 2 * MARGIN))) * CANVAS_PX,
  ];
  const path = new Path2D();
  for (const ring of polygons.flat()) {
    for (const [at, position] of ring.entries()) {
      const [x, y] = pixel(position);
      if (at === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
  }
  context.fillStyle = withAlpha(accent, 0.22);
  context.fill(path, 'evenodd');
  context.lineJoin = 'round';
  context.lineWidth = LINE_PX + 6;
  context.strokeStyle = 'rgba(255,255,255,.85)';
  context.stroke(path);
  context.lineWidth = LINE_PX;
  context.strokeStyle = accent;
  context.stroke(path);
  return new ImageryLayer(onePicture(canvas, rectangle));
}

function onePicture(canvas: HTMLCanvasElement, rectangle: Rectangle): ImageryProvider {
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
