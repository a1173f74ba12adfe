import { tooLarge } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { classTests } from '../../core/feature/symbol.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import { crsOf } from '../../core/geo/crs.ts';
import type { ClassShapes, MapSource, ShapesAsk } from '../../tiles/picture/map-source.ts';
import type { View } from '../access/view.ts';
import { type AreaVersions, areaVersions } from './area-versions.ts';
import { filterSql } from './filter-sql.ts';
import { type CellReader, type CellVersion, cellRange, type KeptShapes } from './kept-shapes.ts';
import { cellSize } from './load-sql.ts';
import type { Pool } from './pool.ts';
import { type Relation, relationFor, rowsOf } from './relation.ts';
import { join, kept, NOTHING, name, type Sql, sql, trusted } from './sql.ts';
import type { CellBox } from './tile-version.ts';

/** A picture holds no more objects of a layer than this; whole cities at their smallest scale have fewer. */
const MOST_OBJECTS = 400_000;
/** Pictures of more cells than this are read as a whole: their many objects would drive others out of the memory. */
const MOST_KEPT_CELLS = 120;

interface ClassRow {
  readonly entry: number;
  readonly wkb: Uint8Array;
  readonly labels: readonly (readonly [unknown, unknown])[] | null;
  readonly objects: number;
}

/**
 * What pictures read of the store: one row for each class of the style with all its geometries in one value, since
 * a row for each object would cost more than drawing it.
 */
export function postgisMaps(
  pool: Pool,
  view: View,
  versions: AreaVersions = areaVersions(pool),
  keptShapes?: KeptShapes,
): MapSource {
  return {
    async shapes(ask, signal) {
      const relation = relationFor(ask.layer, view);
      if (!relation) return [];
      const { area, filter, version } = ask;
      const isPresent = !view.at && !view.scenario;
      if (keptShapes && version !== undefined && isPresent && !filter && !relation.layer.critical) {
        const reader = cellReader(pool, relation, ask);
        if (cellCount(cellRange(area, reader.sizeUnits)) <= MOST_KEPT_CELLS) {
          return keptShapes.shapes(reader, area, Number(version));
        }
      }
      const rows = await pool.read<ClassRow>(shapesSql(relation, ask), signal);
      if (rows.reduce((sum, { objects }) => sum + objects, 0) > MOST_OBJECTS) {
        throw tooLarge(
          `The picture would show more than ${MOST_OBJECTS} objects of ${ask.layer.name}; ask for a smaller area`,
          'bbox',
        );
      }
      return rows.map(({ entry, wkb, labels }): ClassShapes => ({ entry, wkb, labels: labels ?? [] }));
    },

    versions: (areas, signal) => versions.of(areas, view, signal),
  };
}

function shapesSql(relation: Relation, { area, withLabels, smallest, filter }: ShapesAsk): Sql {
  const { layer } = relation;
  const labels = labelsSql(layer, withLabels);
  return sql`select entry, string_agg(ST_AsBinary(${shapeSql(layer)}, 'NDR'), ''::bytea) as wkb, ${labels} as labels,
      count(*) as objects
    from (
      select *, ${entrySql(layer)} as entry from (${rowsOf(relation)}) as relation
      where geom && ${envelopeSql(area)}${sizeSql(layer, smallest)}${filter ? sql` and ${filterSql(filter, layer)}` : NOTHING} limit ${MOST_OBJECTS + 1}::bigint
    ) as shown
    group by entry`;
}

function labelsSql({ style: { label } }: Layer, withLabels: boolean): Sql {
  if (!withLabels || !label) return trusted('null::json');
  const suffix = label.suffixProperty ? name(label.suffixProperty) : trusted('null');
  return sql`json_agg(json_build_array(${name(label.property)}, ${suffix}))`;
}

const cellCount = ({ minX, minY, maxX, maxY }: CellBox): number => (maxX - minX + 1) * (maxY - minY + 1);

