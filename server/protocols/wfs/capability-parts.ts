/** What capabilities of every version say. */
import type { Layer, LayerStatus } from '../../../core/feature/layer.ts';
import { type Bbox, reprojectBbox } from '../../../core/geo/bbox.ts';
import { type Markup, markup } from '../../../core/xml/writer.ts';

export const SERVICE_WORDS = {
  title: { pl: 'Bliźniak: dane miasta (WFS)', en: 'Blizniak: data of the city (WFS)' },
  abstract: {
    pl: 'Warstwy cyfrowego bliźniaka miasta: działki, budynki, modele 3D. Oś pierwsza według definicji EPSG przy nazwach URN.',
    en: "Layers of the city's digital twin: parcels, buildings, 3D models. URN names of CRS follow the axis order of EPSG.",
  },
  keywords: {
    pl: ['działki', 'budynki', 'EGiB', 'miasto'],
    en: ['parcels', 'buildings', 'cadastre', 'city'],
  },
  provider: { pl: 'Bliźniak', en: 'Blizniak' },
} as const;

export interface DescribedType {
  readonly layer: Layer;
  readonly status: LayerStatus;
}

/** ows:WGS84BoundingBox around all objects of a layer. */
export function extent(layer: Layer, status: LayerStatus): Markup | undefined {
  if (!status.extent) return undefined;
  const [minX, minY, maxX, maxY] = status.extent;
  const box: Bbox = reprojectBbox({ minX, minY, maxX, maxY, srid: layer.srid }, 4326);
  const down = (value: number) => (Math.floor(value * 1e7) / 1e7).toFixed(7);
  const up = (value: number) => (Math.ceil(value * 1e7) / 1e7).toFixed(7);
  return markup`<ows:WGS84BoundingBox><ows:LowerCorner>${down(box.minX)} ${down(box.minY)}</ows:LowerCorner><ows:UpperCorner>${up(box.maxX)} ${up(box.maxY)}</ows:UpperCorner></ows:WGS84BoundingBox>`;
}
