import type { PropertyDeclaration } from '../../core/feature/layer.ts';
import {
  type BuildingMesh,
  type MeshGroup,
  SURFACE_KINDS,
  type SurfaceKind,
  type TexturedGroup,
} from './building-mesh.ts';
import { GlbBuffer, MESHOPT, writeGlb } from './glb.ts';
import { linearOf } from './linear-colour.ts';
import { packTriangles, packVertices, renumber, UNUSED } from './meshopt.ts';
import {
  BUILDING_CLASS,
  bytesOf,
  type FeatureClass,
  metadataSchema,
  type PropertyRow,
  writePropertyTable,
} from './property-table.ts';

/** Up to this step positions are written as 16-bit numbers; their error is half of it per axis, m. */
const MAX_STEP_M = 0.016;
/** Floats are rounded to so many steps a metre: bits that nobody sees would not pack. */
const FINE_STEPS = 64;
const UINT16_MAX = 65_535;
/** Feature numbers are 16-bit. */
const MAX_ROWS = 65_536;

/** What a reader of geometry must know. */
const PACKED = ['KHR_mesh_quantization', MESHOPT];
const WEBP = 'EXT_texture_webp';

/** Triangles of one material. */
export interface PaintedGroup {
  readonly name: string;
  /** sRGB, `#rrggbb`. */
  readonly color: string;
  readonly group: MeshGroup;
  /** A picture in place of the colour, with its place for each vertex. */
  readonly texture?: PaintedTexture;
}

interface PaintedTexture {
  /** WebP. */
  readonly bytes: Uint8Array;
  /** u, v of each vertex, 0 to 1. */
  readonly coordinates: readonly number[];
}

/** sRGB colours: quiet clay roofs over paper walls. */
const COLORS: Readonly<Record<SurfaceKind, string>> = {
  R: '#b07a62',
  W: '#e6ddcf',
  G: '#9a9184',
  O: '#d5cabb',
};
const NAMES: Readonly<Record<SurfaceKind, string>> = { R: 'roof', W: 'wall', G: 'ground', O: 'other' };

/**
 * A tile of buildings.
 * @param rows buildings in the order of their feature numbers
 * @param atlas WebP of all that textured faces show
 */
export const writeBuildingGlb = (
  mesh: BuildingMesh,
  rows: readonly PropertyRow[],
  properties: readonly PropertyDeclaration[],
  atlas?: Uint8Array,
): Uint8Array =>
  writeFeatureGlb(
    [
      ...SURFACE_KINDS.map((kind) => ({ name: NAMES[kind], color: COLORS[kind], group: mesh[kind] })),
      ...(atlas ? [texturedGroup(mesh.textured, atlas)] : []),
    ],
    rows,
    properties,
    BUILDING_CLASS,
  );

const texturedGroup = (group: TexturedGroup, bytes: Uint8Array): PaintedGroup => ({
  ...{ name: 'textured', color: '#ffffff', group },
  texture: { bytes, coordinates: group.textureCoordinates },
});

/**
 * A tile of objects as binary glTF 2.0 with one primitive for each material, EXT_mesh_features by
 * `_FEATURE_ID_0` and one property table. Vertices are interleaved: 16 bytes, or 20 where the tile is so wide
 * that positions must be floats; they and the triangles are packed (EXT_meshopt_compression).
 * @param rows objects in the order of their feature numbers
 */