/** Reads the shapes of whole cells. Nobody's leaving stops it, since others may wait for the same cells. */
function cellReader(pool: Pool, relation: Relation, { withLabels }: ShapesAsk): CellReader {
  const { layer } = relation;
  const sizeUnits = cellSize(crsOf(layer.srid).unit);
  const rows = sql`select *, ${entrySql(layer)} as entry from (${rowsOf(relation)}) as relation`;
  const labels = labelsSql(layer, withLabels);
  const scope = [...rows.parts, ...labels.parts, ...rows.values, layer.srid].join(' ');
  return {
    ...{ scope, sizeUnits },
    async read({ minX, minY, maxX, maxY }) {
      const box = { minX: minX * sizeUnits, minY: minY * sizeUnits, srid: layer.srid };
      const area = { ...box, maxX: (maxX + 1) * sizeUnits, maxY: (maxY + 1) * sizeUnits };
      const [row] = await pool.read<{ packed: Uint8Array | null; labels: ClassShapes['labels'] | null }>(
        sql`select string_agg(int4send(entry) || float8send(ST_XMin(geom)) || float8send(ST_YMin(geom))
            || float8send(ST_XMax(geom)) || float8send(ST_YMax(geom)) || int4send(octet_length(wkb)) || wkb,
            ''::bytea) as packed, ${labels} as labels
          from (
            select *, ST_AsBinary(${shapeSql(layer)}, 'NDR') as wkb from (${rows}) as classed
            where geom && ${envelopeSql(area)} offset 0
          ) as shown`,
      );
      return { packed: row?.packed ?? new Uint8Array(), labels: row?.labels ?? null };
    },
    versions: ({ minX, minY, maxX, maxY }) =>
      pool.read<CellVersion>(
        kept(sql`select cell_x as x, cell_y as y, version from twin.tile_cell
          where dataset = ${layer.dataset}::text and layer = ${layer.name}::text
            and cell_x between ${minX}::integer and ${maxX}::integer
            and cell_y between ${minY}::integer and ${maxY}::integer`),
      ),
  };
}

const envelopeSql = ({ minX, minY, maxX, maxY, srid }: Bbox): Sql =>
  sql`ST_MakeEnvelope(${minX}::float8, ${minY}::float8, ${maxX}::float8, ${maxY}::float8, ${srid}::integer)`;

/** Solids are drawn by their ground plan. */
const shapeSql = ({ dimension }: Layer): Sql =>
  trusted(dimension === 3 ? 'twin.footprint(geom)' : 'ST_Force2D(geom)');

/** The rule of `classOf` in SQL: a flag first, else the longest text that the value begins with says the class. */
function entrySql(layer: Layer): Sql {
  const { classes } = layer.style;
  const column = classes && layer.properties.find((property) => property.name === classes.property);
  const tests = classTests(layer.style);
  if (!classes || column?.type !== 'text' || tests.length === 0) return trusted('-1');
  const flags = classes.entries.flatMap(({ flag }, index) => {
    const property = layer.properties.find((each) => each.name === flag);
    if (!property) return [];
    const isSet = property.type === 'boolean' ? sql`` : sql` is not null`;
    return [sql` when ${name(property.name)}${isSet} then ${index}::integer`];
  });
  const values = tests.map(
    ({ prefix, entry }) =>
      sql` when starts_with(${name(column.name)}, ${prefix}::text) then ${classes.entries.indexOf(entry)}::integer`,
  );
  return sql`case${join([...flags, ...values], '')} else -1 end`;
}

function sizeSql(layer: Layer, smallest: number): Sql {
  if (layer.geometryType.endsWith('Point') || !(smallest > 0)) return NOTHING;
  return sql` and (ST_XMax(geom) - ST_XMin(geom) >= ${smallest}::float8
    or ST_YMax(geom) - ST_YMin(geom) >= ${smallest}::float8)`;
}
