/**
 * One reversible spelling of business ids (`306401_1.0021.AR_10.169/4`) that is safe as a path segment of a
 * URL and, after a layer name, as a gml:id (an XML NCName). Letters, digits, `.`, `-` and `_` of ASCII stay;
 * every other character becomes `-xHEX-`, so that the id above reads `306401_1.0021.AR_10.169-x2F-4`.
 */
const ESCAPE = /-x([0-9A-F]{1,6})-/g;
const LOOKS_ESCAPED = /^-x[0-9A-F]{1,6}-/;
const SAFE = /^[A-Za-z0-9._-]$/;
/** Most ids need no escape at all. */
const ALL_SAFE = /^(?=.*[^.])[A-Za-z0-9._-]+$/;
const HIGHEST_CODE_POINT = 0x10ffff;

/** A business id as a URL path segment; never empty, `.` or `..` unless the id is empty. */
export function escapeId(id: string): string {
  if (ALL_SAFE.test(id) && !id.includes('-x')) return id;
  let escaped = '';
  let position = 0;
  for (const character of id) {
    const ambiguous = character === '-' && LOOKS_ESCAPED.test(id.slice(position));
    const onlyDots = position === 0 && /^\.+$/.test(id);
    escaped += SAFE.test(character) && !ambiguous && !onlyDots ? character : escapeOf(character);
    position += character.length;
  }
  return escaped;
}

function escapeOf(character: string): string {
  return `-x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}-`;
}

/** The business id behind `escapeId`; text that was never escaped comes back as it is. */
export function unescapeId(text: string): string {
  return text.replace(ESCAPE, (spelled, hex: string) => {
    const codePoint = Number.parseInt(hex, 16);
    return codePoint > HIGHEST_CODE_POINT ? spelled : String.fromCodePoint(codePoint);
  });
}

/** The gml:id (also the WFS resource id) of an object: `parcels-306401_1.0021.AR_10.169-x2F-4`. */
export function gmlId(layer: string, id: string): string {
  return `${layer}-${escapeId(id)}`;
}

/** Layer and business id of a gml:id, or undefined when it is none of ours. Layer names hold no `-`. */
export function parseGmlId(text: string): { readonly layer: string; readonly id: string } | undefined {
  const separator = text.indexOf('-');
  if (separator < 1 || separator === text.length - 1) return undefined;
  return { layer: text.slice(0, separator), id: unescapeId(text.slice(separator + 1)) };
}
