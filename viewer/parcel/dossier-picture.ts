/** The picture of a parcel from above: what of the map it shows, and where the outline lies in it. */
import type { Geometry } from '../../core/geo/geometry.ts';
import { positionsOf } from '../../core/geo/geometry.ts';
import type { Dossier } from '../../core/wire/parcel-dossier.ts';
import { addressOf } from '../api/city-api.ts';

export const PICTURE_PX = { width: 480, height: 320 } as const;
/** What a photograph would show. */
const LAYERS = 'land_cover,green_areas,water,roads,footways,parcels,buildings,trees';
/** Around the parcel, of its own size; and never less ground than this. */
const MARGIN = 0.35;
const LEAST_WIDTH_M = 60;

export interface DossierPicture {
  readonly address: string;
  /** Of the parcel, in pixels of the picture: `d` of an SVG path. */
  readonly outline: string;
}

/** @returns undefined for what has no outline */
export function pictureOf({ geometry, srid }: Dossier['parcel']): DossierPicture | undefined {
  const shape = geometry as Geometry;
  const positions = [...positionsOf(shape)];
  if (positions.length === 0 || (shape.type !== 'Polygon' && shape.type !== 'MultiPolygon')) return undefined;
  const span = (axis: 0 | 1): readonly [number, number] => {
    const values = positions.map((position) => position[axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [[west, east], [south, north]] = [span(0), span(1)];
  const { width, height } = PICTURE_PX;
  const widthM = Math.max(
    LEAST_WIDTH_M,
    (1 + 2 * MARGIN) * Math.max(east - west, ((north - south) * width) / height),
  );
  const metresPerPx = widthM / width;
  const [left, top] = [(west + east) / 2 - widthM / 2, (south + north) / 2 + (metresPerPx * height) / 2];
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  const px = (value: number) => Math.round(value * 10) / 10;
  const outline = polygons
    .flat()
    .map(
      (ring) =>
        `M${ring.map(([e, n]) => `${px((e - left) / metresPerPx)} ${px((top - n) / metresPerPx)}`).join('L')}Z`,
    )
    .join('');
  // The authority counts northing first.
  const bbox = [top - metresPerPx * height, left, top, left + widthM].map((value) => value.toFixed(3));
  const query = new URLSearchParams({
    service: 'WMS',
    version: '1.3.0',
    request: 'GetMap',
    layers: LAYERS,
    styles: '',
    crs: `EPSG:${srid}`,
    bbox: bbox.join(','),
    width: String(width),
    height: String(height),
    format: 'image/png',
  });
  return { address: addressOf(`wms?${query}`), outline };
}
