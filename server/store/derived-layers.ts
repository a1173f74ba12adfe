/** Layers that the store makes from others, within the transaction of the load that changed those. */
import { createHash } from 'node:crypto';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { AGE_BANDS, DISCLOSURE_THRESHOLD, POPULATION_CELL_M } from '../../core/catalogue/society.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { crsOf } from '../../core/geo/crs.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import { layerOf } from './layers.ts';
import * as statements from './load-sql.ts';
import { isPersonal, tableOf } from './register-table.ts';
import { join, name, type Sql, sql, toStatement, trusted } from './sql.ts';

interface Change {
  /** The layer that was loaded. */
  readonly layer: Layer;
  readonly version: number;
  readonly moment: string;
  /** All of the source is made anew, not only what this version touched. */
  readonly whole?: boolean;
}

interface Derivation {
  /** Selects id, geom and every property of the derived layer. */
  rows(source: Layer, change: Change): Sql;
  /** Which current rows (`stored`) the result speaks of: those that it does not hold are ended. */
  scope(source: Layer, change: Change): Sql;
}

export interface DerivedLayer {
  readonly layer: Layer;
  readonly source: Layer;
  readonly derivation: Derivation;
}

const DERIVATIONS: Readonly<Record<string, Derivation>> = {
  parcel_land_uses: { rows: landUses, scope: ofTouchedParcels },
  population_cells: { rows: populationCells, scope: () => trusted('true') },
};

/** The layers that are made here, each with the one that it is made from. */
export function derivedLayers(dataset: string, srid: number): readonly DerivedLayer[] {
  return REGISTERS.flatMap((register) => {
    const derivation = DERIVATIONS[register.name];
    const source = REGISTERS.find(({ name: each }) => each === register.derivedFrom);
    if (!derivation || !source || (isPersonal(source) && dataset !== CITY)) return [];
    return { layer: layerOf(register, dataset, srid), source: layerOf(source, dataset, srid), derivation };
  });
}

/** Tells whether a release makes the layer as another did. */
export function recipeOf({ source, derivation }: DerivedLayer): string {
  const any: Change = { layer: source, version: 0, moment: '', whole: true };
  const { text } = toStatement(derivation.rows(source, any));
  return createHash('md5').update(text).digest('hex');
}

/** Brings up to date what is made from a layer that has changed. Nothing where nothing is. */
export async function deriveFrom(connection: Connection, change: Change): Promise<void> {
  const { dataset, srid, name: loaded } = change.layer;
  for (const each of derivedLayers(dataset, srid)) {
    if (each.source.name === loaded) await derive(connection, each, change);
  }
}

/** @returns whether anything had changed */
export async function derive(
  connection: Connection,
  { layer, derivation }: DerivedLayer,
  change: Change,
): Promise<boolean> {
  const { version, moment } = change;
  const made = name('pg_temp', `made_${layer.table}`);
  const columns = join(
    ['id', 'geom', ...layer.properties.map((property) => property.name)].map((column) => name(column)),
    ', ',
  );
  // Values of our own making, so utility statements may hold them.
  await connection.run(sql`create temporary table ${name(`made_${layer.table}`)} on commit drop as
    select ${columns}, md5(row(${columns})::text)::uuid as content_hash
    from (${derivation.rows(change.layer, change)}) as derived`);
  const ended =
    await connection.run(sql`update ${tableOf(layer)} as stored set valid_to = ${moment}::timestamptz
    where valid_to is null and ${derivation.scope(change.layer, change)}
      and not exists (select from ${made} as made where made.id = stored.id and made.content_hash = stored.content_hash) returning 1 as ended`);
  const written =
    await connection.run(sql`insert into ${tableOf(layer)} (${columns}, content_hash, valid_from, dataset_version)
    select ${columns}, content_hash, ${moment}::timestamptz, ${version}::bigint from ${made} as made
    where not exists (select from ${tableOf(layer)} as stored where stored.id = made.id and stored.valid_to is null)
    order by id returning 1 as written`);
  if (ended.length + written.length === 0) return false;
  const cell = statements.cellSize(crsOf(layer.srid).unit);
  await connection.run(statements.touchCellsSql(layer, moment, version, cell));
  await connection.run(statements.updateStatusSql(layer, moment, version));
  await connection.run(statements.analyzeRegisterSql(layer));
  return true;
}

const moment = ({ moment: text }: Change): Sql => trusted(`'${text.replaceAll("'", "''")}'::timestamptz`);
const version = ({ version: number }: Change): Sql => trusted(String(number));

