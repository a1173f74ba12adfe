/** Settling changes of demand: no object is touched; models read the edit. */
import { invalidParameter } from '../../../core/errors.ts';
import type { ScaleDemand } from '../../../core/wire/edits/demand.ts';
import { drawnArea } from './drawn-area.ts';
import type { EditedCity, SettledEdit } from './edited-city.ts';

export async function settleScaleDemand(
  city: EditedCity,
  { area, factor }: ScaleDemand,
): Promise<SettledEdit> {
  if (factor === 1) throw invalidParameter('factor', 'A factor of 1 changes nothing');
  if (area) await drawnArea(city, area);
  return { settled: { objects: [] }, findings: [] };
}
