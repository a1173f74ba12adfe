/** The truth of a demo city as files that any program reads: units in the names, the same seed gives the same bytes. */
import type { ParcelConstraint } from './layers/parcel-constraint.ts';
import { type DemoTruth, RESIDENT_SUMS } from './truth.ts';

/** Which areas limit each parcel: comma-separated, one row for each parcel and area. */
export const CONSTRAINTS_FILE = 'constraints.csv';
export const CONSTRAINTS_HEAD = 'parcel_id,layer,zone_id,area_m2\n';

export const constraintLine = ({ parcelId, layer, zoneId, areaM2 }: ParcelConstraint): string =>
  `${parcelId},${layer},${zoneId},${exact(areaM2)}\n`;

export interface TruthDocument {
  readonly name: string;
  readonly text: string;
}

/** All files beside the constraints. None of their values holds a comma or a quotation mark. */
export function truthDocuments(about: { size: string; seed: number }, truth: DemoTruth): TruthDocument[] {
  const { counts, defects, networks, outlineAreaM2, parcelsAreaM2, precincts } = truth;
  const summary = {
    ...about,
    synthetic: true,
    crs: 'EPSG:2177',
    outlineAreaM2: exact(outlineAreaM2),
    parcelsAreaM2: exact(parcelsAreaM2),
    counts,
    files: {
      [CONSTRAINTS_FILE]:
        'areas that limit each parcel, with square metres (dikes: with the 50 m along them), before planted faults',
      'precincts.csv': 'parcels, buildings, square metres and residents of each precinct',
      'networks.csv': 'number and length of utility lines of each kind',
      'defects.jsonl': 'faults planted on purpose, one JSON object a line: ids, the object at fault first',
    },
  };
  return [
    { name: 'truth.json', text: `${JSON.stringify(summary, undefined, 2)}\n` },
    {
      name: 'precincts.csv',
      text: table(
        ['precinct_id', 'parcels', 'buildings', 'area_m2', ...RESIDENT_SUMS],
        precincts.map(({ precinctId, parcels, buildings, areaM2, residents }) => [
          precinctId,
          parcels,
          buildings,
          exact(areaM2),
          ...RESIDENT_SUMS.map((name) => residents[name]),
        ]),
      ),
    },
    {
      name: 'networks.csv',
      text: table(
        ['network', 'line_type', 'role', 'course', 'lines', 'length_m'],
        networks.map(({ network, lineType, role, course, lines, lengthM }) => [
          network,
          lineType ?? '',
          role,
          course,
          lines,
          Math.round(lengthM * 100) / 100,
        ]),
      ),
    },
    { name: 'defects.jsonl', text: defects.map((defect) => `${JSON.stringify(defect)}\n`).join('') },
  ];
}

/** Half a square centimetre is the smallest area that corners in whole centimetres can differ by. */
const exact = (areaM2: number): number => Math.round(areaM2 * 1e5) / 1e5;

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, ...rows].map((row) => `${row.join(',')}\n`).join('');
