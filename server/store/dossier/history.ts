import type { Feature, PropertyValue } from '../../../core/feature/feature.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { differenceOf } from '../../../core/scenario/difference.ts';
import type { DossierChange } from '../../../core/wire/parcel-dossier.ts';
import type { View } from '../../access/view.ts';
import type { Row } from '../connection.ts';
import { featureMaker } from '../feature-maker.ts';
import type { Pool } from '../pool.ts';
import { tableOf } from '../register-table.ts';
import { currentRelation, guarded } from '../relation.ts';
import { rowProperties } from '../rows-sql.ts';
import { join, name, type Sql, sql } from '../sql.ts';
import { toldColumn } from '../told-columns.ts';

/** Of one layer; a parcel that changes more often than this is told of from its youth on only in the register. */
const MOST_VERSIONS = 500;

type VersionRow = Row & {
  readonly id: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
};

/**
 * What the twin has recorded of objects, the newest first: when each came, what changed, when it went. Hidden
 * properties are left out for who may not see them, and so are changes of nothing else.
 * @param which condition on the columns of the table
 */
export async function historyOf(
  pool: Pool,
  layer: Layer,
  which: Sql,
  { who, at, scenario }: View,
  signal: AbortSignal,
): Promise<readonly DossierChange[]> {
  const relation = guarded(currentRelation(layer), who);
  if (!relation) return [];
  const query = { layer: layer.name };
  const columns = rowProperties(relation, query).map(
    (property, index) => sql`${toldColumn(relation.layer, property.name)} as ${name(`p${index}`)}`,
  );
  const until = scenario?.base ?? at;
  const recorded = until ? sql`valid_from <= ${until.toISOString()}::timestamptz` : sql`true`;
  const rows = await pool.read<VersionRow>(
    sql`select id, ST_AsBinary(geom)::text as geometry, valid_from, valid_to, ${join(columns, ', ')}
      from ${tableOf(layer)} where ${which} and ${recorded}
      order by id, valid_from limit ${MOST_VERSIONS}::bigint`,
    signal,
  );
  const toFeature = featureMaker(relation, query);
  const changes: DossierChange[] = [];
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    const follows = before?.id === row.id && before.valid_to === row.valid_from;
    changes.push(...recordedChange(layer.name, row, follows ? toFeature(before) : undefined, toFeature(row)));
    const next = rows[index + 1];
    const isOver = row.valid_to !== null && !(next?.id === row.id && next.valid_from === row.valid_to);
    if (isOver && row.valid_to !== null && (!until || row.valid_to <= until.toISOString())) {
      changes.push({ layer: layer.name, id: row.id, at: row.valid_to, change: 'ended', differs: [] });
    }
  }
  return changes.toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
}

function recordedChange(
  layer: string,
  { id, valid_from: at }: VersionRow,
  before: Feature | undefined,
  after: Feature,
): readonly DossierChange[] {
  if (!before) return [{ layer, id, at, change: 'recorded', differs: [] }];
  const difference = differenceOf(before, after);
  if (!difference) return [];
  const held = ({ properties }: Feature, property: string): PropertyValue => properties[property] ?? null;
  const differs = difference.differs.map((property) => ({
    property,
    before: held(before, property),
    after: held(after, property),
  }));
  return [{ layer, id, at, change: 'changed', differs }];
}
