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
  const [meant] = await meantParcels(pool, layers, [id], view, signal);
  return meant ?? nothingMeant(id);
}

/** The same of a list, each kind of what may be meant in one statement for all. In the order of the ids. */
export async function meantParcels(
  pool: Pool,
  layers: readonly Layer[],
  ids: readonly string[],
  view: View,
  signal: AbortSignal,
): Promise<readonly UnknownParcel[]> {
  const parcels = layers.find(({ name, dataset }) => name === 'parcels' && dataset === CITY);
  const asked = ids.map((id) => id.trim().slice(0, 100));
  const known = [...new Set(asked)].filter((id) => id !== '' && !id.includes('\0'));
  if (!parcels || known.length === 0) return ids.map(nothingMeant);
  const table = tableOf(parcels);
  const heirs = await pool.read<{ asked: string; id: string }>(
    sql`with gone as materialized (
        select distinct on (id) id, geom from ${table} where id = any(${known}::text[]) order by id, valid_from desc
      )
      select asked, id from (
        select gone.id as asked, heir.id, row_number() over (partition by gone.id order by heir.id) as place
        from gone join ${studiedRows({ layers, view }, 'parcels')} as heir on heir.geom && gone.geom
        where heir.id <> gone.id and ST_Intersects(heir.geom, gone.geom)
          and ST_Area(ST_Intersection(heir.geom, gone.geom)) > ${COMMON_M2}::float8
      ) as placed where place <= ${MOST_SUCCESSORS}::bigint order by asked, id`,
    signal,
  );
  const beginnings = [...new Set(known.map(beginningOf))];
  const candidates = await pool.read<{ key: string; id: string }>(
    sql`select '=' || parcel_number as key, id from ${table}
        where valid_to is null and parcel_number = any(${known.map(numberOf)}::text[])
      union all
      select asked.beginning, near.id
      from unnest(${beginnings}::text[], ${beginnings.map((each) => `${each}\u{10FFFF}`)}::text[])
        as asked (beginning, ending)
      cross join lateral (select id from ${table}
        where valid_to is null and id >= asked.beginning collate "C" and id < asked.ending collate "C"
        order by id limit ${MOST_COMPARED}::bigint) as near`,
    signal,
  );
  const alike = grouped(candidates, ({ key }) => key);
  const successors = grouped(heirs, (heir) => heir.asked);
  return ids.map((id, index) => {
    const wanted = asked[index] ?? '';
    const near = [`=${numberOf(wanted)}`, beginningOf(wanted)].flatMap((key) => alike.get(key) ?? []);
    return {
      id,
      suggestions: alikeTo(wanted, new Set(near.map((each) => each.id))),
      successors: (successors.get(wanted) ?? []).map((each) => each.id),
    };
  });
}

const nothingMeant = (id: string): UnknownParcel => ({ id, suggestions: [], successors: [] });

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** The id itself has no edits: it is there in another state of the city, and its ground is told by its successors. */
const alikeTo = (asked: string, candidates: ReadonlySet<string>): readonly string[] =>
  [...candidates]
    .map((id) => ({ id, edits: editsBetween(id, asked) }))
    .filter(({ edits }) => edits > 0 && edits <= MOST_EDITS)
    .toSorted((a, b) => a.edits - b.edits || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ id }) => id);

/** Up to the last dot: unit, precinct and sheet. */
const beginningOf = (id: string): string => id.slice(0, id.lastIndexOf('.') + 1);
const numberOf = (id: string): string => id.slice(id.lastIndexOf('.') + 1);

/** How many letters must be put in, taken out, changed or swapped (Damerau–Levenshtein, each place once). */
function editsBetween(whole: string, wholeOther: string): number {
  if (Math.abs(whole.length - wholeOther.length) > MOST_EDITS) return MOST_EDITS + 1;
  // Ids of a precinct differ in their ends alone.
  let same = 0;
  while (same < whole.length && whole[same] === wholeOther[same]) same++;
  const [one, other] = [whole.slice(same), wholeOther.slice(same)];
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
