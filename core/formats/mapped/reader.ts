import { notSupported } from '../../errors.ts';
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { LayerDeclaration, PropertyDeclaration } from '../../feature/layer.ts';
import { type Geometry, mapPositions, type Polygon } from '../../geo/geometry.ts';
import { signedArea } from '../../geo/plane.ts';
import { mainUse } from '../../plan/main-use.ts';
import type { FeatureMapping, MappedValue } from '../../wire/feature-mapping.ts';
import { geometrySchema } from '../../wire/geometry.ts';
import { geoJsonCrs } from '../geojson-crs.ts';
import { Notebook } from '../notebook.ts';
import type { FormatReader, LoadProblem, ProblemCode, ReadEvent, ReadOptions } from '../reader.ts';
import { mappedLayer } from './mapping.ts';

type Columns = Readonly<Record<string, unknown>>;

/**
 * GeoJSON of any shape as features of a planning layer. Positions are easting (longitude) first, as in every GeoJSON; the
 * CRS is that of the member `crs`, else the one given, else WGS 84 (RFC 7946). The whole file is held in memory.
 */
export function mappedGeoJson(mapping: FeatureMapping): FormatReader {
  return {
    name: 'mapped-geojson',
    recognises: () => true,
    read: (chunks, options) => readMapped(chunks, mapping, options),
  };
}

async function* readMapped(
  chunks: AsyncIterable<string>,
  mapping: FeatureMapping,
  options: ReadOptions,
): AsyncGenerator<ReadEvent> {
  const notes = new Notebook();
  const document = parsed(await joined(chunks));
  const { srid, said } = geoJsonCrs(document.crs, options.crs);
  notes.addOnce('axis', `Positions in ${said} (EPSG:${srid}) are read easting (longitude) first`);
  const layer = mappedLayer(mapping);
  const seen = new Set<string>();
  for (const [index, item] of document.features.entries()) {
    const columns = isRecord(item) && isRecord(item['properties']) ? item['properties'] : {};
    for (const name of Object.keys(columns)) seen.add(name);
    const made = featureOf(item, columns, mapping, layer);
    if ('code' in made)
      yield { kind: 'rejected', problem: { ...made, message: `Feature ${index + 1}: ${made.message}` } };
    else yield { kind: 'object', feature: made, srid, ended: false };
  }
  for (const column of columnsOf(mapping)) {
    if (!seen.has(column))
      notes.add(`column:${column}`, `No feature has the column "${column}" that the mapping names`);
  }
  yield* notes.events();
}

async function joined(chunks: AsyncIterable<string>): Promise<string> {
  const parts: string[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return parts.join('');
}

const isRecord = (value: unknown): value is Columns =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): { readonly features: readonly unknown[]; readonly crs: unknown } {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw notSupported(
      `The file is not JSON: ${error instanceof Error ? error.message : ''}; nothing was loaded`,
    );
  }
  const features = isRecord(document) ? document['features'] : undefined;
  if (!isRecord(document) || !Array.isArray(features)) {
    throw notSupported('The file is no GeoJSON FeatureCollection; nothing was loaded');
  }
  return { features, crs: document['crs'] };
}

function featureOf(
  item: unknown,
  columns: Columns,
  mapping: FeatureMapping,
  layer: LayerDeclaration,
): Feature | LoadProblem {
  const missing: string[] = [];
  const id = mapping.id.replaceAll(/\{([^}]+)\}/g, (_, column: string) => {
    const value = columns[column];
    if (value === undefined || value === null || value === '') missing.push(column);
    return String(value ?? '').trim();
  });
  const problem = (code: ProblemCode, message: string): LoadProblem => ({
    code,
    objectId: missing.length > 0 ? undefined : id,
    objectClass: undefined,
    message,
  });
  if (missing.length > 0) return problem('missing-id', `the id needs ${missing.join(', ')}, which is empty`);
  const geometry = isRecord(item) ? geometrySchema.safeParse(item['geometry']) : undefined;
  if (!geometry?.success) return problem('missing-geometry', 'it has no geometry that can be read');
  const properties: Record<string, PropertyValue> = {};
  for (const declaration of layer.properties) {
    const value = mapping.properties[declaration.name];
    const made = value === undefined ? null : mappedValue(value, columns, declaration);
    if (typeof made === 'object' && made !== null) return problem('invalid-value', made.fault);
    properties[declaration.name] = made;
  }
  return { layer: layer.name, id, geometry: flat(geometry.data as Geometry), properties };
}

