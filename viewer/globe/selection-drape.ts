import { ImageryLayer, Rectangle } from '@cesium/engine';
import { bboxOf } from '../../core/geo/bbox.ts';
import { reproject } from '../../core/geo/crs.ts';
import { type Geometry, type Position, positionsOf, type Ring } from '../../core/geo/geometry.ts';
import { withAlpha } from '../style/ink.ts';
import { onePicture } from './one-picture.ts';

const CANVAS_PX = 1024;
const MARGIN = 0.12;
const LINE_PX = 9;

/** How much ground is drawn around a point, degrees of latitude: some ten metres. */
const AROUND_POINT_DEG = 0.00009;
const POINT_RADIUS = 0.28;

/** One object drawn onto the terrain, the selected one: its area, its line or a ring around its point. */
export function makeSelectionDrape(geometry: Geometry, accent: string): ImageryLayer | undefined {
  const degrees = reproject(geometry, 2177, 4326);
  const box = bboxOf(degrees, 4326);
  const canvas = document.createElement('canvas');
  canvas.width = CANVAS_PX;
  canvas.height = CANVAS_PX;
  const context = canvas.getContext('2d');
  if (!box || !context) return undefined;
  const narrow = Math.cos((box.minY * Math.PI) / 180);
  // Straight lines along an axis have no width of their own.
  const [width, height] = [
    Math.max(box.maxX - box.minX, AROUND_POINT_DEG / narrow),
    Math.max(box.maxY - box.minY, AROUND_POINT_DEG),
  ];
  const [lon0, lat0] = [(box.minX + box.maxX - width) / 2, (box.minY + box.maxY - height) / 2];
  const rectangle = Rectangle.fromDegrees(
    lon0 - width * MARGIN,
    lat0 - height * MARGIN,
    lon0 + width * (1 + MARGIN),
    lat0 + height * (1 + MARGIN),
  );
  const pixel = ([lon, lat]: Position): readonly [number, number] => [
    ((lon - lon0 + width * MARGIN) / (width * (1 + 2 * MARGIN))) * CANVAS_PX,
    ((lat0 + height * (1 + MARGIN) - lat) / (height * (1 + 2 * MARGIN))) * CANVAS_PX,
  ];
  const path = pathOf(degrees, pixel);
  if (geometry.type.endsWith('Polygon')) {
    context.fillStyle = withAlpha(accent, 0.22);
    context.fill(path, 'evenodd');
  }
  context.lineJoin = 'round';
  context.lineWidth = LINE_PX + 6;
  context.strokeStyle = 'rgba(255,255,255,.85)';
  context.stroke(path);
  context.lineWidth = LINE_PX;
  context.strokeStyle = accent;
  context.stroke(path);
  return new ImageryLayer(onePicture(canvas, rectangle));
}

function pathOf(geometry: Geometry, pixel: (position: Position) => readonly [number, number]): Path2D {
  const path = new Path2D();
  if (geometry.type.endsWith('Point')) {
    for (const position of positionsOf(geometry)) {
      const [x, y] = pixel(position);
      path.moveTo(x + POINT_RADIUS * CANVAS_PX, y);
      path.arc(x, y, POINT_RADIUS * CANVAS_PX, 0, 2 * Math.PI);
    }
    return path;
  }
  for (const line of linesOf(geometry)) {
    for (const [at, position] of line.entries()) {
      const [x, y] = pixel(position);
      if (at === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
  }
  return path;
}

function linesOf(geometry: Geometry): readonly Ring[] {
  switch (geometry.type) {
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates;
    case 'MultiPolygon':
      return geometry.coordinates.flat();
    default:
      return [];
  }
}
