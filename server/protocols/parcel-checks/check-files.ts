/** Checks as files: rows for tables, layers for GIS programs. */
import { CHECK_TABLE, FINDING_COLUMNS, findingRow } from '../../../core/analysis/parcel-check/check-table.ts';
import { csvCell } from '../../../core/formats/csv-cell.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import { geometrySchema } from '../../../core/wire/geometry.ts';
import { type ChecksReply, FINDING_STATES } from '../../../core/wire/parcel-check.ts';
import type { GeoPackageLayer, GeoPackageRow } from '../../services/geo-packages.ts';
import { meantBy } from '../../services/parcel-checks.ts';

/** In the place of a state or a code. */
const UNKNOWN = 'unknown-parcel';

/** One row for each finding; ids that are no parcels are rows of their own, so that none gets lost. */
export function checksCsv({ checks, unknown }: ChecksReply): string {
  const missing = unknown.map((each) => {
    const said: Readonly<Record<string, string>> = {
      parcel_id: each.id,
      state: UNKNOWN,
      reason_pl: meantBy(each).pl,
      reason_en: meantBy(each).en,
    };
    return `${FINDING_COLUMNS.map(({ name }) => csvCell(said[name])).join(',')}\r\n`;
  });
  return [CHECK_TABLE.head, ...checks.map(CHECK_TABLE.rows), ...missing].join('');
}

const CITY_SRID = 2177;
const COUNTED = FINDING_STATES.map((state) => ({ name: state.replaceAll('-', '_'), state }));

/**
 * Parcels with how many findings there are of each state, and the findings with the places of conflicts.
 * @param outlines of parcels and areas by id
 */
export function checksLayers(
  { checks, unknown }: ChecksReply,
  outlines: ReadonlyMap<string, Geometry>,
): readonly GeoPackageLayer[] {
  return [
    {
      name: 'parcels',
      title: 'parcels',
      geometryType: 'GEOMETRY',
      srid: CITY_SRID,
      columns: [
        { name: 'parcel_id', type: 'TEXT' },
        { name: 'area_m2', type: 'REAL' },
        { name: 'area_error_m2', type: 'REAL' },
        ...COUNTED.map(({ name }) => ({ name, type: 'INTEGER' as const })),
        { name: 'law_date', type: 'TEXT' },
        { name: 'code', type: 'TEXT' },
        { name: 'meant', type: 'TEXT' },
      ],
      rows: [
        ...checks.map(({ parcel, findings, asked, code }): GeoPackageRow => {
          const counts = COUNTED.map(({ state }) => findings.filter((each) => each.state === state).length);
          const values = [parcel.id, parcel.areaM2, parcel.areaErrorM2, ...counts, asked.lawDate, code, null];
          return { geometry: outlines.get(parcel.id), values };
        }),
        ...unknown.map((each): GeoPackageRow => {
          const meant = (each.successors.length > 0 ? each.successors : each.suggestions).join(' ');
          return {
            geometry: undefined,
            values: [each.id, null, null, ...COUNTED.map(() => null), null, UNKNOWN, meant || null],
          };
        }),
      ],
    },
    {
      name: 'findings',
      title: 'findings',
      geometryType: 'GEOMETRY',
      srid: CITY_SRID,
      columns: FINDING_COLUMNS,
      rows: findingRows(checks),
    },
  ];
}

function* findingRows(checks: ChecksReply['checks']): Generator<GeoPackageRow> {
  for (const check of checks) {
    for (const finding of check.findings) {
      const shape = geometrySchema.safeParse(finding.geometry);
      yield {
        geometry: shape.success ? (shape.data as Geometry) : undefined,
        values: findingRow(finding, check).map((value) => value ?? null),
      };
    }
  }
}
