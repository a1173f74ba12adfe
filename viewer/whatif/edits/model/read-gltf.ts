/** glTF 2.0 (Khronos, ISO/IEC 12113): the triangles of the scene. What is not in the file itself is never fetched. */
import { type JSONDocument, type Node, Primitive, WebIO } from '@gltf-transform/core';
import {
  bodyOf,
  type ModelBody,
  type ModelNote,
  ModelProblem,
  type RawFace,
  type Xyz,
} from './model-body.ts';

/** Read without an extension of the reader: numbers are given as they are meant. */
const READ = new Set(['KHR_mesh_quantization']);

/** @param bytes of a .glb or a .gltf whose buffers are in it */
export async function readGltf(bytes: Uint8Array): Promise<ModelBody> {
  const io = new WebIO();
  const isBinary = bytes[0] === 0x67 && bytes[1] === 0x6c && bytes[2] === 0x54 && bytes[3] === 0x46;
  const notes: ModelNote[] = [];
  const faces: RawFace[] = [];
  const given = isBinary ? await binaryOf(io, bytes) : textOf(bytes);
  const document = await io.readJSON(bare(given, notes)).catch((error: unknown) => {
    throw new ModelProblem('modelBroken', { reason: error instanceof Error ? error.message : String(error) });
  });
  const root = document.getRoot();
  const scene = root.getDefaultScene() ?? root.listScenes()[0];
  let leftOut = 0;
  scene?.traverse((node) => {
    leftOut += takeNode(node, faces);
  });
  if (leftOut > 0) notes.push({ word: 'modelNoTriangles', with: { n: leftOut } });
  const { corners, faces: kept, surfaceKinds, sizeM } = bodyOf(faces);
  return { format: 'glTF', cornersMm: corners, faces: kept, surfaceKinds, sizeM, notes };
}

async function binaryOf(io: WebIO, bytes: Uint8Array): Promise<JSONDocument> {
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  if (version !== 2) throw new ModelProblem('modelVersion', { version });
  try {
    return await io.binaryToJSON(bytes);
  } catch (error) {
    throw new ModelProblem('modelBroken', { reason: error instanceof Error ? error.message : String(error) });
  }
}

function textOf(bytes: Uint8Array): JSONDocument {
  try {
    const json = JSON.parse(new TextDecoder().decode(bytes)) as JSONDocument['json'];
    return { json, resources: {} };
  } catch {
    throw new ModelProblem('modelBroken', { reason: 'JSON' });
  }
}

/** Only the shapes: without pictures, and refused when something lies elsewhere or is packed in an unknown way. */
function bare({ json, resources }: JSONDocument, notes: ModelNote[]): JSONDocument {
  const elsewhere = json.buffers?.find(({ uri }) => uri !== undefined && !/^data:|^@glb/.test(uri));
  if (elsewhere && !(elsewhere.uri !== undefined && elsewhere.uri in resources)) {
    throw new ModelProblem('modelElsewhere', { uri: (elsewhere.uri ?? '').slice(0, 80) });
  }
  const packed = json.extensionsRequired?.find((name) => !READ.has(name));
  if (packed !== undefined) throw new ModelProblem('modelPacked', { name: packed });
  if ((json.images ?? []).length > 0) notes.push({ word: 'modelNoPictures' });
  const {
    images: _images,
    textures: _textures,
    materials: _materials,
    extensionsRequired: _required,
    ...rest
  } = json;
  const meshes = json.meshes?.map((mesh) => ({
    ...mesh,
    primitives: mesh.primitives.map(({ material: _material, ...primitive }) => primitive),
  }));
  return { json: { ...rest, ...(meshes && { meshes }) }, resources };
}

/** @returns how many of its primitives are no triangles */
function takeNode(node: Node, into: RawFace[]): number {
  const m = node.getWorldMatrix();
  let leftOut = 0;
  for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
    const positions = primitive.getAttribute('POSITION');
    const order = orderOf(primitive);
    if (!positions || !order) {
      leftOut++;
      continue;
    }
    const corner = (index: number): Xyz => {
      const [x = 0, y = 0, z = 0] = positions.getElement(index, []);
      const along = (row: 0 | 1 | 2) =>
        m[row] * x + (m[row + 4] ?? 0) * y + (m[row + 8] ?? 0) * z + (m[row + 12] ?? 0);
      // glTF has y up and looks along z: its x is ours, its −z goes ahead.
      return [along(0), -along(2), along(1)];
    };
    for (const [a, b, c] of order) into.push({ rings: [[corner(a), corner(b), corner(c)]] });
  }
  return leftOut;
}

/** Triangles as numbers of corners; undefined for points and lines. */
function orderOf(primitive: Primitive): [number, number, number][] | undefined {
  const indices = primitive.getIndices()?.getArray();
  const count = indices?.length ?? primitive.getAttribute('POSITION')?.getCount() ?? 0;
  const at = (position: number): number => indices?.[position] ?? position;
  const triangles: [number, number, number][] = [];
  switch (primitive.getMode()) {
    case Primitive.Mode['TRIANGLES']:
      for (let i = 0; i + 2 < count; i += 3) triangles.push([at(i), at(i + 1), at(i + 2)]);
      return triangles;
    case Primitive.Mode['TRIANGLE_STRIP']:
      for (let i = 0; i + 2 < count; i++) {
        triangles.push(i % 2 === 0 ? [at(i), at(i + 1), at(i + 2)] : [at(i + 1), at(i), at(i + 2)]);
      }
      return triangles;
    case Primitive.Mode['TRIANGLE_FAN']:
      for (let i = 1; i + 1 < count; i++) triangles.push([at(0), at(i), at(i + 1)]);
      return triangles;
    default:
      return undefined;
  }
}