/**
 * Heights are dropped: the plane is what a plan speaks of. Outer rings run counter-clockwise, so that a Shapefile, which
 * turns them, tells of no change.
 */
function flat(geometry: Geometry): Geometry {
  const plain = mapPositions(geometry, ([x, y]) => [x, y]);
  if (plain.type === 'Polygon') return { ...plain, coordinates: turned(plain.coordinates) };
  return plain.type === 'MultiPolygon' ? { ...plain, coordinates: plain.coordinates.map(turned) } : plain;
}

const turned = (rings: Polygon['coordinates']): Polygon['coordinates'] =>
  rings.map((ring, i) => {
    const area = signedArea(ring.map(([x, y]) => [x, y] as const));
    return area > 0 === (i === 0) ? ring : ring.toReversed();
  });

type Made = string | number | boolean | null | { readonly fault: string };

/** What a column becomes in a property; null where it is empty. */
export function mappedValue(value: MappedValue, columns: Columns, declaration: PropertyDeclaration): Made {
  if (typeof value === 'object' && 'value' in value) return value.value;
  const { column, codes, take } = typeof value === 'string' ? { column: value } : value;
  const written = columns[column];
  if (written === undefined || written === null || written === '') return null;
  const text = String(written).trim();
  const coded = codes && Object.hasOwn(codes, text) ? codes[text] : undefined;
  if (coded !== undefined) return coded;
  const taken = take === 'main-use' ? mainUse(text) : text;
  return taken === null
    ? { fault: `${column}: no known use begins "${text}"` }
    : typed(taken, column, declaration);
}

/** Numbers with a decimal comma or point, and a unit or percent sign behind them; days as 2026-01-31 or 31.01.2026. */
function typed(text: string, column: string, { type, codelist }: PropertyDeclaration): Made {
  if (type === 'number' || type === 'integer') {
    const number = /^([+-]?\d+(?:[.,]\d+)?)\s*(?:%|m|m²|m2|ha)?$/.exec(text)?.[1];
    return number === undefined
      ? { fault: `${column}: "${text}" is not a number` }
      : Number(number.replace(',', '.'));
  }
  if (type === 'date') {
    const [, day, month, year] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text) ?? [];
    if (year !== undefined) return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
    const iso = /^(\d{4})[-/](\d{2})[-/](\d{2})/.exec(text);
    return iso ? iso.slice(1, 4).join('-') : { fault: `${column}: "${text}" is not a day` };
  }
  if (type === 'boolean') {
    const known = {
      tak: true,
      true: true,
      '1': true,
      t: true,
      nie: false,
      false: false,
      '0': false,
      n: false,
    };
    return (
      known[text.toLowerCase() as keyof typeof known] ?? {
        fault: `${column}: "${text}" is neither yes nor no`,
      }
    );
  }
  if (codelist && !codelist.some(({ code }) => code === text)) {
    return {
      fault: `${column}: "${text}" is none of ${codelist.map(({ code }) => code).join(', ')}; name it in codes`,
    };
  }
  return text;
}

function columnsOf({ id, properties }: FeatureMapping): readonly string[] {
  const inId = [...id.matchAll(/\{([^}]+)\}/g)].map(([, column]) => column ?? '');
  const named = Object.values(properties).flatMap((value) =>
    typeof value === 'string' ? [value] : 'column' in value ? [value.column] : [],
  );
  return [...new Set([...inId, ...named])];
}
