/** Findings as rows of tables (CSV, GeoPackage), one for each finding, for lists of parcels. */
import { csvCell } from '../../formats/csv-cell.ts';
import type { Finding, ParcelCheck } from '../../wire/parcel-check.ts';

type Value = string | number | undefined;
type Column = readonly [
  name: string,
  type: 'TEXT' | 'REAL' | 'INTEGER',
  of: (finding: Finding, check: ParcelCheck) => Value,
];

const COLUMNS: readonly Column[] = [
  ['parcel_id', 'TEXT', (_, { parcel }) => parcel.id],
  ['parcel_area_m2', 'REAL', (_, { parcel }) => parcel.areaM2],
  ['rule', 'TEXT', ({ rule }) => rule],
  ['category', 'TEXT', ({ category }) => category],
  ['state', 'TEXT', ({ state }) => state],
  ['strength', 'TEXT', ({ strength }) => strength],
  ['reason_pl', 'TEXT', ({ reason }) => reason.pl],
  ['reason_en', 'TEXT', ({ reason }) => reason.en],
  ['area_m2', 'REAL', ({ measured }) => measured?.areaM2],
  ['area_error_m2', 'REAL', ({ measured }) => measured?.areaErrorM2],
  ['share', 'REAL', ({ measured }) => measured?.share],
  ['length_m', 'REAL', ({ measured }) => measured?.lengthM],
  ['distance_m', 'REAL', ({ measured }) => measured?.distanceM],
  ['distance_error_m', 'REAL', ({ measured }) => measured?.distanceErrorM],
  [
    'threshold',
    'TEXT',
    ({ threshold }) => threshold && `${threshold.must} ${threshold.value} ${threshold.unit}`,
  ],
  ['objects', 'TEXT', ({ objects }) => objects.join(' ')],
  ['act', 'TEXT', ({ law }) => law.act],
  ['unit', 'TEXT', ({ law }) => law.unit],
  ['valid_from', 'TEXT', ({ law }) => law.validFrom],
  ['valid_to', 'TEXT', ({ law }) => law.validTo],
  ['certainty', 'TEXT', ({ law }) => law.certainty],
  ['layer', 'TEXT', ({ source }) => source?.layer],
  ['dataset_version', 'INTEGER', ({ source }) => source?.version],
  ['dataset_date', 'TEXT', ({ source }) => source?.datasetDate],
  ['law_date', 'TEXT', (_, { asked }) => asked.lawDate],
  ['code', 'TEXT', (_, { code }) => code],
];

export const FINDING_COLUMNS = COLUMNS.map(([name, type]) => ({ name, type }));

export const findingRow = (finding: Finding, check: ParcelCheck): readonly Value[] =>
  COLUMNS.map(([, , of]) => of(finding, check));

/** As CSV (RFC 4180). */
export const CHECK_TABLE = {
  head: `${COLUMNS.map(([name]) => name).join(',')}\r\n`,
  /** All findings of a parcel. */
  rows: (check: ParcelCheck): string =>
    check.findings.map((finding) => `${findingRow(finding, check).map(csvCell).join(',')}\r\n`).join(''),
} as const;
