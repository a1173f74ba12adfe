import { invalidParameter } from '../../core/errors.ts';
import { sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/**
 * The act named, else the general plan in force, else the one in preparation; null = the city has none.
 * @throws TwinError invalid-parameter for an act that is no general plan of the city
 */
export async function generalPlan(city: StudiedCity, wanted: string | undefined): Promise<string | null> {
  const acts = await city.read<{ id: string }>(
    sql`select id from ${studiedRows(city, 'plan_acts')} as act
      where plan_kind = 'general' and status is distinct from 'obsolete'
      order by status is distinct from 'legalForce', in_force_since desc nulls last, id`,
  );
  if (wanted !== undefined && !acts.some(({ id }) => id === wanted)) {
    const known = acts.map(({ id }) => id).join(', ') || 'none';
    throw invalidParameter('act', `There is no general plan "${wanted}"; the city has: ${known}`);
  }
  return wanted ?? acts[0]?.id ?? null;
}
