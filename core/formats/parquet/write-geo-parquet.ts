/** GeoParquet 1.1 (geoparquet.org): a table by columns, geometry as WKB beside its box. */
import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { Layer, PropertyType } from '../../feature/layer.ts';
import { batchesOf, type FeatureStream } from '../../feature/source.ts';
import { projJsonOf } from '../../geo/crs-projjson.ts';
import { type Geometry, positionsOf } from '../../geo/geometry.ts';
import type { HeightSystem } from '../../geo/height-systems.ts';
import { writeWkb } from '../../geo/wkb.ts';
import { oriented } from '../coordinate-text.ts';

/** Rows are searched by groups of so many. */
const GROUP_ROWS = 10_000;
const BOX_EDGES = {
  2: ['xmin', 'ymin', 'xmax', 'ymax'],
  3: ['xmin', 'ymin', 'zmin', 'xmax', 'ymax', 'zmax'],
};

type Box = Readonly<Record<string, number>>;

/**
 * The features of a layer, easting (longitude) first whatever its CRS says; one group of rows is held at a time.
 * @param note what the file says of itself and of its use, a line each: `note` among its metadata
 * There must be at least one: readers in Rust refuse how the library writes a table of nothing.
 */
export async function* writeGeoParquet(
  features: FeatureStream,
  layer: Layer,
  srid: number,
  heights: HeightSystem,
  note: readonly string[] = [],
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter(1024 * 1024);
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(layer), createdBy: 'Blizniak' });
  const seen = { types: new Set<string>(), box: undefined as Box | undefined };
  const take = (): Uint8Array => {
    const taken = bytes.getBytes().slice();
    bytes.index = 0;
    return taken;
  };
  let rows: Feature[] = [];
  const writeRows = async (): Promise<Uint8Array> => {
    const columnData = columnsOf(rows, layer, seen);
    // Groups are found by the boxes in their heads; indexes of pages would be held up to the end of the file.
    await writer.write({
      columnData: columnData.map((each) => ({ ...each, offsetIndex: false })),
      rowGroupSize: GROUP_ROWS,
    });
    rows = [];
    return take();
  };
  for await (const batch of batchesOf(features)) {
    for (const feature of batch) {
      rows.push(feature);
      if (rows.length >= GROUP_ROWS) yield await writeRows();
    }
  }
  if (rows.length > 0) yield await writeRows();
  writer.kvMetadata = [
    { key: 'geo', value: JSON.stringify(geoOf(layer, srid, heights, seen)) },
    { key: 'heights', value: heights },
    { key: 'title', value: layer.title.pl },
    { key: 'note', value: note.join('\n') },
  ];
  await writer.finish();
  yield take();
}

const TYPES: Readonly<Record<PropertyType, Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  date: { type: 'INT32', converted_type: 'DATE' },
  datetime: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};

function schemaOf({ properties, dimension }: Layer): SchemaElement[] {
  const edges = BOX_EDGES[dimension];
  return [
    { name: 'root', num_children: properties.length + 3 },
    { name: 'id', ...TYPES.text, repetition_type: 'REQUIRED' },
    ...properties.map(
      ({ name, type }): SchemaElement => ({ name, ...TYPES[type], repetition_type: 'OPTIONAL' }),
    ),
    { name: 'bbox', num_children: edges.length, repetition_type: 'OPTIONAL' },
    ...edges.map((name): SchemaElement => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' })),
    { name: 'geometry', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
  ];
}

function columnsOf(
  rows: readonly Feature[],
  { properties, dimension }: Layer,
  seen: { readonly types: Set<string>; box: Box | undefined },
) {
  const boxes = rows.map(({ geometry }) => geometry && boxOf(geometry, dimension));
  for (const box of boxes) seen.box = bothBoxes(seen.box, box);
  return [
    { name: 'id', data: rows.map(({ id }) => id) },
    ...properties.map(({ name, type }) => ({
      name,
      data: rows.map((row) => cellOf(row.properties[name] ?? null, type)),
    })),
    { name: 'bbox', data: boxes },
    {
      name: 'geometry',
      data: rows.map(({ geometry }) => {
        if (!geometry) return undefined;
        seen.types.add(dimension === 3 ? `${geometry.type} Z` : geometry.type);
        return writeWkb(oriented(geometry));
      }),
    },
  ];
}

function cellOf(value: PropertyValue, type: PropertyType) {
  if (value === null) return undefined;
  switch (type) {
    case 'date':
    case 'datetime':
      return new Date(String(value));
    case 'integer':
      return BigInt(Math.trunc(Number(value)));
    case 'text':
      return String(value);
    default:
      return value;
  }
}

function boxOf(geometry: Geometry, dimension: 2 | 3): Box {
  const least = [Infinity, Infinity, Infinity];
  const most = [-Infinity, -Infinity, -Infinity];
  for (const position of positionsOf(geometry)) {
    for (let axis = 0; axis < dimension; axis++) {
      const value = position[axis] ?? 0;
      least[axis] = Math.min(least[axis] ?? value, value);
      most[axis] = Math.max(most[axis] ?? value, value);
    }
  }
  const ends = [...least.slice(0, dimension), ...most.slice(0, dimension)];
  return Object.fromEntries(BOX_EDGES[dimension].map((edge, index) => [edge, ends[index] ?? 0]));
}

function bothBoxes(one: Box | undefined, other: Box | undefined): Box | undefined {
  if (!one || !other) return one ?? other;
  const edges = Object.entries(one).map(([edge, value]) => {
    const its = other[edge] ?? value;
    return [edge, edge.endsWith('min') ? Math.min(value, its) : Math.max(value, its)];
  });
  return Object.fromEntries(edges);
}

function geoOf(
  { dimension }: Layer,
  srid: number,
  heights: HeightSystem,
  { types, box }: { readonly types: ReadonlySet<string>; readonly box: Box | undefined },
) {
  return {
    version: '1.1.0',
    primary_column: 'geometry',
    columns: {
      geometry: {
        encoding: 'WKB',
        geometry_types: [...types].sort(),
        crs: projJsonOf(srid, dimension, heights),
        edges: 'planar',
        ...(box && { bbox: Object.values(box) }),
        covering: {
          bbox: Object.fromEntries(BOX_EDGES[dimension].map((edge) => [edge, ['bbox', edge]])),
        },
      },
    },
  };
}
