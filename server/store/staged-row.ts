/** From a feature of a reader to a line of the staging table, or the reason why it cannot be one. */
import { hash } from 'node:crypto';
import { TwinError } from '../../core/errors.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer, PropertyDeclaration } from '../../core/feature/layer.ts';
import type { Literal } from '../../core/filter/ast.ts';
import { typedLiteral } from '../../core/filter/typed-literal.ts';
import type { LoadProblem, ProblemCode } from '../../core/formats/reader.ts';
import { crsOf, reproject } from '../../core/geo/crs.ts';
import { type Geometry, mapPositions, positionsOf } from '../../core/geo/geometry.ts';
import { asType, structuralFault } from '../../core/geo/structure.ts';
import { writeEwkb } from '../../core/geo/wkb.ts';

/** Clocks and time zones of registers may be ahead of ours by this much. */
const FUTURE_TOLERANCE_MS = 24 * 3_600_000;
const INT4_LIMIT = 2 ** 31;

export interface StagedRow {
  /** In the order of `stagingColumns`; null is absence. */
  readonly values: readonly (string | null)[];
}

/** Columns of the staging table, before the properties. */
export const STAGING_HEAD = ['seq', 'id', 'geom', 'is_ended', 'content_hash'] as const;

/**
 * Checks everything that can be seen without the database and writes the values.
 * @param seq position in the file, from 1
 */
export function stageRow(
  feature: Feature,
  layer: Layer,
  source: { readonly seq: number; readonly srid: number; readonly ended: boolean },
  now: Date,
): StagedRow | LoadProblem {
  const problem = (code: ProblemCode, message: string): LoadProblem => ({
    code,
    objectId: feature.id === '' ? undefined : feature.id,
    objectClass: undefined,
    message,
  });
  if (feature.id === '') return problem('missing-id', `An object of ${layer.name} has no identifier`);
  if (feature.id.includes('\0')) return problem('invalid-value', 'The identifier holds a NUL character');
  if (!feature.geometry) return problem('missing-geometry', 'The object has no geometry');

  const geometry = storedGeometry(feature.geometry, layer, source.srid);
  if (typeof geometry === 'string') return problem('invalid-geometry', geometry);

  const values: Literal[] = [];
  for (const property of layer.properties) {
    const value = storedValue(property, feature.properties[property.name] ?? null);
    if (typeof value === 'object' && value !== null) return problem('invalid-value', value.fault);
    if (isFuture(property, value, now)) {
      return problem('future-date', `${property.name} lies in the future: ${value}`);
    }
    values.push(value);
  }
  const ewkb = Buffer.from(writeEwkb(geometry, layer.srid).buffer);
  const content = contentHash(ewkb, layer.properties, values);
  return {
    values: [
      String(source.seq),
      feature.id,
      ewkb.toString('hex'),
      String(source.ended),
      content,
      ...values.map((value) => (value === null ? null : String(value))),
    ],
  };
}

/** The geometry as the table takes it, or what is wrong with it. */
function storedGeometry(geometry: Geometry, layer: Layer, srid: number): Geometry | string {
  const typed = asType(geometry, layer.geometryType);
  if (!typed) return `the layer ${layer.name} takes ${layer.geometryType}, this is a ${geometry.type}`;
  const before = structuralFault(typed);
  if (before) return before;
  const beyond = beyondDegrees(typed, srid);
  if (beyond !== undefined) return beyond;
  const moved = withDimension(reproject(typed, srid, layer.srid), layer.dimension);
  if (typeof moved === 'string') return moved;
  const after = structuralFault(moved);
  return after ? `outside the domain of EPSG:${layer.srid}: ${after}` : moved;
}

