import type { Layer } from '../../feature/layer.ts';
import type { Filter } from '../ast.ts';
import { parseCql2 } from './cql2.ts';

/**
 * CQL_FILTER of WMS and WFS, which no standard describes, as its inventor has it: coordinates are in the storage CRS
 * of the layer, easting first; `SRID=4326;` before a geometry names another.
 * @throws TwinError invalid-parameter (parameter `filter`)
 */
export const parseLayerCql = (text: string, layer: Layer): Filter =>
  parseCql2(text, 'cql2-text', { layer, crs: { srid: layer.srid, order: 'easting-northing' } });
