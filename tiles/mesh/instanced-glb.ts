/** Objects of few shapes as binary glTF: each shape once, and where and how large it stands. */
import type { PropertyDeclaration } from '../../core/feature/layer.ts';
import { GlbBuffer, MESHOPT, writeGlb } from './glb.ts';
import { linearLight } from './linear-colour.ts';
import { packTriangles, packVertices, renumber, UNUSED } from './meshopt.ts';
import {
  bytesOf,
  type FeatureClass,
  metadataSchema,
  type PropertyRow,
  writePropertyTable,
} from './property-table.ts';
import type { TreeBody } from './tree-shapes.ts';

/** All that stand in a tile with one shape. */
export interface InstancedShape {
  readonly name: string;
  readonly body: TreeBody;
  readonly instances: readonly Instance[];
}

export interface Instance {
  /** Place of the origin of the shape in glTF axes (x east, y up, z south), m. */
  readonly at: readonly [number, number, number];
  /** How many times as wide, high and deep as the shape. */
  readonly scale: readonly [number, number, number];
  /** Row in the property table. */
  readonly feature: number;
}

const INSTANCING = 'EXT_mesh_gpu_instancing';
const FEATURES = 'EXT_instance_features';
/** Feature numbers are 16-bit. */
const MAX_ROWS = 65_536;
/** Places and sizes are rounded to so many steps a metre: bits that nobody sees would not pack. */
const STEPS = 32;

const FLOAT = 5126;
const UNSIGNED_SHORT = 5123;
const UNSIGNED_BYTE = 5121;
const SHORT = 5122;
const BYTE = 5120;
const VERTICES = 34_962;
const INDICES = 34_963;
const VERTEX_BYTES = 16;

/**
 * One node for each shape with EXT_mesh_gpu_instancing, picked by EXT_instance_features, with one property table:
 * a tile is drawn by as many calls as it has shapes. Vertices are 16 bytes: position as normalised shorts of the
 * shape, which lies within ±1, normal, and colour, which is linear as glTF has it.
 * @param rows objects in the order of their feature numbers
 */
export function writeInstancedGlb(
  shapes: readonly InstancedShape[],
  rows: readonly PropertyRow[],
  properties: readonly PropertyDeclaration[],
  featureClass: FeatureClass,
): Uint8Array {
  const buffer = new GlbBuffer();
  const asset = { version: '2.0', generator: 'Blizniak' };
  if (rows.length === 0) return writeGlb({ asset, scene: 0, scenes: [{}] }, buffer);
  if (rows.length > MAX_ROWS) throw new RangeError(`A tile holds at most ${MAX_ROWS} objects`);
  const accessors: object[] = [];
  const shown = shapes.filter(({ instances }) => instances.length > 0);
  const origin = middleOf(shown.flatMap(({ instances }) => instances));
  const meshes = shown.map(({ name, body }) => ({ name, primitives: [writeBody(body, buffer, accessors)] }));
  const nodes = shown.map(({ name, instances }, mesh) => ({
    ...{ name, mesh, translation: origin },
    extensions: {
      [INSTANCING]: { attributes: writeInstances(instances, origin, buffer, accessors) },
      [FEATURES]: { featureIds: [{ featureCount: instances.length, attribute: 0, propertyTable: 0 }] },
    },
  }));
  const required = ['KHR_mesh_quantization', MESHOPT, INSTANCING];
  const hasShapes = shown.length > 0;
  return writeGlb(
    {
      asset,
      extensionsUsed: ['EXT_structural_metadata', ...(hasShapes ? [...required, FEATURES] : [])],
      ...(hasShapes ? { extensionsRequired: required } : {}),
      extensions: {
        EXT_structural_metadata: {
          schema: metadataSchema(properties, false, featureClass),
          propertyTables: [writePropertyTable(rows, properties, buffer, featureClass)],
        },
      },
      scene: 0,
      ...(hasShapes
        ? {
            scenes: [{ nodes: nodes.map((_, node) => node) }],
            ...{ nodes, meshes, accessors },
            materials: [
              {
                name: 'tree',
                // Crowns are open below.
                doubleSided: true,
                pbrMetallicRoughness: { metallicFactor: 0, roughnessFactor: 1 },
              },
            ],
          }
        : { scenes: [{}] }),
    },
    buffer,
  );
}

