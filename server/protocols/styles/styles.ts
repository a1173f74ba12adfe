/** Lists of styles and what is told of one (20-009, 7.3 and 7.5). */
import { layerNamed } from '../../../core/feature/check-query.ts';
import type { Language } from '../../../core/feature/layer.ts';
import { validatedJson } from '../../http/json.ts';
import { href, type Link } from '../../http/links.ts';
import { chooseLanguage } from '../../http/negotiate.ts';
import type { Ask, Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { type NamedStyle, styleNamed, styleOf, stylesFor, WHOLE_MAP } from './named-style.ts';
import { ENCODINGS, encodingsOf } from './stylesheet.ts';

/** What each language of styles is called. */
const SPECIFICATIONS = {
  mapbox: {
    title: 'MapLibre Style',
    version: '8',
    specification: 'https://maplibre.org/maplibre-style-spec/',
  },
  sld11: { title: 'OGC SLD', version: '1.1', specification: 'https://www.ogc.org/standards/sld' },
  qml: { title: 'QGIS QML', version: '3.22', specification: 'https://docs.qgis.org/' },
} as const;

export function styles(services: Services): Route['handle'] {
  return async (ask) => {
    const all = await stylesFor(services, ask);
    const language = chooseLanguage(ask);
    return validatedJson(ask, {
      ...(all.length > 0 ? { default: WHOLE_MAP } : {}),
      styles: all.map((style) => entry(style, language, ask)),
      links: [{ href: href(ask.publicUrl, '/ogc/styles'), rel: 'self', type: 'application/json' }],
    });
  };
}

export function stylesOfLayer(services: Services): Route['handle'] {
  return async (ask) => {
    const layer = layerNamed(await services.catalogue.layers(ask.view), ask.route['layer'] ?? '');
    const collection = href(ask.publicUrl, `/ogc/collections/${layer.name}`);
    return validatedJson(ask, {
      default: layer.name,
      styles: [entry(styleOf(layer), chooseLanguage(ask), ask)],
      links: [
        { href: `${collection}/styles`, rel: 'self', type: 'application/json' },
        { href: collection, rel: 'collection', type: 'application/json' },
      ],
    });
  };
}

export function styleMetadata(services: Services): Route['handle'] {
  return async (ask) => {
    const style = await styleNamed(services, ask);
    const { id, title, description, layers } = style;
    const language = chooseLanguage(ask);
    return validatedJson(ask, {
      ...{ id, title: title[language] },
      ...(description && { description: description[language] }),
      ...{ scope: 'style', version: '1' },
      stylesheets: encodingsOf(style).map((encoding) => ({
        ...SPECIFICATIONS[encoding],
        ...{ native: false, link: stylesheetLink(style, encoding, ask) },
      })),
      layers: layers.map((layer) => ({
        ...{ id: layer.name, description: layer.title[language], type: geometryOf(layer.geometryType) },
        sampleData: {
          ...{ href: href(ask.publicUrl, `/ogc/collections/${layer.name}/items`), rel: 'data' },
          type: 'application/geo+json',
        },
      })),
      links: [
        { href: addressOf(style, '/metadata', ask), rel: 'self', type: 'application/json' },
        ...layers.slice(0, layers.length === 1 ? 1 : 0).map((layer) => ({
          ...{ rel: 'preview', type: 'image/png', title: title[language] },
          href: href(ask.publicUrl, '/wms', {
            ...{ service: 'WMS', version: '1.3.0', request: 'GetLegendGraphic', format: 'image/png' },
            ...{ layer: layer.name, language },
          }),
        })),
      ],
    });
  };
}

const entry = (style: NamedStyle, language: Language, ask: Ask) => ({
  id: style.id,
  title: style.title[language],
  links: [
    ...encodingsOf(style).map((encoding) => stylesheetLink(style, encoding, ask)),
    { href: addressOf(style, '/metadata', ask), rel: 'describedby', type: 'application/json' },
  ],
});

const stylesheetLink = (style: NamedStyle, f: keyof typeof ENCODINGS, ask: Ask): Link => ({
  href: addressOf(style, '', ask, { f }),
  rel: 'stylesheet',
  type: ENCODINGS[f][0],
});

const addressOf = ({ id }: NamedStyle, tail: string, { publicUrl }: Ask, parameters = {}): string =>
  href(publicUrl, `/ogc/styles/${id}${tail}`, parameters);

const geometryOf = (type: string): string =>
  type.endsWith('Polygon') ? 'polygon' : type.endsWith('LineString') ? 'line' : 'point';
