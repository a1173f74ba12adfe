import type { Language, Text } from '../../core/feature/layer.ts';
import type { Route } from './protocol.ts';

/** A GET of an OpenAPI document: required parameters of its path, and the media types of its answer. */
export const getItem = (summary: string, parameters: readonly string[], ...types: readonly string[]) => ({
  get: {
    summary,
    parameters: parameters.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    responses: {
      200: { description: summary, content: Object.fromEntries(types.map((type) => [type, {}])) },
    },
  },
});

/** What a protocol adds to the landing page, the conformance declaration and the OpenAPI document at `/ogc`. */
export interface OgcPart {
  readonly conformance: readonly string[];
  readonly links: readonly {
    /** Below the root of the service. */
    readonly path: string;
    readonly rel: string;
    readonly title: Text;
  }[];
  /** Collections beside those of the layers, as `/ogc/collections` lists them. */
  readonly collections?: (publicUrl: string, language: Language) => readonly object[];
  /** What is linked from each collection. */
  readonly collectionLinks?: (layer: string) => OgcPart['links'];
  /** Below `/ogc`, for those that have no prefix of their own. */
  readonly routes?: readonly Route[];
  /** Path items of OpenAPI 3.0 by path below `/ogc`. */
  paths(language: Language): Readonly<Record<string, object>>;
}