/** Metres under the name of a CRS of degrees would be reprojected to a place far from the Earth. */
function beyondDegrees(geometry: Geometry, srid: number): string | undefined {
  if (crsOf(srid).unit !== 'degree') return undefined;
  for (const [lon = 0, lat = 0] of positionsOf(geometry)) {
    if (Math.abs(lon) <= 360 && Math.abs(lat) <= 90) continue;
    return `the position ${lon} ${lat} is none in degrees, as EPSG:${srid} wants them: the file is in another CRS, which must be given, or its axes are swapped`;
  }
  return undefined;
}

function withDimension(geometry: Geometry, dimension: 2 | 3): Geometry | string {
  if (dimension === 2) return mapPositions(geometry, ([x, y]) => [x, y]);
  for (const position of positionsOf(geometry)) {
    if (position.length < 3) return `a position has no height: ${position[0]} ${position[1]}`;
  }
  return geometry;
}

interface Fault {
  readonly fault: string;
}

function storedValue(property: PropertyDeclaration, raw: Literal): Literal | Fault {
  try {
    const value = typedLiteral(property, raw);
    if (typeof value === 'string' && value.includes('\0')) {
      return { fault: `${property.name} holds a NUL character` };
    }
    const isInt4 = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < INT4_LIMIT;
    if (property.type === 'integer' && value !== null && !isInt4) {
      return { fault: `${property.name} must be a whole number, got ${value}` };
    }
    if (property.least !== undefined && typeof value === 'number' && value < property.least) {
      return { fault: `${property.name} must be ${property.least} or more, got ${value}` };
    }
    return value;
  } catch (error) {
    if (error instanceof TwinError) return { fault: error.message };
    throw error;
  }
}

/** Names of dates of what has begun, was seen, measured or decided. */
const HAS_HAPPENED =
  /_since$|^last_|^(?:surveyed|measured|counted|recorded|checked|documented|accepted|adopted|applied|decided)_on$|(?:^|_)map_date$/;

/** Names of years in which something was made. */
const IS_YEAR_OF_THE_PAST = /^(?:built|planted|map)_year$/;

/** When a register says that something began or was done, it cannot be in the future. */
function isFuture(property: PropertyDeclaration, value: Literal, now: Date): boolean {
  if (property.type === 'integer' && IS_YEAR_OF_THE_PAST.test(property.name)) {
    const thisYear = new Date(now.getTime() + FUTURE_TOLERANCE_MS).getUTCFullYear();
    return typeof value === 'number' && value > thisYear;
  }
  if (property.type !== 'datetime' && property.type !== 'date') return false;
  // An act that is published comes into force later.
  if (property.name === 'in_force_since') return false;
  if (!HAS_HAPPENED.test(property.name) || typeof value !== 'string') return false;
  return Date.parse(value) > now.getTime() + FUTURE_TOLERANCE_MS;
}

/**
 * Tells whether an object is the same as the one stored. Absent values do not count, so that a column added
 * later does not make every object look changed.
 */
function contentHash(
  ewkb: Uint8Array,
  properties: readonly PropertyDeclaration[],
  values: readonly Literal[],
): string {
  const given: (readonly [string, Literal])[] = [];
  for (const index of byName(properties)) {
    const value = values[index] ?? null;
    if (value !== null) given.push([properties[index]?.name ?? '', value]);
  }
  return hash('md5', Buffer.concat([ewkb, Buffer.from(JSON.stringify(given))]), 'hex');
}

const orders = new WeakMap<readonly PropertyDeclaration[], readonly number[]>();

/** The places of properties in the order of their names. */
function byName(properties: readonly PropertyDeclaration[]): readonly number[] {
  const known = orders.get(properties);
  if (known) return known;
  const order = properties
    .map(({ name }, index) => [name, index] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, index]) => index);
  orders.set(properties, order);
  return order;
}

/** A line of COPY in text format. */
export function copyLine({ values }: StagedRow): string {
  return `${values.map((value) => (value === null ? '\\N' : escapeCopy(value))).join('\t')}\n`;
}

const COPY_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const escapeCopy = (text: string): string =>
  text.replace(/[\\\n\r\t]/g, (character) => COPY_ESCAPES[character] ?? character);
