/** Zones of stored trips: CSV (also node.csv of GMNS), or a node file of TNTP. */
import type { StoredZone } from '../../analysis/traffic/city-facts.ts';
import { invalidParameter } from '../../errors.ts';
import { transformBetween } from '../../geo/crs.ts';
import { readCsv } from '../csv.ts';
import { tntpTable } from '../tntp/tntp-table.ts';
import { cellOf, neededCell, numberCell } from './read-cells.ts';

/** CRS of the city, in which zones are kept. */
const CITY_SRID = 2177;
const ID = ['zone_id', 'id', 'node', 'Node'] as const;
const EASTING = ['x_coord', 'easting', 'x', 'X', 'lon'] as const;
const NORTHING = ['y_coord', 'northing', 'y', 'Y', 'lat'] as const;
const IS_TRUE = /^(1|true|yes|tak)$/i;

/**
 * Columns `zone_id`, `x_coord` (easting, or longitude) and `y_coord`; if there are, `name` and `is_gate` (a road that leads
 * out of the city). Rows of node.csv without a zone are passed over.
 * @param srid of the coordinates
 * @throws TwinError invalid-parameter naming file and line
 */
export function readZones(text: string, file: string, srid: number): readonly StoredZone[] {
  const toCity = transformBetween(srid, CITY_SRID);
  const rows = readCsv(isOfTntp(text) ? tntpTable(text) : text, file);
  const known = new Map<string, number>();
  const zones = rows.flatMap((row): readonly StoredZone[] => {
    if (row.cells['zone_id'] !== undefined && row.cells['zone_id'].trim() === '') return [];
    const id = neededCell(row, file, ID);
    const before = known.get(id);
    if (before !== undefined) {
      throw invalidParameter(
        file,
        `${file}, line ${row.line}: zone "${id}" stands on line ${before} already`,
      );
    }
    known.set(id, row.line);
    const [e = 0, n = 0] = toCity([numberCell(row, file, EASTING), numberCell(row, file, NORTHING)]);
    const isGate = IS_TRUE.test(cellOf(row, ['is_gate', 'gate']) ?? '');
    return [{ id, name: cellOf(row, ['name']) ?? null, isGate, at: [e, n] }];
  });
  if (zones.length === 0) throw invalidParameter(file, `${file} has no zones`);
  return zones;
}

/** Columns stand apart by blanks, and lines end with a semicolon. */
const isOfTntp = (text: string): boolean => !/,/.test(text.split('\n', 1)[0] ?? '');
