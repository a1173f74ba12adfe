/** A model from the bytes of a file, by what the bytes are and not by its name. */
import { type ModelBody, ModelProblem } from './model-body.ts';

/** The viewer reads a file whole. */
export const MOST_BYTES = 50 * 1024 * 1024;
const HEAD = 4096;

export async function readModel(bytes: Uint8Array, wasmAt?: string): Promise<ModelBody> {
  if (bytes.length > MOST_BYTES) {
    throw new ModelProblem('modelTooLarge', {
      mb: Math.ceil(bytes.length / 1e6),
      most: Math.round(MOST_BYTES / 1e6),
    });
  }
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD));
  if (head.startsWith('glTF')) return (await import('./read-gltf.ts')).readGltf(bytes);
  if (/^\s*ISO-10303-21/.test(head)) return (await import('./read-ifc.ts')).readIfc(bytes, wasmAt);
  if (/^\s*\{/.test(head)) {
    const text = new TextDecoder().decode(bytes);
    return /"type"\s*:\s*"CityJSON/.test(text)
      ? (await import('./read-city-json.ts')).readCityJson(text)
      : (await import('./read-gltf.ts')).readGltf(bytes);
  }
  throw new ModelProblem('modelUnknown');
}
