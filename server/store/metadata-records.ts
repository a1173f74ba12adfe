import { conflict, notFound, notSupported } from '../../core/errors.ts';
import { layerRecord, type MetadataRecord, withUpkeep } from '../../core/metadata/metadata-record.ts';
import { requireRight } from '../access/require-right.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { MetadataCatalogue, MetadataChange } from '../services/metadata.ts';
import type { Connection } from './connection.ts';
import { layerQuality } from './layer-quality.ts';
import type { Pool } from './pool.ts';
import { sayWho } from './say-who.ts';
import { sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

interface RecordRow {
  readonly xml: string;
  readonly record: Omit<MetadataRecord, 'date'> & { readonly date?: string };
}

/** @param pool of the owner: the role of public requests does not see who handed something in */
export function storeMetadata(pool: Pool, catalogue: Catalogue): MetadataCatalogue {
  const qualityOf = layerQuality(pool);
  return {
    async records(view, signal) {
      const layers = await catalogue.layers(view);
      const now = new Date();
      const ours = await Promise.all(
        layers.map(async (layer) => {
          const status = await catalogue.status(layer.name, view);
          const record = withUpkeep(layerRecord(layer, status, layer.srid), layer, status, now);
          // Values of another moment or of a scenario are not counted.
          const isPresent = view.at === undefined && view.scenario === undefined;
          const quality = isPresent ? await qualityOf(layer, status) : {};
          return { record: { ...record, quality: { ...record.quality, ...quality } }, xml: undefined };
        }),
      );
      const rows = await pool.read<RecordRow>(
        sql`select xml, record from twin.metadata_record order by id`,
        signal,
      );
      const others = rows.map(({ xml, record: { date, ...record } }) => ({
        xml,
        record: { ...record, date: date === undefined ? undefined : new Date(date) } as MetadataRecord,
      }));
      return [...ours, ...others].toSorted((a, b) => (a.record.id < b.record.id ? -1 : 1));
    },

    async apply(changes, who) {
      requireRight(who, 'describe');
      const layers = await catalogue.layers({ who });
      const ours = new Set(layers.map(({ name }) => `blizniak:${name}`));
      await inTransaction(pool, async (connection) => {
        await sayWho(connection, who);
        for (const change of changes) {
          const id = change.op === 'delete' ? change.id : change.record.id;
          if (ours.has(id)) {
            throw notSupported(
              `${id} is a layer of the twin and tells of itself; load the layer anew to change it`,
            );
          }
          await applyOne(connection, change, who.who);
        }
      });
    },
  };
}

async function applyOne(connection: Connection, change: MetadataChange, who: string): Promise<void> {
  if (change.op === 'delete') {
    const gone = await connection.run(
      sql`delete from twin.metadata_record where id = ${change.id}::text returning id`,
    );
    if (gone.length === 0) throw notFound(`There is no record "${change.id.slice(0, 200)}"`, 'id');
    return;
  }
  const { record, xml } = change;
  const values = sql`${record.id}::text, ${xml}::text, ${JSON.stringify(record)}::jsonb, ${who}::text`;
  const kept =
    change.op === 'insert'
      ? sql`insert into twin.metadata_record (id, xml, record, changed_by) values (${values})
          on conflict do nothing returning id`
      : sql`update twin.metadata_record set (id, xml, record, changed_by, changed_at) = (${values}, clock_timestamp())
          where id = ${record.id}::text returning id`;
  const rows = await connection.run(kept);
  if (rows.length > 0) return;
  throw change.op === 'insert'
    ? conflict(`There is a record "${record.id.slice(0, 200)}" already; send Update`, 'fileIdentifier')
    : notFound(`There is no record "${record.id.slice(0, 200)}"; send Insert`, 'fileIdentifier');
}