/** Places count from here, where floats are finest. */
function middleOf(instances: readonly Instance[]): [number, number, number] {
  const middle = (axis: 0 | 1 | 2): number => {
    const values = instances.map(({ at }) => at[axis]);
    return Math.round((least(values) + greatest(values)) / 2);
  };
  return [middle(0), middle(1), middle(2)];
}

// Not spread into Math.min: a tile has more objects than a call may have arguments.
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

function writeInstances(
  instances: readonly Instance[],
  origin: readonly [number, number, number],
  buffer: GlbBuffer,
  accessors: object[],
) {
  const count = instances.length;
  const rounded = (value: number): number => Math.round(value * STEPS) / STEPS;
  const axes = [0, 1, 2] as const;
  const places = instances.map(({ at }) => axes.map((axis) => rounded(at[axis] - origin[axis])));
  const add = (bytes: Uint8Array, stride: number, accessor: object): number => {
    const bufferView = buffer.addPacked(packVertices(bytes, stride), VERTICES);
    return accessors.push({ bufferView, count, ...accessor }) - 1;
  };
  const side = (pick: typeof least) => axes.map((axis) => pick(places.map((place) => place[axis] ?? 0)));
  const numbers = new Uint16Array(2 * count);
  instances.forEach(({ feature }, i) => {
    numbers[2 * i] = feature;
  });
  return {
    TRANSLATION: add(bytesOf(Float32Array.from(places.flat())), 12, {
      ...{ componentType: FLOAT, type: 'VEC3', min: side(least), max: side(greatest) },
    }),
    SCALE: add(bytesOf(Float32Array.from(instances.flatMap(({ scale }) => scale.map(rounded)))), 12, {
      ...{ componentType: FLOAT, type: 'VEC3' },
    }),
    _FEATURE_ID_0: add(bytesOf(numbers), 4, { componentType: UNSIGNED_SHORT, type: 'SCALAR' }),
  };
}

function writeBody(
  { positions, normals, colors, indices: triangles }: TreeBody,
  buffer: GlbBuffer,
  accessors: object[],
) {
  const indices = Uint32Array.from(triangles);
  const { order, count } = renumber(indices);
  const bytes = new Uint8Array(count * VERTEX_BYTES);
  const view = new DataView(bytes.buffer);
  const [min, max] = [
    [Infinity, Infinity, Infinity],
    [-Infinity, -Infinity, -Infinity],
  ];
  for (const [vertex, place] of order.entries()) {
    if (place === UNUSED) continue;
    const at = place * VERTEX_BYTES;
    for (let axis = 0; axis < 3; axis++) {
      const value = Math.round((positions[3 * vertex + axis] ?? 0) * 32_767);
      view.setInt16(at + 2 * axis, value, true);
      min[axis] = Math.min(min[axis] ?? 0, value);
      max[axis] = Math.max(max[axis] ?? 0, value);
      view.setInt8(at + 8 + axis, Math.round((normals[3 * vertex + axis] ?? 0) * 127));
      view.setUint8(at + 12 + axis, Math.round(linearLight(colors[3 * vertex + axis] ?? 0) * 255));
    }
    view.setUint8(at + 15, 255);
  }
  const bufferView = buffer.addPacked(packVertices(bytes, VERTEX_BYTES), VERTICES);
  const attribute = (byteOffset: number, componentType: number, type: string, limits: object = {}): number =>
    accessors.push({ bufferView, byteOffset, componentType, normalized: true, count, type, ...limits }) - 1;
  const triangleView = buffer.addPacked(packTriangles(bytesOf(Uint16Array.from(indices)), 2), INDICES);
  return {
    attributes: {
      POSITION: attribute(0, SHORT, 'VEC3', { min, max }),
      NORMAL: attribute(8, BYTE, 'VEC3'),
      COLOR_0: attribute(12, UNSIGNED_BYTE, 'VEC4'),
    },
    indices:
      accessors.push({
        ...{ bufferView: triangleView, componentType: UNSIGNED_SHORT, count: indices.length, type: 'SCALAR' },
      }) - 1,
    material: 0,
  };
}