export function writeFeatureGlb(
  painted: readonly PaintedGroup[],
  rows: readonly PropertyRow[],
  properties: readonly PropertyDeclaration[],
  featureClass: FeatureClass,
): Uint8Array {
  const buffer = new GlbBuffer();
  const groups = painted.filter(({ group }) => group.indices.length > 0);
  const frame = frameOf(groups.map(({ group }) => group.positions));
  const accessors: object[] = [];
  const primitives = groups.map((each, material) =>
    writePrimitive(each, material, rows.length, frame, buffer, accessors),
  );
  const textures = groups.flatMap(({ texture }) => texture ?? []);
  const hasMesh = primitives.length > 0;
  const asset = { version: '2.0', generator: 'Blizniak' };
  if (rows.length === 0) return writeGlb({ asset, scene: 0, scenes: [{}] }, buffer);
  if (rows.length > MAX_ROWS) throw new RangeError(`A tile holds at most ${MAX_ROWS} objects`);
  const extensionsUsed = ['EXT_structural_metadata'];
  const required = [...PACKED, ...(textures.length > 0 ? [WEBP] : [])];
  if (hasMesh) extensionsUsed.push('EXT_mesh_features', ...required);
  return writeGlb(
    {
      asset,
      extensionsUsed,
      ...(hasMesh ? { extensionsRequired: required } : {}),
      extensions: {
        EXT_structural_metadata: {
          schema: metadataSchema(properties, false, featureClass),
          propertyTables: [writePropertyTable(rows, properties, buffer, featureClass)],
        },
      },
      scene: 0,
      ...(hasMesh
        ? {
            scenes: [{ nodes: [0] }],
            nodes: [{ mesh: 0, translation: frame.origin, scale: [frame.step, frame.step, frame.step] }],
            meshes: [{ primitives }],
            materials: groups.map((each) => materialOf(each, textures)),
            ...(textures.length > 0 && picturesOf(textures, buffer)),
            accessors,
          }
        : { scenes: [{}] }),
    },
    buffer,
  );
}

interface Frame {
  readonly origin: readonly [number, number, number];
  readonly step: number;
  readonly isQuantized: boolean;
}

/** Where positions are counted from, and in which steps. */
function frameOf(positions: readonly (readonly number[])[]): Frame {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const list of positions) {
    for (let i = 0; i < list.length; i++) {
      const [axis, value] = [i % 3, list[i] ?? 0];
      if (value < (low[axis] ?? 0)) low[axis] = value;
      if (value > (high[axis] ?? 0)) high[axis] = value;
    }
  }
  const [x = 0, y = 0, z = 0] = low.map(Math.floor);
  const span = Math.max(1, (high[0] ?? 0) - x, (high[1] ?? 0) - y, (high[2] ?? 0) - z);
  const step = span / UINT16_MAX;
  if (step <= MAX_STEP_M) return { origin: [x, y, z], step, isQuantized: true };
  // Floats count from the middle, where they are finest.
  const middle = (axis: number): number => Math.round(((low[axis] ?? 0) + (high[axis] ?? 0)) / 2);
  return { origin: [middle(0), middle(1), middle(2)], step: 1, isQuantized: false };
}

const FLOAT = 5126;
const UNSIGNED_SHORT = 5123;
const UNSIGNED_INT = 5125;
const BYTE = 5120;
const VERTICES = 34_962;
const INDICES = 34_963;

