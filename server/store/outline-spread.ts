import { areaSpreadM2 } from '../../core/analysis/consequences/area-error.ts';
import { readWkb } from '../../core/geo/wkb.ts';

/** What the error of an area hangs on, of an outline as it comes from the database. */
export function spreadOf(wkb: Uint8Array): number {
  const geometry = readWkb(wkb);
  return geometry.type === 'Polygon' || geometry.type === 'MultiPolygon' ? areaSpreadM2(geometry) : 0;
}
