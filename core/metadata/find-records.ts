/** Finding records: the filters, sorts and pages of all layers, over records held in memory, of which there are hundreds. */

import type { Language } from '../feature/layer.ts';
import { memorySource } from '../feature/memory-source.ts';
import type { FeatureQuery } from '../feature/query.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { RECORDS, recordFeature } from './record-queryables.ts';

export interface FoundRecords<One> {
  readonly records: readonly One[];
  /** Without paging. */
  readonly matched: number;
}

export async function findRecords<One extends { readonly record: MetadataRecord }>(
  records: readonly One[],
  query: Omit<FeatureQuery, 'layer'>,
  language: Language,
  signal: AbortSignal,
): Promise<FoundRecords<One>> {
  const byId = new Map(records.map((one) => [one.record.id, one]));
  const source = memorySource(
    [RECORDS],
    records.map(({ record }) => recordFeature(record, language)),
  );
  const asked = { ...query, layer: RECORDS.name };
  const found: One[] = [];
  for await (const { id } of source.query(asked, signal)) {
    const one = byId.get(id);
    if (one) found.push(one);
  }
  return { records: found, matched: await source.count(asked, signal) };
}
