/** Findings as rows of a CSV (RFC 4180), one for each finding, for lists of parcels. */
import type { Finding, ParcelCheck } from '../../wire/parcel-check.ts';

const COLUMNS: readonly (readonly [name: string, of: (finding: Finding, check: ParcelCheck) => unknown])[] = [
  ['parcel_id', (_, { parcel }) => parcel.id],
  ['parcel_area_m2', (_, { parcel }) => parcel.areaM2],
  ['rule', ({ rule }) => rule],
  ['category', ({ category }) => category],
  ['state', ({ state }) => state],
  ['strength', ({ strength }) => strength],
  ['reason_pl', ({ reason }) => reason.pl],
  ['reason_en', ({ reason }) => reason.en],
  ['area_m2', ({ measured }) => measured?.areaM2],
  ['area_error_m2', ({ measured }) => measured?.areaErrorM2],
  ['share', ({ measured }) => measured?.share],
  ['length_m', ({ measured }) => measured?.lengthM],
  ['distance_m', ({ measured }) => measured?.distanceM],
  ['distance_error_m', ({ measured }) => measured?.distanceErrorM],
  ['threshold', ({ threshold }) => threshold && `${threshold.must} ${threshold.value} ${threshold.unit}`],
  ['objects', ({ objects }) => objects.join(' ')],
  ['act', ({ law }) => law.act],
  ['unit', ({ law }) => law.unit],
  ['valid_from', ({ law }) => law.validFrom],
  ['valid_to', ({ law }) => law.validTo],
  ['certainty', ({ law }) => law.certainty],
  ['layer', ({ source }) => source?.layer],
  ['dataset_version', ({ source }) => source?.version],
  ['dataset_date', ({ source }) => source?.datasetDate],
  ['law_date', (_, { asked }) => asked.lawDate],
  ['code', (_, { code }) => code],
];

export interface CheckTable {
  readonly head: string;
  /** All findings of a parcel. */
  rows(check: ParcelCheck): string;
}

export const checkTable = (): CheckTable => ({
  head: `${COLUMNS.map(([name]) => name).join(',')}\r\n`,
  rows: (check) =>
    check.findings
      .map((finding) => `${COLUMNS.map(([, of]) => cell(of(finding, check))).join(',')}\r\n`)
      .join(''),
});

function cell(value: unknown): string {
  const text = value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