function writePrimitive(
  { group, texture }: PaintedGroup,
  material: number,
  featureCount: number,
  frame: Frame,
  buffer: GlbBuffer,
  accessors: object[],
) {
  const indices = Uint32Array.from(group.indices);
  const { order, count } = renumber(indices);
  const normalAt = frame.isQuantized ? 8 : 12;
  const byteStride = normalAt + 8;
  const bytes = new Uint8Array(count * byteStride);
  const { min, max } = fillVertices(group, order, frame, new DataView(bytes.buffer), normalAt, byteStride);
  const bufferView = buffer.addPacked(packVertices(bytes, byteStride), VERTICES);
  const componentType = frame.isQuantized ? UNSIGNED_SHORT : FLOAT;
  const accessor = (definition: object): number => accessors.push(definition) - 1;
  const attributes = {
    POSITION: accessor({ bufferView, byteOffset: 0, componentType, count, type: 'VEC3', min, max }),
    NORMAL: accessor({
      bufferView,
      byteOffset: normalAt,
      componentType: BYTE,
      normalized: true,
      count,
      type: 'VEC3',
    }),
    _FEATURE_ID_0: accessor({
      bufferView,
      byteOffset: normalAt + 4,
      componentType: UNSIGNED_SHORT,
      count,
      type: 'SCALAR',
    }),
    ...(texture && {
      TEXCOORD_0: accessor({
        bufferView: buffer.addPacked(
          packVertices(bytesOf(texturePlaces(texture.coordinates, order, count)), 4),
          VERTICES,
        ),
        componentType: UNSIGNED_SHORT,
        normalized: true,
        count,
        type: 'VEC2',
      }),
    }),
  };
  // 65535 is the restart value (glTF 2.0, 3.7.2.1).
  const isLong = count > UINT16_MAX;
  const packed = isLong
    ? packTriangles(bytesOf(indices), 4)
    : packTriangles(bytesOf(Uint16Array.from(indices)), 2);
  return {
    attributes,
    indices: accessor({
      bufferView: buffer.addPacked(packed, INDICES),
      componentType: isLong ? UNSIGNED_INT : UNSIGNED_SHORT,
      count: indices.length,
      type: 'SCALAR',
    }),
    material,
    extensions: {
      EXT_mesh_features: { featureIds: [{ featureCount, attribute: 0, propertyTable: 0 }] },
    },
  };
}

function fillVertices(
  { positions, normals, features }: MeshGroup,
  order: Uint32Array,
  { origin, step, isQuantized }: Frame,
  view: DataView,
  normalAt: number,
  stride: number,
): { min: number[]; max: number[] } {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  for (let vertex = 0; vertex < features.length; vertex++) {
    const place = order[vertex] ?? UNUSED;
    if (place === UNUSED) continue;
    const at = place * stride;
    for (let axis = 0; axis < 3; axis++) {
      const offset = ((positions[3 * vertex + axis] ?? 0) - (origin[axis] ?? 0)) / step;
      const value = isQuantized ? Math.round(offset) : Math.round(offset * FINE_STEPS) / FINE_STEPS;
      if (isQuantized) view.setUint16(at + 2 * axis, value, true);
      else view.setFloat32(at + 4 * axis, value, true);
      if (value < (min[axis] ?? 0)) min[axis] = value;
      if (value > (max[axis] ?? 0)) max[axis] = value;
      view.setInt8(at + normalAt + axis, Math.round((normals[3 * vertex + axis] ?? 0) * 127));
    }
    view.setUint16(at + normalAt + 4, features[vertex] ?? 0, true);
  }
  return { min, max };
}

/** In 65535ths of the picture, by the new numbers of vertices. */
function texturePlaces(coordinates: readonly number[], order: Uint32Array, count: number): Uint16Array {
  const places = new Uint16Array(2 * count);
  for (const [vertex, place] of order.entries()) {
    if (place === UNUSED) continue;
    for (const axis of [0, 1]) {
      places[2 * place + axis] = Math.round((coordinates[2 * vertex + axis] ?? 0) * UINT16_MAX);
    }
  }
  return places;
}

/** Pictures within the buffer; their readers must know WebP, since there is no other form. */
const picturesOf = (textures: readonly PaintedTexture[], buffer: GlbBuffer) => ({
  images: textures.map(({ bytes }) => ({ bufferView: buffer.add(bytes), mimeType: 'image/webp' })),
  textures: textures.map((_, source) => ({ sampler: 0, extensions: { [WEBP]: { source } } })),
  // Linear with smaller versions, to the edge and no further.
  samplers: [{ magFilter: 9729, minFilter: 9987, wrapS: 33_071, wrapT: 33_071 }],
});

function materialOf({ name, color, texture }: PaintedGroup, textures: readonly PaintedTexture[]) {
  return {
    name,
    // Both sides, since a shell that is not closed shows its inside.
    doubleSided: true,
    pbrMetallicRoughness: {
      baseColorFactor: [...linearOf(color), 1],
      ...(texture && { baseColorTexture: { index: textures.indexOf(texture) } }),
      metallicFactor: 0,
      roughnessFactor: 0.9,
    },
  };
}
