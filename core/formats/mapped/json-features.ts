/** GeoJSON of any size, one feature after another: a FeatureCollection (RFC 7946), or features in a sequence (RFC 8142). */
import { notSupported } from '../../errors.ts';

export type Members = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface JsonFeature {
  /** From 1. */
  readonly number: number;
  readonly item: Members;
  /** Member `crs` of the document, as far as it has been read. */
  readonly crs: unknown;
}

/** Bounds memory; an area of a million corners is far below it. */
const LONGEST_OBJECT_CHARACTERS = 100_000_000;
/** Depth at which a feature of a collection opens: within the document and its list. */
const IN_LIST = 2;

/**
 * @returns when all is read, the `crs` that stands behind the features, if one does
 * @throws TwinError not-supported for what is no JSON, is cut off, or holds no features
 */
export async function* jsonFeatures(
  chunks: AsyncIterable<string>,
): AsyncGenerator<JsonFeature, { readonly crsBehind: unknown }> {
  const sign = /["{}[\]]/g;
  const restOfString = /(?:[^"\\]|\\.)*"/sy;
  let [text, at, depth, number] = ['', 0, 0, 0];
  /** Where a feature or the `crs` begins that has not ended, and where the last thing ended. */
  let [start, crsStart, behind] = [-1, -1, 0];
  let [lastString, inList, hasList] = ['', false, false];
  let crs: unknown;
  let crsBehind: unknown;

  const refuseBetween = (to: number, allowed: RegExp) => {
    const between = text.slice(behind, to);
    if (!allowed.test(between)) throw noFeatures(between);
  };
  const featureUpTo = (end: number): JsonFeature => {
    const item = parsed(text.slice(start, end), `Feature ${++number}`);
    [start, behind] = [-1, end];
    if (!isRecord(item) || item['type'] !== 'Feature') throw noFeatures(JSON.stringify(item));
    return { number, item, crs: inList ? crs : item['crs'] };
  };

  for await (const chunk of chunks) {
    text += chunk;
    for (;;) {
      sign.lastIndex = at;
      const found = sign.exec(text);
      if (!found) {
        at = text.length;
        break;
      }
      const [here, character] = [found.index, found[0]];
      if (character === '"') {
        restOfString.lastIndex = here + 1;
        const rest = restOfString.exec(text)?.[0];
        // It goes on in the next chunk.
        if (rest === undefined) {
          at = here;
          break;
        }
        if (depth <= 1) lastString = rest.slice(0, -1);
        at = here + 1 + rest.length;
        continue;
      }
      at = here + 1;
      if (character === '{' || character === '[') {
        if (depth === 0) {
          refuseBetween(here, /^[\s\p{Cc}\ufeff]*$/u);
          if (character === '[') throw noFeatures('[');
          start = here;
        } else if (depth === 1 && character === '[' && lastString === 'features') {
          [inList, hasList, start, behind] = [true, true, -1, at];
        } else if (inList && depth === IN_LIST) {
          refuseBetween(here, /^[\s,]*$/);
          start = here;
        } else if (!inList && depth === 1 && lastString === 'crs') crsStart = here;
        depth++;
        continue;
      }
      depth--;
      if (depth < 0) throw noFeatures(character);
      if (inList && depth === IN_LIST) yield featureUpTo(at);
      else if (inList && depth === 1) {
        refuseBetween(here, /^[\s,]*$/);
        inList = false;
      } else if (depth === 1 && crsStart >= 0) {
        const said = parsed(text.slice(crsStart, at), 'The member crs');
        if (hasList) crsBehind = said;
        else crs = said;
        crsStart = -1;
      } else if (depth === 0) {
        if (start >= 0) yield featureUpTo(at);
        behind = at;
      }
    }
    const open = [start, crsStart].filter((each) => each >= 0);
    const from = open.length > 0 ? Math.min(...open) : depth === 0 || inList ? behind : at;
    text = text.slice(from);
    [at, behind] = [at - from, Math.max(0, behind - from)];
    if (start >= 0) start -= from;
    if (crsStart >= 0) crsStart -= from;
    if (text.length > LONGEST_OBJECT_CHARACTERS) {
      throw notSupported(
        `Feature ${number + 1} is longer than ${LONGEST_OBJECT_CHARACTERS / 1e6} million characters; nothing was loaded`,
      );
    }
  }
  if (depth > 0 || at < text.length) {
    throw notSupported(`The file is cut off behind feature ${number}; nothing was loaded. Fetch it again`);
  }
  refuseBetween(text.length, /^[\s\p{Cc}\ufeff]*$/u);
  if (!hasList && number === 0) throw noFeatures('');
  return { crsBehind };
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notSupported(
      `${what} is not JSON: ${error instanceof Error ? error.message : ''}; nothing was loaded`,
    );
  }
}

const noFeatures = (seen: string) =>
  notSupported(
    `The file is no GeoJSON FeatureCollection and no sequence of features${seen === '' ? '' : `: it holds "${seen.trim().slice(0, 40)}"`}; nothing was loaded`,
  );
