import { invalidParameter } from '../../../core/errors.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import type { Xy } from '../../../core/geo/plane.ts';
import { selfCrossing } from '../../../core/scenario/check-footprint.ts';
import { ewkb } from '../settle-place.ts';
import { type EditedCity, refuseOutside } from './edited-city.ts';

/**
 * The polygon of an outline that somebody drew, open or closed.
 * @throws TwinError invalid-parameter when it lies outside the city, or crosses itself
 */
export async function drawnArea(city: EditedCity, area: readonly Xy[]): Promise<Geometry> {
  await refuseOutside(city, ewkb({ type: 'MultiPoint', coordinates: area }), area, 'area');
  const [first] = area;
  const last = area.at(-1);
  const open = first && last && first[0] === last[0] && first[1] === last[1] ? area.slice(0, -1) : area;
  const crossing = open.length < 3 ? first : selfCrossing(open);
  if (crossing) {
    throw invalidParameter(
      'area',
      `The outline is not that of one area: its sides meet near easting ${crossing[0].toFixed(2)}, northing ${crossing[1].toFixed(2)}; draw it anew`,
    );
  }
  return { type: 'Polygon', coordinates: [first ? [...open, first] : []] };
}
