/**
 * OGC API – Styles (draft 20-009): what styles add to `/ogc`. One style for each layer, called like it, and one that
 * draws the whole map. All are written from the style of the catalogue, so nobody puts one here.
 */
import { getItem, type OgcPart } from '../../http/ogc-part.ts';
import type { Services } from '../../services.ts';
import { sprite } from './sprite.ts';
import { styleMetadata, styles, stylesOfLayer } from './styles.ts';
import { ENCODINGS, stylesheet } from './stylesheet.ts';

/** The draft has no final number. */
const CLASS = 'http://www.opengis.net/spec/ogcapi-styles-1/0.0/conf';
const TITLE = { pl: 'Style', en: 'Styles' } as const;
const METADATA = { pl: 'Opis stylu', en: 'Metadata of a style' } as const;
const SPRITE = { pl: 'Znaki stylu', en: 'Marks of a style' } as const;

export function stylesPart(services: Services): OgcPart {
  const rel = 'http://www.opengis.net/def/rel/ogc/1.0/styles';
  return {
    conformance: ['core', 'mapbox-styles', 'sld-11', 'resources'].map((name) => `${CLASS}/${name}`),
    links: [{ path: '/ogc/styles', rel, title: TITLE }],
    collectionLinks: (layer) => [{ path: `/ogc/collections/${layer}/styles`, rel, title: TITLE }],
    paths: (language) => ({
      '/styles': getItem(TITLE[language], [], 'application/json'),
      '/styles/{styleId}': getItem(
        TITLE[language],
        ['styleId'],
        ...Object.values(ENCODINGS).map(([type]) => type),
      ),
      '/styles/{styleId}/metadata': getItem(METADATA[language], ['styleId'], 'application/json'),
      '/styles/{styleId}/resources/{resourceId}': getItem(
        SPRITE[language],
        ['styleId', 'resourceId'],
        'application/json',
        'image/png',
      ),
      '/collections/{collectionId}/styles': getItem(TITLE[language], ['collectionId'], 'application/json'),
    }),
    routes: [
      { method: 'GET', path: '/ogc/styles', handle: styles(services) },
      { method: 'GET', path: '/ogc/styles/:style', handle: stylesheet(services) },
      { method: 'GET', path: '/ogc/styles/:style/metadata', handle: styleMetadata(services) },
      { method: 'GET', path: '/ogc/styles/:style/resources/:file', handle: sprite(services) },
      { method: 'GET', path: '/ogc/collections/:layer/styles', handle: stylesOfLayer(services) },
    ],
  };
}
