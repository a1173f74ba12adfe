import type { DocumentSource } from '../source.ts';

/** Two sources that know different layers, as one. */
export const bothSets = (one: DocumentSource, other: DocumentSource): DocumentSource => ({
  get: async (tile, signal, knownEtag) =>
    (await one.get(tile, signal, knownEtag)) ?? other.get(tile, signal, knownEtag),
  document: async (layer, signal, knownEtag) =>
    (await one.document(layer, signal, knownEtag)) ?? other.document(layer, signal, knownEtag),
});
