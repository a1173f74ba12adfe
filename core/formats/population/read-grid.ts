/** Tables of a census grid: counts by cells of 1 km, each cell computed from its code. */
import { CENSUS_CELLS, CENSUS_COUNTS, densityOf } from '../../catalogue/census.ts';
import type { PropertyValue } from '../../feature/feature.ts';
import { propertyOf } from '../../feature/layer.ts';
import { bboxOf } from '../../geo/bbox.ts';
import { reproject } from '../../geo/crs.ts';
import type { Geometry } from '../../geo/geometry.ts';
import type { GridMapping, MappedValue } from '../../wire/feature-mapping.ts';
import { geometrySchema } from '../../wire/geometry.ts';
import { mappedValue } from '../mapped/mapped-value.ts';
import type { TableRow } from '../mapped/reader.ts';
import { Notebook } from '../notebook.ts';
import type { ReadEvent } from '../reader.ts';
import { GRID_CELL_M, GRID_SRID, type GridCell, gridCellOf, squareOf } from './grid-cell.ts';

/** How far a shape may reach over its cell: more than transformations and rounding of any file need. */
const SHAPE_TOLERANCE_M = 10;
/** Kept back: -9999 in the grids of Eurostat, signs in the tables of offices. */
const WITHHELD = ['-9999', '#', '*', 'c', '(c)', ':c', ': c'];
/** Not known, for no reason of secrecy. */
const UNKNOWN: ReadonlySet<string> = new Set(['.', ':']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;

type Counts = Readonly<Record<string, PropertyValue>>;

/**
 * Objects of `census_cells`, EPSG:3035. What cannot be read is rejected by its row and the day of the census. Where a row has
 * a shape that lies elsewhere, its code is believed and the difference is noted.
 */
export async function* readGrid(
  rows: AsyncIterable<TableRow>,
  mapping: GridMapping,
): AsyncGenerator<ReadEvent> {
  const notes = new Notebook();
  const markers = new Set([...WITHHELD, ...(mapping.withheld ?? [])]);
  let read = 0;
  for await (const row of rows) {
    read++;
    const day = dayOf(row, mapping);
    const where = day === undefined ? row.where : `${row.where}, as of ${day}`;
    const code = row.columns[mapping.place.cell];
    const cell = gridCellOf(String(code ?? ''));
    const made = 'fault' in cell ? codeFault(row, mapping, cell.fault) : countsOf(row, mapping, markers);
    const fault =
      typeof made === 'string' ? made : day === undefined ? 'counted_on: it holds no day' : undefined;
    if ('fault' in cell || typeof made === 'string' || fault !== undefined) {
      const objectId = 'fault' in cell ? undefined : cell.id;
      const code = 'fault' in cell ? 'missing-id' : 'invalid-value';
      const message = `${where}: ${fault}`;
      const line = row.line === undefined ? {} : { line: row.line };
      yield { kind: 'rejected', problem: { code, objectId, objectClass: undefined, message, ...line } };
      continue;
    }
    noteShape(notes, row, where, cell);
    noteSum(notes, where, cell, made);
    const properties = { ...made, counted_on: day ?? null };
    const feature = { layer: CENSUS_CELLS.name, id: cell.id, geometry: squareOf(cell), properties };
    yield { kind: 'object', feature, srid: GRID_SRID, ended: false };
  }
  yield* notes.events();
  const message = `${read} rows of a grid of ${GRID_CELL_M} m; its squares are computed from the codes of their cells (EPSG:${GRID_SRID})`;
  yield { kind: 'note', code: 'census-grid', message };
}

/** Undefined where the row holds none. */
function dayOf(row: TableRow, { properties }: GridMapping): string | undefined {
  const declaration = propertyOf(CENSUS_CELLS, 'counted_on');
  const made = declaration && mappedValue(properties.counted_on, row.columns, declaration);
  if (typeof made !== 'string' || !DAY.test(made)) return undefined;
  const moment = new Date(made);
  // 31 February is read as a day of March.
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(made) ? made : undefined;
}

function codeFault({ columns }: TableRow, { place }: GridMapping, fault: string): string {
  if (columns[place.cell] !== undefined) return fault;
  return `there is no column "${place.cell}", which the mapping names; there are ${Object.keys(columns).slice(0, 40).join(', ')}`;
}

/** The counts of a row, null where they are not known or kept back, or what is wrong with them. */
function countsOf(
  { columns }: TableRow,
  { properties }: GridMapping,
  markers: ReadonlySet<string>,
): Counts | string {
  const counts: Record<string, number | null> = {};
  const withheld: string[] = [];
  for (const declaration of CENSUS_COUNTS) {
    const { name } = declaration;
    const value = properties[name as keyof GridMapping['properties']];
    const sign = value === undefined ? undefined : signIn(columns, value);
    const isSecret = sign !== undefined && markers.has(sign);
    if (isSecret) withheld.push(name);
    const isKnown = value !== undefined && !isSecret && !(sign !== undefined && UNKNOWN.has(sign));
    const made = isKnown ? mappedValue(value, columns, declaration) : null;
    if (typeof made === 'object' && made !== null) return made.fault;
    if (made !== null && (typeof made !== 'number' || made < 0 || !Number.isInteger(made))) {
      return `${name}: ${made} is no count of people`;
    }
    counts[name] = made;
  }
  const density = densityOf(counts['residents'] ?? null);
  return { ...counts, density, withheld: withheld.length === 0 ? null : withheld.join(', ') };
}

/** What stands in the column, where it may be a sign: not where the mapping says itself what becomes of it. */
function signIn(columns: TableRow['columns'], value: MappedValue): string | undefined {
  const column = typeof value === 'string' ? value : 'column' in value ? value.column : undefined;
  if (column === undefined) return undefined;
  const text = String(columns[column] ?? '').trim();
  if (typeof value === 'object' && 'codes' in value && value.codes && Object.hasOwn(value.codes, text)) {
    return undefined;
  }
  return text;
}

function noteShape(notes: Notebook, row: TableRow, where: string, cell: GridCell): void {
  if (row.geometry === undefined || row.geometry === null) return;
  const shape = geometrySchema.safeParse(row.geometry);
  const box = shape.success && bboxOf(reproject(shape.data as Geometry, row.srid, GRID_SRID), GRID_SRID);
  if (!box) return;
  const over = Math.max(
    ...[cell.minE - box.minX, cell.minN - box.minY],
    ...[box.maxX - cell.minE - GRID_CELL_M, box.maxY - cell.minN - GRID_CELL_M],
  );
  if (over <= SHAPE_TOLERANCE_M) return;
  notes.add(
    'cell-not-at-its-code',
    `${where}: the shape of ${cell.id} lies ${Math.round(over)} m outside the square of its code; the code was believed`,
  );
}

/** Offices change small counts a little to keep people from being told apart: parts need not add up. */
function noteSum(notes: Notebook, where: string, cell: GridCell, counts: Counts): void {
  const total = counts['residents'];
  for (const parts of [
    ['age_0_14', 'age_15_64', 'age_65_plus'],
    ['men', 'women'],
  ]) {
    const values = parts.map((name) => counts[name]);
    if (typeof total !== 'number' || !values.every((each) => typeof each === 'number')) continue;
    const sum = values.reduce((all, each) => all + each, 0);
    if (sum === total) continue;
    notes.add(
      `sum:${parts.join('+')}`,
      `${where}: ${parts.join(' + ')} of ${cell.id} are ${sum}, its residents ${total}; both are kept as the office gives them`,
    );
  }
}
