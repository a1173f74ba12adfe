/** Finding records: the filters, sorts and pages of all layers, over records held in memory, of which there are hundreds. */

import type { Language } from '../../../core/feature/layer.ts';
import { memorySource } from '../../../core/feature/memory-source.ts';
import type { FeatureQuery } from '../../../core/feature/query.ts';
import { RECORDS, recordFeature } from '../../../core/metadata/record-queryables.ts';
import type { CatalogueRecord } from '../../services/metadata.ts';

export interface FoundRecords {
  readonly records: readonly CatalogueRecord[];
  /** Without paging. */
  readonly matched: number;
}

export async function findRecords(
  records: readonly CatalogueRecord[],
  query: Omit<FeatureQuery, 'layer'>,
  language: Language,
  signal: AbortSignal,
): Promise<FoundRecords> {
  const byId = new Map(records.map((one) => [one.record.id, one]));
  const source = memorySource(
    [RECORDS],
    records.map(({ record }) => recordFeature(record, language)),
  );
  const asked = { ...query, layer: RECORDS.name };
  const found: CatalogueRecord[] = [];
  for await (const { id } of source.query(asked, signal)) {
    const one = byId.get(id);
    if (one) found.push(one);
  }
  return { records: found, matched: await source.count(asked, signal) };
}
