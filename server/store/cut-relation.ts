import type { Layer } from '../../core/feature/layer.ts';
import type { Relation } from './relation.ts';
import { join, name, type Sql, sql, trusted } from './sql.ts';

/** Number of the dimension of a shape for ST_CollectionExtract. */
const DIMENSIONS = {
  ...{ Point: 1, MultiPoint: 1, LineString: 2, MultiLineString: 2, Polygon: 3, MultiPolygon: 3 },
} as const satisfies Record<Layer['geometryType'], number>;

/**
 * The rows of a relation that meet an area.
 * @param area EWKB in the CRS of the layer
 * @param cut `clip`: what lies outside is cut away, and what only touches the edge is left out. Bodies in space stay whole
 */
export function cutRelation(relation: Relation, area: Sql, cut: 'whole' | 'clip'): Relation {
  const { layer } = relation;
  const cutter = cut === 'clip' && layer.dimension === 2 ? clipped : whole;
  const [first, ...others] = relation.branches.map((rows) => cutter(layer, rows, area));
  return first ? { layer, branches: [first, ...others] } : relation;
}

const whole = (layer: Layer, rows: Sql, area: Sql): Sql =>
  sql`select * from (${rows}) as uncut where ${meets(layer, area)}`;

/** Upright faces are no valid areas in plan, which only a distance bears. */
const meets = ({ dimension }: Layer, area: Sql): Sql =>
  dimension === 3 ? sql`ST_DWithin(geom, ${area}, 0)` : sql`ST_Intersects(geom, ${area})`;

function clipped(layer: Layer, rows: Sql, area: Sql): Sql {
  const columns = join(
    layer.properties.map((property) => name(property.name)),
    ', ',
  );
  const dimension = trusted(String(DIMENSIONS[layer.geometryType]));
  return sql`select id, part as geom, ${columns} from (${rows}) as uncut,
    lateral (select case when ST_CoveredBy(geom, ${area}) then geom
      else ST_CollectionExtract(ST_Intersection(geom, ${area}), ${dimension}) end) as cut (part)
    where ST_Intersects(geom, ${area}) and not ST_IsEmpty(part)`;
}
