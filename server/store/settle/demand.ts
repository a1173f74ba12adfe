/** Settling changes of demand: no object is touched; models read the edit. */
import { invalidParameter } from '../../../core/errors.ts';
import { selfCrossing } from '../../../core/scenario/check-footprint.ts';
import type { ScaleDemand } from '../../../core/wire/edits/demand.ts';
import { ewkb } from '../settle-place.ts';
import { type EditedCity, refuseOutside, type SettledEdit } from './edited-city.ts';

export async function settleScaleDemand(
  city: EditedCity,
  { area, factor }: ScaleDemand,
): Promise<SettledEdit> {
  if (factor === 1) throw invalidParameter('factor', 'A factor of 1 changes nothing');
  if (area) {
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
  }
  return { settled: { objects: [] }, findings: [] };
}
