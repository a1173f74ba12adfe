import type { DocumentSource, Tile } from '../source.ts';

type Answer = Tile | 'unchanged' | undefined;

/** Sources that know different layers, as one. */
export function allSets(...sources: readonly DocumentSource[]): DocumentSource {
  const first = async (ask: (source: DocumentSource) => Promise<Answer>): Promise<Answer> => {
    for (const source of sources) {
      const answer = await ask(source);
      if (answer) return answer;
    }
    return undefined;
  };
  return {
    get: (tile, signal, knownEtag) => first((source) => source.get(tile, signal, knownEtag)),
    document: (layer, signal, knownEtag) => first((source) => source.document(layer, signal, knownEtag)),
  };
}
