import { markup } from '../../../core/xml/writer.ts';
import { href } from '../../http/links.ts';
import { pageReply } from '../../http/ogc-page.ts';
import type { OgcPart } from '../../http/ogc-part.ts';
import { json, ownLinks, readView } from '../../http/ogc-view.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { OPENAPI_TYPE } from './openapi-type.ts';
import { WORDS } from './words.ts';

const CONFORMANCE_CLASSES: readonly string[] = [
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
  'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter',
  ...['create-replace-delete', 'update', 'optimistic-locking-etags', 'features'].map(
    (name) => `http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/${name}`,
  ),
  ...[
    'cql2-text',
    'cql2-json',
    'basic-cql2',
    'advanced-comparison-operators',
    'case-insensitive-comparison',
    'basic-spatial-functions',
    'basic-spatial-functions-plus',
    'spatial-functions',
    'temporal-functions',
  ].map((name) => `http://www.opengis.net/spec/cql2/1.0/conf/${name}`),
];

/** The landing page (17-069r4, 7.2). */
export function getLanding(parts: readonly OgcPart[], ask: Ask): Reply {
  const view = readView(ask);
  const { language } = view;
  const to = (path: string) => href(ask.publicUrl, path);
  const title = WORDS.service[language];
  const added = parts.flatMap(({ links }) => links);
  if (view.face === 'html') {
    const address = (path: string) => href(ask.publicUrl, path, { f: 'html', lang: language });
    const content = markup`<p>${WORDS.serviceDescription[language]}</p>
<ul><li><a href="${address('/ogc/collections')}">${WORDS.collections[language]}</a></li>
<li><a href="${address('/ogc/api')}">${WORDS.api[language]}</a></li>
<li><a href="${address('/ogc/conformance')}">${WORDS.conformance[language]}</a></li>${added.map((link) => markup`<li><a href="${to(link.path)}">${link.title[language]}</a></li>`)}</ul>`;
    return pageReply({ title }, content, ask, view);
  }
  return json(view, {
    title,
    description: WORDS.serviceDescription[language],
    links: [
      ...ownLinks(ask, view),
      { href: to('/ogc/api'), rel: 'service-desc', type: OPENAPI_TYPE, title: WORDS.api[language] },
      { href: `${to('/ogc/api')}?f=html`, rel: 'service-doc', type: 'text/html', title: WORDS.api[language] },
      {
        href: to('/ogc/conformance'),
        rel: 'conformance',
        type: 'application/json',
        title: WORDS.conformance[language],
      },
      {
        href: to('/ogc/collections'),
        rel: 'data',
        type: 'application/json',
        title: WORDS.collections[language],
      },
      ...added.map(({ path, rel, title: named }) => ({
        ...{ href: to(path), rel, type: 'application/json', title: named[language] },
      })),
    ],
  });
}

/** The declaration of conformance classes (17-069r4, 7.4). */
export function getConformance(parts: readonly OgcPart[], ask: Ask): Reply {
  const view = readView(ask);
  const classes = [...CONFORMANCE_CLASSES, ...parts.flatMap(({ conformance }) => conformance)];
  if (view.face === 'html') {
    const content = markup`<ul>${classes.map((uri) => markup`<li><code>${uri}</code></li>`)}</ul>`;
    return pageReply({ title: WORDS.conformance[view.language], way: [] }, content, ask, view);
  }
  return json(view, { conformsTo: classes, links: ownLinks(ask, view) });
}
