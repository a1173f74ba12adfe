/** A style in the language of the client (20-009, 7.4). */
import { invalidParameter } from '../../../core/errors.ts';
import type { Language } from '../../../core/feature/layer.ts';
import { mapLibreOf } from '../../../core/style/map-libre.ts';
import { qmlOf } from '../../../core/style/qml.ts';
import { sldOf } from '../../../core/style/sld.ts';
import { validatedText } from '../../http/json.ts';
import { href } from '../../http/links.ts';
import { chooseFormat, chooseLanguage } from '../../http/negotiate.ts';
import type { Ask, Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { type NamedStyle, styleNamed } from './named-style.ts';

/** By the value of `f`; the first type is what is sent. */
export const ENCODINGS = {
  mapbox: ['application/vnd.mapbox.style+json', 'application/json'],
  sld11: ['application/vnd.ogc.sld+xml;version=1.1', 'application/vnd.ogc.sld+xml'],
  qml: ['application/x-qgis-style+xml'],
} as const;
export type Encoding = keyof typeof ENCODINGS;

/** Files of one layer cannot hold the whole map. */
export const encodingsOf = ({ layers }: NamedStyle): readonly Encoding[] =>
  layers.length === 1 ? ['mapbox', 'sld11', 'qml'] : ['mapbox'];

export function stylesheet(services: Services): Route['handle'] {
  return async (ask) => {
    const style = await styleNamed(services, ask);
    const encoding = chooseFormat(ask, ENCODINGS);
    const language = chooseLanguage(ask);
    return validatedText(ask, write(style, encoding, language, ask), {
      ...{ 'content-type': ENCODINGS[encoding][0], 'content-language': language },
      vary: 'Accept, Accept-Language',
    });
  };
}

/** @throws TwinError invalid-parameter */
function write(style: NamedStyle, encoding: Encoding, language: Language, ask: Ask): string {
  const [layer] = style.layers;
  if (encoding === 'mapbox' || layer === undefined) {
    return `${JSON.stringify(mapLibreOf(style.layers, style.title[language], language, addresses(style, ask)))}\n`;
  }
  if (!encodingsOf(style).includes(encoding)) {
    throw invalidParameter(
      'f',
      `The style "${style.id}" is offered as mapbox; a file of ${encoding} draws one layer`,
    );
  }
  return encoding === 'sld11' ? sldOf(layer, language) : qmlOf(layer, language);
}

const addresses = ({ id }: NamedStyle, { publicUrl }: Pick<Ask, 'publicUrl'>) => ({
  // Not `href`: braces of a template stay as they are.
  tiles: (layer: string) => `${publicUrl}/tiles/vector/${layer}/{z}/{x}/{y}.mvt`,
  sprite: href(publicUrl, `/ogc/styles/${id}/resources/sprite`),
});
