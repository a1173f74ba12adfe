/** What the OpenAPI document says of a collection whose objects can be changed. */
import type { Language, Layer } from '../../../core/feature/layer.ts';
import { GIVEN_TYPES, PATCH_TYPES } from './given-item.ts';
import { WORDS } from './words.ts';

const bodyOf = (types: readonly string[]) => ({
  required: true,
  content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'object' } }])),
});
const header = (name: string, description: string) => ({
  ...{ name, in: 'header', required: false, description, schema: { type: 'string' } },
});
const CONTENT_CRS = header('Content-Crs', 'CRS of the positions, as <URI>; CRS84 without it');
const IF_MATCH = header(
  'If-Match',
  'The ETag of what was changed; when somebody else has changed it since, 412',
);
const DONE = (description: string) => ({
  description,
  headers: { ETag: { description: 'Version of the object', schema: { type: 'string' } } },
});
const REFUSED = Object.fromEntries(
  [
    [401, 'Changes are made by staff'],
    [403, 'This account is not staff, or the collection is kept elsewhere'],
    [404, 'No such object'],
    [409, 'The identifier is taken or cannot change'],
    [412, 'Somebody else has changed the object'],
  ].map(([status, description]) => [status, { description }]),
);

export function createOperation({ name, title }: Layer, language: Language) {
  return {
    post: {
      ...{
        tags: [name],
        summary: `${title[language]}: ${WORDS.create[language]}`,
        parameters: [CONTENT_CRS],
      },
      requestBody: bodyOf(GIVEN_TYPES),
      responses: { 201: DONE('Created; Location says where'), ...REFUSED },
    },
  };
}

export function changeOperations({ name, title }: Layer, language: Language, id: object) {
  const operation = (word: keyof typeof WORDS, types: readonly string[] | undefined) => ({
    tags: [name],
    summary: `${title[language]}: ${WORDS[word][language]}`,
    parameters: [id, IF_MATCH, ...(types ? [CONTENT_CRS] : [])],
    ...(types && { requestBody: bodyOf(types) }),
    responses: { 204: DONE('Done'), ...REFUSED },
  });
  return {
    put: operation('replace', GIVEN_TYPES),
    patch: operation('update', PATCH_TYPES),
    delete: operation('delete', undefined),
  };
}
