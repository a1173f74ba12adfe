/** Lines that edits draw. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Xy } from '../../../core/geo/plane.ts';
import { lengthOf } from '../../../core/geo/polyline.ts';
import { ewkb } from '../settle-place.ts';
import type { Sql } from '../sql.ts';
import { type EditedCity, refuseOutside } from './edited-city.ts';

const LONGEST_M = 20_000;

/**
 * The line as a parameter.
 * @throws TwinError invalid-parameter when it is too short or too long, or leaves the city
 */
export async function checkedPath(city: EditedCity, path: readonly Xy[], shortestM: number): Promise<Sql> {
  const line = ewkb({ type: 'LineString', coordinates: path });
  await refuseOutside(city, line, path, 'path');
  const lengthM = lengthOf(path);
  if (lengthM >= shortestM && lengthM <= LONGEST_M) return line;
  throw invalidParameter(
    'path',
    `The line is ${lengthM.toFixed(1)} m long; from ${shortestM} m to ${LONGEST_M / 1000} km can be planned`,
  );
}
