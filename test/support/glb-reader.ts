/** Reads our glb tiles with nothing of our writer: glTF-Transform for geometry, the specification for metadata. */
import { Logger, WebIO } from '@gltf-transform/core';
import { EXTMeshoptCompression, KHRMeshQuantization } from '@gltf-transform/extensions';
import { MeshoptDecoder } from 'meshoptimizer/decoder';

export interface ReadTile {
  /** Vertices of each feature in glTF axes after the node's matrix. */
  readonly vertices: ReadonlyMap<number, readonly (readonly [number, number, number])[]>;
  readonly triangles: number;
  readonly materials: readonly string[];
  /** Rows of the property table. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly json: GltfJson;
}

interface ColumnType {
  readonly type: 'STRING' | 'SCALAR';
  readonly componentType?: string;
  readonly noData?: unknown;
}
interface GltfJson {
  readonly bufferViews?: readonly { byteOffset: number; byteLength: number }[];
  readonly extensionsUsed?: readonly string[];
  readonly extensions?: {
    readonly EXT_structural_metadata: {
      readonly schema: {
        readonly classes: Record<string, { properties: Record<string, ColumnType> }>;
      };
      readonly propertyTables: readonly {
        class: string;
        count: number;
        properties: Record<string, { values: number; stringOffsets?: number }>;
      }[];
    };
  };
}

export async function readGlb(bytes: Uint8Array): Promise<ReadTile> {
  await MeshoptDecoder.ready;
  const io = new WebIO()
    .registerExtensions([KHRMeshQuantization, EXTMeshoptCompression])
    .registerDependencies({ 'meshopt.decoder': MeshoptDecoder })
    .setLogger(new Logger(Logger.Verbosity.SILENT));
  const document = await io.readBinary(bytes);
  const vertices = new Map<number, (readonly [number, number, number])[]>();
  let triangles = 0;
  for (const node of document.getRoot().listNodes()) {
    const matrix = node.getWorldMatrix();
    for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
      const positions = primitive.getAttribute('POSITION');
      const features = primitive.getAttribute('_FEATURE_ID_0');
      if (!positions || !features) throw new Error('a primitive lacks positions or feature numbers');
      triangles += (primitive.getIndices()?.getCount() ?? 0) / 3;
      for (let i = 0; i < positions.getCount(); i++) {
        const [x = 0, y = 0, z = 0] = positions.getElement(i, []);
        const moved = [0, 1, 2].map(
          (row) =>
            (matrix[row] ?? 0) * x +
            (matrix[4 + row] ?? 0) * y +
            (matrix[8 + row] ?? 0) * z +
            (matrix[12 + row] ?? 0),
        ) as [number, number, number];
        const feature = features.getScalar(i);
        vertices.set(feature, [...(vertices.get(feature) ?? []), moved]);
      }
    }
  }
  const { json, bin } = chunksOf(bytes);
  const materials = document
    .getRoot()
    .listMaterials()
    .map((material) => material.getName());
  return { vertices, triangles, materials, rows: rowsOf(json, bin), json };
}

function chunksOf(bytes: Uint8Array): { json: GltfJson; bin: DataView } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + length))) as GltfJson;
  const start = 20 + length + 8;
  return { json, bin: new DataView(bytes.buffer, bytes.byteOffset + Math.min(start, bytes.byteLength)) };
}

/** Rows of the property table of a tile. */
export function metadataRows(bytes: Uint8Array): readonly Readonly<Record<string, unknown>>[] {
  const { json, bin } = chunksOf(bytes);
  return rowsOf(json, bin);
}

/** Property tables as in 3D Metadata 1.1: binary table format. */
function rowsOf(json: GltfJson, bin: DataView): Record<string, unknown>[] {
  const metadata = json.extensions?.EXT_structural_metadata;
  const [table] = metadata?.propertyTables ?? [];
  if (!metadata || !table) return [];
  const types = metadata.schema.classes[table.class]?.properties ?? {};
  const start = (view: number): number => json.bufferViews?.[view]?.byteOffset ?? Number.NaN;
  const read = (name: string, row: number): unknown => {
    const column = table.properties[name];
    const type = types[name];
    if (!column || !type) throw new Error(`column ${name} is declared but not written`);
    const at = start(column.values);
    if (type.type === 'STRING') {
      const offsets = start(column.stringOffsets ?? -1);
      const [from, to] = [0, 1].map((k) => bin.getUint32(offsets + 4 * (row + k), true)) as [number, number];
      const text = new Uint8Array(bin.buffer, bin.byteOffset + at + from, to - from);
      return new TextDecoder('utf-8', { fatal: true }).decode(text);
    }
    if (type.componentType === 'INT16') return bin.getInt16(at + 2 * row, true);
    if (type.componentType === 'FLOAT32') return bin.getFloat32(at + 4 * row, true);
    throw new Error(`type ${type.componentType} is not read here`);
  };
  return Array.from({ length: table.count }, (_, row) =>
    Object.fromEntries(
      Object.keys(types).map((name) => {
        const value = read(name, row);
        return [name, value === types[name]?.noData ? null : value];
      }),
    ),
  );
}
