import { TwinError } from '../../../core/errors.ts';

/** @throws TwinError invalid-parameter for a body that is no JSON in UTF-8 */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new TwinError('invalid-parameter', 'The body must be JSON in UTF-8', {
      parameter: 'body',
      cause: error,
    });
  }
}
