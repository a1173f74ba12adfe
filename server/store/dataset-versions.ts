import { invalidParameter, notFound } from '../../core/errors.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { DatasetVersion, VersionChange } from '../../core/wire/versions.ts';
import type { View } from '../access/view.ts';
import type { Versions } from '../services/versions.ts';
import { changedRelation } from './changed-rows.ts';
import { type LayersProvider, postgisSource } from './features.ts';
import type { Pool } from './pool.ts';
import { relationFor } from './relation.ts';
import { NOTHING, sql, trusted } from './sql.ts';

interface VersionRow extends Omit<DatasetVersion, 'recordedAt' | 'extent'> {
  readonly recorded_at: string;
  readonly box: readonly number[] | null;
}

const COLUMNS =
  trusted(`made.version, made.dataset, made.recorded_at, made.file_name as "fileName", made.format,
  made.source, made.steward, made.licence, made.file_sha256 as sha256, made.file_bytes as bytes, made.synthetic,
  made.written, made.added, made.changed, made.unchanged, made.ended, made.rejected,
  case when made.min_easting is not null then array[made.min_easting, made.min_northing, made.max_easting,
    made.max_northing] end as box, place.srid, made.crs, made.crs_decision as "crsDecision",
  made.schema_used as schema`);
const TABLES = trusted(
  'twin.dataset_version as made join twin.dataset as place on place.name = made.dataset',
);
/** Before anything was loaded. */
const BEGINNING = new Date(0);

/** @param poolFor the pool of a person's rights */
export function storeVersions(
  poolFor: (view: View) => Pool,
  pool: Pool,
  layersOfStore: LayersProvider,
): Versions {
  const read = async (version: number): Promise<DatasetVersion> => {
    const [row] = await pool.read<VersionRow>(
      sql`select ${COLUMNS} from ${TABLES} where made.version = ${version}::bigint`,
    );
    if (!row) throw notFound(`There is no version ${version} of any dataset`, 'version');
    return versionOf(row);
  };
  const newestOf = async (dataset: string): Promise<DatasetVersion> => {
    const [row] = await pool.read<VersionRow>(
      sql`select ${COLUMNS} from ${TABLES} where made.dataset = ${dataset}::text
        order by made.version desc limit 1`,
    );
    if (!row) throw notFound(`Nothing was ever loaded into ${dataset}`, 'dataset');
    return versionOf(row);
  };
  return {
    async list({ dataset, before, limit }) {
      const rows = await pool.read<VersionRow>(
        sql`select ${COLUMNS} from ${TABLES} where true
          ${dataset === undefined ? NOTHING : sql`and made.dataset = ${dataset}::text`}
          ${before === undefined ? NOTHING : sql`and made.version < ${before}::bigint`}
          order by made.version desc limit ${limit + 1}::bigint`,
      );
      const versions = rows.slice(0, limit).map(versionOf);
      return { versions, next: rows.length > limit ? (versions.at(-1)?.version ?? null) : null };
    },

    read,

    async changes({ from, to, dataset, layer: wanted, after, limit }, view, srid, signal) {
      const [earlier, later] = [
        from === 0 ? undefined : await read(from),
        to === undefined ? await newestOf(dataset) : await read(to),
      ];
      for (const [name, version] of [
        ['from', earlier],
        ['to', later],
      ] as const) {
        if (version && version.dataset !== dataset) {
          throw notFound(
            `Version ${version.version} is of the dataset ${version.dataset}, not of ${dataset}`,
            name,
          );
        }
      }
      if (later.version < from)
        throw invalidParameter('to', `Version ${later.version} is older than ${from}`);
      const since = earlier ? new Date(earlier.recordedAt) : BEGINNING;
      const at = new Date(later.recordedAt);
      const source = postgisSource(poolFor(view), layersOfStore, (layer) => {
        const before = relationFor(layer, { who: view.who, at: since });
        const now = relationFor(layer, { who: view.who, at });
        return before && now && changedRelation(before, now, since, { at });
      });
      const layers = (await source.layers())
        .filter((layer) => layer.dataset === dataset && (wanted === undefined || layer.name === wanted))
        .map(({ name }) => name)
        .toSorted();
      if (wanted !== undefined && layers.length === 0)
        throw notFound(`There is no layer "${wanted}"`, 'layer');
      const [afterLayer = '', ...afterId] = after?.split('/') ?? [];
      const changes: VersionChange[] = [];
      for (const layer of layers.filter((name) => name >= afterLayer)) {
        const left = limit + 1 - changes.length;
        if (left <= 0) break;
        const query = {
          ...{ layer, limit: left },
          ...(srid !== undefined && { srid }),
          ...(layer === afterLayer && { after: afterId.join('/') }),
        };
        for await (const feature of source.query(query, signal)) changes.push(changeOf(feature));
      }
      const told = changes.slice(0, limit);
      const last = told.at(-1);
      return {
        ...{ dataset, from, to: later.version, srid: srid ?? later.srid, changes: told },
        next: changes.length > limit && last ? `${last.layer}/${last.id}` : null,
      };
    },
  };
}

const versionOf = ({ recorded_at, box, ...row }: VersionRow): DatasetVersion => ({
  ...row,
  recordedAt: recorded_at,
  extent: box ? [box[0] ?? 0, box[1] ?? 0, box[2] ?? 0, box[3] ?? 0] : null,
});

function changeOf({ layer, id, geometry, properties }: Feature): VersionChange {
  const { change, version_before: before, version_after: now, ...own } = properties;
  return {
    ...{ layer, id, change: change as VersionChange['change'], properties: own },
    ...{ versionBefore: before as number | null, versionAfter: now as number | null },
    geometry: geometry ?? null,
  };
}
