/** Rows of any table with shapes as features of a layer of the catalogue, one at a time. */
import { notSupported } from '../../errors.ts';
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { LayerDeclaration } from '../../feature/layer.ts';
import type { CrsReference } from '../../geo/crs.ts';
import { type Geometry, mapPositions } from '../../geo/geometry.ts';
import type { FeatureMapping } from '../../wire/feature-mapping.ts';
import { geometrySchema } from '../../wire/geometry.ts';
import { oriented } from '../coordinate-text.ts';
import { geoJsonCrs } from '../geojson-crs.ts';
import { Notebook } from '../notebook.ts';
import type { LoadProblem, ProblemCode, ReadEvent } from '../reader.ts';
import { isRecord, jsonFeatures, type Members } from './json-features.ts';
import { isEmpty, mappedValue } from './mapped-value.ts';
import { mappableLayer } from './mapping.ts';

/** A row of a table. */
export interface TableRow {
  /** Where it stands, for messages: `Feature 12`, `Line 13`. */
  readonly where: string;
  /** 1-based, of a table of lines. */
  readonly line?: number;
  readonly columns: Members;
  /** As in GeoJSON, easting (longitude) first; undefined where there is none. */
  readonly geometry: unknown;
  readonly srid: number;
  /** The CRS in the words of whoever said it. */
  readonly crs: string;
}

/**
 * The features of a GeoJSON as rows. Their CRS is that of the member `crs`, else the one given, else WGS 84 (RFC 7946); the id
 * of a feature is its column `id` where it has no other.
 * @throws TwinError not-supported for what is no such file, or names its CRS too late
 */
export async function* rowsOfGeoJson(
  chunks: AsyncIterable<string>,
  given: CrsReference | undefined,
): AsyncGenerator<TableRow> {
  let known: { readonly of: unknown; readonly srid: number; readonly said: string } | undefined;
  const features = jsonFeatures(chunks);
  for (;;) {
    const next = await features.next();
    if (next.done === true) {
      const { crsBehind } = next.value;
      if (crsBehind === undefined || known === undefined) return;
      if (geoJsonCrs(crsBehind, given).srid === known.srid) return;
      throw notSupported(
        'The file names its CRS behind its features, when they have been read as WGS 84 or in the CRS given; give that CRS with the file. Nothing was loaded',
      );
    }
    const { number, item, crs } = next.value;
    if (known === undefined || known.of !== crs) known = { of: crs, ...geoJsonCrs(crs, given) };
    const properties = isRecord(item['properties']) ? item['properties'] : {};
    const columns =
      item['id'] === undefined || 'id' in properties ? properties : { ...properties, id: item['id'] };
    const { srid, said } = known;
    yield { where: `Feature ${number}`, columns, geometry: item['geometry'], srid, crs: said };
  }
}

/** Rows by a mapping. What cannot be read is rejected by its place; what the whole table shows is noted at the end. */
export async function* mappedRows(
  rows: AsyncIterable<TableRow>,
  mapping: FeatureMapping,
): AsyncGenerator<ReadEvent> {
  const notes = new Notebook();
  const layer = mappableLayer(mapping.layer);
  const used = columnsOf(mapping);
  const seen = new Set<string>();
  let count = 0;
  for await (const row of rows) {
    count++;
    notes.addOnce(
      `axis:${row.crs}`,
      `Positions in ${row.crs} (EPSG:${row.srid}) are read easting (longitude) first`,
    );
    for (const name in row.columns) seen.add(name);
    const made = featureOf(row, mapping, layer);
    if ('code' in made) yield { kind: 'rejected', problem: made };
    else yield { kind: 'object', feature: made, srid: row.srid, ended: false };
  }
  for (const column of count === 0 ? [] : used) {
    if (!seen.has(column))
      notes.add(`column:${column}`, `No row has the column "${column}" that the mapping names`);
  }
  const unused = [...seen].filter((column) => !used.has(column));
  if (unused.length > 0) {
    notes.add(
      'columns-unused',
      `Columns that the mapping does not name: ${unused.slice(0, SHOWN).join(', ')}${unused.length > SHOWN ? ' …' : ''}`,
    );
  }
  yield* notes.events();
}

const SHOWN = 40;

function featureOf(row: TableRow, mapping: FeatureMapping, layer: LayerDeclaration): Feature | LoadProblem {
  const { columns } = row;
  const missing: string[] = [];
  const id = mapping.id.replaceAll(IN_BRACES, (_, column: string) => {
    const value = columns[column];
    if (isEmpty(value)) missing.push(column);
    return String(value ?? '').trim();
  });
  const problem = (code: ProblemCode, message: string): LoadProblem => ({
    code,
    objectId: missing.length > 0 ? undefined : id,
    objectClass: undefined,
    message: `${row.where}: ${message}`,
    ...(row.line !== undefined && { line: row.line }),
  });
  if (missing.length > 0) return problem('missing-id', `the id needs ${missing.join(', ')}, which is empty`);
  const geometry = geometrySchema.safeParse(row.geometry);
  if (!geometry.success) return problem('missing-geometry', 'it has no geometry that can be read');
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
 * Heights are dropped, since the layers lie in the plane. Outer rings run counter-clockwise, so that a Shapefile, which
 * turns them, tells of no change.
 */
const flat = (geometry: Geometry): Geometry => oriented(mapPositions(geometry, ([x, y]) => [x, y]));

const IN_BRACES = /\{([^}]+)\}/g;

/** Columns that a mapping names, without those of the geometry. */
function columnsOf({ id, properties }: FeatureMapping): ReadonlySet<string> {
  const inId = [...id.matchAll(IN_BRACES)].map(([, column]) => column ?? '');
  const named = Object.values(properties).flatMap((value) => {
    if (typeof value === 'string') return [value];
    if ('join' in value) return value.join;
    return 'column' in value ? [value.column] : [];
  });
  return new Set([...inId, ...named]);
}