/** Parcels that came, changed or went with this load. */
function touchedParcels(parcels: Layer, change: Change): Sql {
  return sql`select id from ${tableOf(parcels)}
    where dataset_version = ${version(change)} or valid_to = ${moment(change)}`;
}

function ofTouchedParcels(parcels: Layer, change: Change): Sql {
  if (change.whole) return trusted('true');
  return sql`parcel_id in (${touchedParcels(parcels, change)})`;
}

function landUses(parcels: Layer, change: Change): Sql {
  return landUsesSql(sql`select id, geom, registered_area_ha, land_use from ${tableOf(parcels)}
    where valid_to is null and ${change.whole ? trusted('true') : sql`dataset_version = ${version(change)}`}`);
}

/**
 * `RVI 0.242 ha; B-RIVa 0.05 ha` as rows. A designation is a use, or a soil contour and class, or a use, a dash and
 * those. Where there is one use without an area it covers the registered area of the parcel.
 * @param parcels a select of id, geom, registered_area_ha and land_use
 * @returns a select of id, geom and every property of the layer `parcel_land_uses`
 */
export function landUsesSql(parcels: Sql): Sql {
  // Fences (`offset 0`) keep each pattern from being matched once for every column that speaks of it; patterns that
  // capture nothing are matched ten times as fast.
  return sql`select parcel_id || ':' || ordinal as id, geom, parcel_id, ordinal, designation,
      case when head like '%-%' and head not like 'E-%' then split_part(head, '-', 1) else head end as land_use,
      case when head like '%-%' and head not like 'E-%' then split_part(head, '-', 2)
        when soil_class is not null then head end as soil_use,
      soil_class, coalesce(area_ha, case when of_all = 1 then registered_area_ha end) as area_ha
    from (
      select *, left(designation, length(designation) - length(coalesce(soil_class, ''))) as head
      from (
        select *, substring(designation from '(?:VIz|VI|V|IVa|IVb|IV|IIIa|IIIb|III|II|I)$') as soil_class,
          substring(substring(area from '\\s[0-9.]+') from '[0-9.]+')::float8 as area_ha
        from (
          select parcel.id as parcel_id, parcel.geom, parcel.registered_area_ha,
            part.ordinal::integer as ordinal, count(*) over (partition by parcel.id) as of_all,
            substring(part.text from '[^\\s;,]+') as designation,
            substring(part.text from '[^\\s;,]\\s+[0-9]+(?:\\.[0-9]+)?\\s*ha\\s*$') as area
          from (
            select id, ST_PointOnSurface(geom) as geom, registered_area_ha, land_use from (${parcels}) as given offset 0
          ) as parcel
          cross join lateral regexp_split_to_table(parcel.land_use, '\\s*[;,]\\s+') with ordinality as part(text, ordinal)
          where part.text ~ '^\\s*[^\\s;,]+(?:\\s+[0-9]+(?:\\.[0-9]+)?\\s*ha)?\\s*$'
          offset 0
        ) as told
        offset 0
      ) as known
    ) as parted`;
}

/** Counts of fewer people than the threshold are left out; so are all bands where one of them would tell of few. */
function populationCells(residents: Layer): Sql {
  const side = trusted(String(POPULATION_CELL_M));
  const threshold = trusted(String(DISCLOSURE_THRESHOLD));
  const bands = AGE_BANDS.map((band) => name(`age_${band}`));
  const tellsOfFew = join(
    bands.map((band) => sql`coalesce(${band} between 1 and ${threshold} - 1, true)`),
    ' or ',
  );
  const sums = bands.map((band) => sql`sum(${band})::integer as ${band}`);
  const shown = bands.map((band) => sql`case when ${tellsOfFew} then null else ${band} end as ${band}`);
  const perKm2 = trusted(`residents / ${POPULATION_CELL_M ** 2 / 1_000_000}`);
  return sql`select format('RES%smN%sE%s', ${side}, south, west) as id,
      ST_Multi(ST_MakeEnvelope(west, south, west + ${side}, south + ${side}, ${trusted(String(residents.srid))})) as geom,
      residents, ${join(shown, ', ')},
      case when ${perKm2} <= 1000 then 'd1' when ${perKm2} <= 3000 then 'd2' when ${perKm2} <= 6000 then 'd3'
        when ${perKm2} <= 10000 then 'd4' else 'd5' end as density
    from (
      select (floor(ST_X(geom) / ${side}) * ${side})::integer as west,
        (floor(ST_Y(geom) / ${side}) * ${side})::integer as south,
        sum(residents)::integer as residents, ${join(sums, ', ')}
      from ${tableOf(residents)} where valid_to is null group by 1, 2
    ) as cell
    where residents >= ${threshold}`;
}
