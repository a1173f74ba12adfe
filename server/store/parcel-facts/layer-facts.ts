/** What is known of each layer at the places that are checked: when it was loaded, and where it speaks. */
import type { LayerFact } from '../../../core/analysis/parcel-check/facts.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { utcText } from '../../../core/filter/typed-literal.ts';
import { CITY } from '../dataset.ts';
import { type Sql, sql, trusted } from '../sql.ts';
import { type CheckedCity, type CheckedPlace, inMemory, placesSql } from './checked-city.ts';

interface StatusRow {
  readonly layer: string;
  readonly object_count: number;
  readonly loaded_at: string;
  readonly source: string;
  readonly version: number;
  readonly is_declared: boolean;
  /** Share of the places that the layer does not cover wholly. */
  readonly partly: Readonly<Record<string, number>> | null;
}

const COLUMNS = trusted(
  'layer, object_count, loaded_at, source, version, min_easting, min_northing, max_easting, max_northing',
);
const DAY_MS = 86_400_000;

/**
 * Facts of all layers that the city knows, by place. Layers that say the same of two places are the same object.
 * @param failures layers that cannot be read, with the reason
 */
export async function layerFacts(
  city: CheckedCity,
  places: readonly CheckedPlace[],
  failures: ReadonlyMap<string, string>,
): Promise<(place: string) => readonly LayerFact[]> {
  const rows = await city.read<StatusRow>(
    // Most layers share one coverage: each area is looked at once.
    sql`with ${placesSql(places)}, status as materialized (
        select status.*, declared.geom is not null as is_declared, declared.geom, coalesce(declared.geom_hash::text,
          concat_ws(' ', min_easting, min_northing, max_easting, max_northing)) as key
        from (${statusSql(city)}) as status left join twin.layer_coverage as declared using (layer)
      ), area as materialized (
        select key, ${inMemory(sql`coalesce(geom,
          ST_MakeEnvelope(min_easting, min_northing, max_easting, max_northing, 2177))`)} as geom
        from (select distinct on (key) * from status order by key) as each
      ), covered as materialized (
        select key, (
          select json_object_agg(place.id, case when ST_Area(place.geom) = 0 or area.geom is null then 0
            else ST_Area(ST_Intersection(place.geom, area.geom)) / ST_Area(place.geom) end)
          from place where coalesce(not ST_Covers(area.geom, place.geom), true)
        ) as partly from area
      )
      select layer, object_count, loaded_at, source, version, is_declared, partly
      from status join covered using (key)`,
  );
  const statuses = new Map(rows.map((row) => [row.layer, row]));
  const known = city.layers.filter(({ dataset, audience }) => dataset === CITY && audience !== 'staff');
  const told = known.map((layer) => factTeller(layer, statuses.get(layer.name), city.lawDate, failures));
  return (place) => told.map((factAt) => factAt(place));
}

function statusSql({ view }: CheckedCity): Sql {
  const at = view.scenario?.base ?? view.at;
  if (!at) return sql`select ${COLUMNS} from twin.layer_status where dataset = ${CITY}::text`;
  return sql`select distinct on (layer) ${COLUMNS} from twin.layer_status_past
    where dataset = ${CITY}::text and loaded_at <= ${at.toISOString()}::timestamptz order by layer, version desc`;
}

function factTeller(
  { name, title, licence, steward, freshnessDays }: Layer,
  row: StatusRow | undefined,
  lawDate: string,
  failures: ReadonlyMap<string, string>,
): (place: string) => LayerFact {
  const loadedAt = row && utcText(new Date(row.loaded_at));
  const oldAfter = row ? Date.parse(row.loaded_at) + freshnessDays * DAY_MS : 0;
  const whole: LayerFact = {
    name,
    title,
    licence,
    steward,
    version: row?.version ?? 0,
    count: row?.object_count ?? 0,
    loadedAt,
    source: row?.source,
    isStale: Date.parse(lawDate) > oldAfter,
    coveredShare: row ? 1 : 0,
    coverage: row?.is_declared ? 'declared' : 'extent',
    failure: failures.get(name),
  };
  return (place) => {
    const coveredShare = row?.partly?.[place];
    return coveredShare === undefined ? whole : { ...whole, coveredShare };
  };
}
