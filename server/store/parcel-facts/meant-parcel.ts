/** What may have been meant by an id that no parcel has. */
import type { Layer } from '../../../core/feature/layer.ts';
import type { View } from '../../access/view.ts';
import type { UnknownParcel } from '../../services/parcel-checks.ts';
import { CITY } from '../dataset.ts';
import type { Pool } from '../pool.ts';
import { tableOf } from '../register-table.ts';
import { sql } from '../sql.ts';
import { studiedRows } from '../studied-city.ts';

const MOST_SUGGESTIONS = 5;
const MOST_SUCCESSORS = 20;
/** Of the ids with the same beginning. */
const MOST_COMPARED = 5_000;
/** Changes of one letter that still look like a slip. */
const MOST_EDITS = 2;
/** Less common ground than this is a border. */
const COMMON_M2 = 0.5;

/** @param view in which there is no parcel of that id */
export async function meantParcel(
  pool: Pool,
  layers: readonly Layer[],
  id: string,
  view: View,
  signal: AbortSignal,
): Promise<UnknownParcel> {
  const parcels = layers.find(({ name, dataset }) => name === 'parcels' && dataset === CITY);
  const asked = id.trim().slice(0, 100);
  if (!parcels || asked === '' || asked.includes('\0')) return { id, suggestions: [], successors: [] };
  const table = tableOf(parcels);
  const successors = await pool.read<{ id: string }>(
    sql`with gone as materialized (
        select geom from ${table} where id = ${asked}::text order by valid_from desc limit 1
      )
      select heir.id from gone join ${studiedRows({ layers, view }, 'parcels')} as heir on heir.geom && gone.geom
      where heir.id <> ${asked}::text and ST_Intersects(heir.geom, gone.geom)
        and ST_Area(ST_Intersection(heir.geom, gone.geom)) > ${COMMON_M2}::float8
      order by heir.id limit ${MOST_SUCCESSORS}::bigint`,
    signal,
  );
  const number = asked.split('.').at(-1) ?? asked;
  const candidates = await pool.read<{ id: string }>(
    sql`(select id from ${table} where valid_to is null and parcel_number = ${number}::text
        order by id limit ${MOST_COMPARED}::bigint)
      union
      (select id from ${table} where valid_to is null and id >= ${beginningOf(asked)}::text
        and id < ${`${beginningOf(asked)}\u{10FFFF}`}::text order by id limit ${MOST_COMPARED}::bigint)`,
    signal,
  );
  const alike = candidates
    .map((candidate) => ({ id: candidate.id, edits: editsBetween(candidate.id, asked) }))
    // The id itself has no edits: it is there in another state of the city, and its ground is told by its successors.
    .filter(({ edits }) => edits > 0 && edits <= MOST_EDITS)
    .toSorted((a, b) => a.edits - b.edits || (a.id < b.id ? -1 : 1));
  return {
    id,
    suggestions: alike.slice(0, MOST_SUGGESTIONS).map((each) => each.id),
    successors: successors.map((each) => each.id),
  };
}

/** Up to the last dot: unit, precinct and sheet. */
const beginningOf = (id: string): string => id.slice(0, id.lastIndexOf('.') + 1);

/** How many letters must be put in, taken out, changed or swapped (Damerau–Levenshtein, each place once). */
function editsBetween(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MOST_EDITS) return MOST_EDITS + 1;
  let [before, previous] = [[] as number[], Array.from({ length: other.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwap) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, previous] = [previous, row];
  }
  return previous[other.length] ?? MOST_EDITS + 1;
}
