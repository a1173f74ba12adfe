/** Reads a model beside the page, so that the page goes on drawing. */
import wasmAt from 'web-ifc/web-ifc.wasm?url';
import { type ModelBody, type ModelNote, ModelProblem } from './model-body.ts';
import { readModel } from './read-model.ts';

export type ModelAnswer = { readonly body: ModelBody } | { readonly problem: ModelNote };

addEventListener('message', async ({ data }: MessageEvent<Uint8Array>) => {
  try {
    postMessage({ body: await readModel(data, wasmAt) } satisfies ModelAnswer);
  } catch (error) {
    const problem: ModelNote =
      error instanceof ModelProblem
        ? error.note
        : { word: 'modelBroken', with: { reason: error instanceof Error ? error.message : String(error) } };
    postMessage({ problem } satisfies ModelAnswer);
  }
});
