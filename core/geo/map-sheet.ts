/**
 * Sheets of maps in PL-2000 (rozporządzenie w sprawie państwowego systemu odniesień przestrzennych, Dz.U. 2012 poz. 1247
 * as amended): 1:10 000 of 8 km by 5 km is `zone.row.column`, 1:5000 a quarter of it (1–4), 1:2000 its 25th part (01–25),
 * 1:1000 a quarter of that (1–4), 1:500 a quarter again. Parts are counted by rows from the upper left.
 */
import { invalidParameter } from '../errors.ts';

/** Easting and northing in metres, with the digit of the zone. */
export interface SheetBox {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  /** EPSG code of its zone. */
  readonly srid: number;
}

const FORM = /^([5-8])\.(\d{1,3})\.(\d{1,2})(?:\.([1-4])|\.(\d{2})(?:\.([1-4])(?:\.([1-4]))?)?)?$/;
const [FIRST_NORTHING_M, FIRST_EASTING_M] = [4_920_000, 332_000];
const [SHEET_WIDTH_M, SHEET_HEIGHT_M] = [8_000, 5_000];
/** 2176 is zone 5. */
const SRID_OF_ZONE_0 = 2171;

/** @throws TwinError invalid-parameter for what is no name of a sheet */
export function mapSheet(name: string): SheetBox {
  const [, zone, row, column, quarterOfAll, ...parts] = FORM.exec(name.trim()) ?? [];
  const twentyFifth = parts[0] === undefined ? undefined : Number(parts[0]);
  if (zone === undefined || (twentyFifth !== undefined && (twentyFifth < 1 || twentyFifth > 25))) {
    throw invalidParameter(
      'area.name',
      `"${name.slice(0, 50)}" is no sheet of PL-2000; 6.177.11 is one of 1:10 000, 6.177.11.3 of 1:5000, 6.177.11.17 of 1:2000, 6.177.11.17.2 of 1:1000, 6.177.11.17.2.3 of 1:500`,
    );
  }
  const left = Number(zone) * 1_000_000 + FIRST_EASTING_M + Number(column) * SHEET_WIDTH_M;
  const bottom = FIRST_NORTHING_M + Number(row) * SHEET_HEIGHT_M;
  let box = [left, bottom, left + SHEET_WIDTH_M, bottom + SHEET_HEIGHT_M] as const;
  const take = (part: number, perSide: number) => {
    const [minX, minY, maxX, maxY] = box;
    const [width, height] = [(maxX - minX) / perSide, (maxY - minY) / perSide];
    const x = minX + ((part - 1) % perSide) * width;
    const y = maxY - (Math.floor((part - 1) / perSide) + 1) * height;
    box = [x, y, x + width, y + height];
  };
  if (quarterOfAll !== undefined) take(Number(quarterOfAll), 2);
  if (twentyFifth !== undefined) take(twentyFifth, 5);
  for (const quarter of parts.slice(1)) if (quarter !== undefined) take(Number(quarter), 2);
  const [minX, minY, maxX, maxY] = box;
  return { minX, minY, maxX, maxY, srid: SRID_OF_ZONE_0 + Number(zone) };
}
