import { WmsError } from './exceptions.ts';

export type InfoFace = 'text' | 'html' | 'json' | 'gml' | 'xml';

/** As advertised; the first of each face is what it is sent as. */
const FACES: Readonly<Record<InfoFace, readonly string[]>> = {
  text: ['text/plain'],
  html: ['text/html'],
  json: ['application/json', 'application/geo+json'],
  gml: ['application/vnd.ogc.gml', 'application/gml+xml; version=3.2', 'text/xml; subtype=gml/3.2'],
  xml: ['text/xml'],
};

export const INFO_FORMATS: readonly string[] = Object.values(FACES).flat();

/**
 * The face of an answer and the media type to send it as: that which was asked for.
 * @throws WmsError InvalidFormat
 */
export function infoFormatOf(text: string): { readonly face: InfoFace; readonly contentType: string } {
  // A plus sign that was not escaped arrives as a space.
  const plain = (value: string) => value.toLowerCase().replaceAll(/[\s+]/g, '');
  for (const [face, types] of Object.entries(FACES) as [InfoFace, readonly string[]][]) {
    const contentType = types.find((type) => plain(type) === plain(text));
    if (contentType) return { face, contentType };
  }
  throw new WmsError(
    'InvalidFormat',
    `info_format "${text.slice(0, 100)}" is not offered; use ${INFO_FORMATS.join(' | ')}`,
    'info_format',
  );
}
