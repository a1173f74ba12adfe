/** Reads glb tiles of instances with nothing of our writer: glTF-Transform for the shapes and where they stand. */
import { Logger, WebIO } from '@gltf-transform/core';
import { EXTMeshGPUInstancing, EXTMeshoptCompression, KHRMeshQuantization } from '@gltf-transform/extensions';
import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { metadataRows } from './glb-reader.ts';

export interface ReadInstance {
  readonly shape: string;
  /** Of its origin, in glTF axes of the frame of the tile. */
  readonly at: readonly number[];
  readonly heightM: number;
  readonly crownM: number;
  /** Row of the property table. */
  readonly feature: number;
}

export interface ReadInstances {
  /** Calls that draw the tile. */
  readonly shapes: number;
  /** Triangles of all shapes, each counted once. */
  readonly triangles: number;
  readonly instances: readonly ReadInstance[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export async function readInstances(bytes: Uint8Array): Promise<ReadInstances> {
  await MeshoptDecoder.ready;
  const io = new WebIO()
    .registerExtensions([KHRMeshQuantization, EXTMeshoptCompression, EXTMeshGPUInstancing])
    .registerDependencies({ 'meshopt.decoder': MeshoptDecoder })
    .setLogger(new Logger(Logger.Verbosity.SILENT));
  const document = await io.readBinary(bytes);
  const nodes = document.getRoot().listNodes();
  let triangles = 0;
  const instances = nodes.flatMap((node) => {
    const batch = node.getExtension<import('@gltf-transform/extensions').InstancedMesh>(
      EXTMeshGPUInstancing.EXTENSION_NAME,
    );
    const [places, scales, features] = ['TRANSLATION', 'SCALE', '_FEATURE_ID_0'].map((name) =>
      batch?.getAttribute(name),
    );
    if (!places || !scales || !features) throw new Error('a node is not instanced');
    for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
      triangles += (primitive.getIndices()?.getCount() ?? 0) / 3;
    }
    const origin = node.getTranslation();
    return Array.from({ length: places.getCount() }, (_, i) => {
      const [crownM = 0, heightM = 0] = scales.getElement(i, []);
      const at = places.getElement(i, []).map((value, axis) => value + (origin[axis] ?? 0));
      return { shape: node.getName(), at, heightM, crownM, feature: features.getScalar(i) };
    });
  });
  return { shapes: nodes.length, triangles, instances, rows: metadataRows(bytes) };
}
