import { invalidParameter, type TwinError, tooLarge } from '../../core/errors.ts';

const MAX_URL_CHARACTERS = 12_000;

/** Why a request target cannot be served at all, or undefined when it is sound. */
export function badUrl(url: string): TwinError | undefined {
  if (url.length > MAX_URL_CHARACTERS) {
    return tooLarge(
      `The address has ${url.length} characters; at most ${MAX_URL_CHARACTERS} are read. Send long requests by POST`,
      'url',
    );
  }
  const queryStart = url.indexOf('?');
  const path = queryStart < 0 ? url : url.slice(0, queryStart);
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
    if (queryStart >= 0) decodeURIComponent(url.slice(queryStart + 1));
  } catch {
    return invalidParameter('url', 'The address has a broken percent-encoding; it must be UTF-8');
  }
  if (decoded.includes('\0') || url.includes('%00')) {
    return invalidParameter('url', 'The address contains a null byte');
  }
  if (decoded.split(/[/\\]/).includes('..')) {
    return invalidParameter('url', 'The address climbs out of its folder with ".."');
  }
  return undefined;
}
