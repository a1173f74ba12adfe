import type { Language, Layer, LayerStatus } from '../../../core/feature/layer.ts';
import { type Bbox, reprojectBbox } from '../../../core/geo/bbox.ts';
import { CRS84_URI, crsOf, crsUri } from '../../../core/geo/crs.ts';
import { withStaleness } from '../../../core/metadata/metadata-record.ts';
import { type Markup, markup } from '../../../core/xml/writer.ts';
import { href, type Link } from '../../http/links.ts';
import { factTable, pageReply } from '../../http/ogc-page.ts';
import type { OgcPart } from '../../http/ogc-part.ts';
import { GEOJSON_TYPE, json, ownLinks, readView, type View } from '../../http/ogc-view.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { crsList } from './crs-parameter.ts';
import { layerOf } from './layer-path.ts';
import { WORDS } from './words.ts';

/** Decimals of degrees in extents: about a centimetre, rounded outwards. */
const EXTENT_SCALE = 1e7;

/** Every layer (17-069r4, 7.13). */
export async function getCollections(
  services: Services,
  parts: readonly OgcPart[],
  ask: Ask,
): Promise<Reply> {
  const view = readView(ask);
  const layers = await services.catalogue.layers(ask.view);
  const described = await Promise.all(
    layers.map(async (layer) => ({ layer, status: await services.catalogue.status(layer.name, ask.view) })),
  );
  const title = WORDS.collections[view.language];
  if (view.face === 'html') {
    const rows = described.map(({ layer, status }) => collectionRow(layer, status, ask, view.language));
    const content = markup`<div class="scroll"><table><thead><tr><th>${title}</th><th>${WORDS.description[view.language]}</th><th>${WORDS.count[view.language]}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
    return pageReply({ title, way: [] }, content, ask, view);
  }
  const crs = [...new Set(layers.flatMap(crsList))];
  return json(view, {
    links: ownLinks(ask, view),
    crs: crs.length > 0 ? crs : [CRS84_URI],
    collections: [
      ...described.map(({ layer, status }) => ({
        ...collectionDocument(layer, status, view.language),
        links: collectionLinks(layer, parts, ask, view),
      })),
      ...parts.flatMap((part) => part.collections?.(ask.publicUrl, view.language) ?? []),
    ],
  });
}

/** One layer (17-069r4, 7.14; 18-058r1, 6.2). */
export async function getCollection(services: Services, parts: readonly OgcPart[], ask: Ask): Promise<Reply> {
  const layer = await layerOf(services, ask);
  const view = readView(ask);
  const status = await services.catalogue.status(layer.name, ask.view);
  if (view.face === 'html') {
    const way = [{ title: WORDS.collections[view.language], path: '/ogc/collections' }];
    return pageReply(
      { title: layer.title[view.language], way },
      collectionContent(layer, status, ask, view),
      ask,
      view,
    );
  }
  return json(view, {
    ...collectionDocument(layer, status, view.language),
    links: [...ownLinks(ask, view), ...collectionLinks(layer, parts, ask, view)],
  });
}

function collectionDocument(layer: Layer, status: LayerStatus, language: Language) {
  const bbox = extentInCrs84(layer, status);
  return {
    id: layer.name,
    title: layer.title[language],
    description: withStaleness(layer.description, layer, status, new Date())[language],
    attribution: layer.steward[language],
    ...(bbox ? { extent: { spatial: { bbox: [bbox], crs: CRS84_URI } } } : {}),
    itemType: 'feature',
    crs: crsList(layer),
    storageCrs: crsUri(layer.srid),
  };
}

function collectionLinks(layer: Layer, parts: readonly OgcPart[], ask: Ask, view: View): readonly Link[] {
  const path = `/ogc/collections/${layer.name}`;
  const { language } = view;
  const title = layer.title[language];
  const to = (tail: string, f?: string) => href(ask.publicUrl, `${path}${tail}`, { f });
  return [
    { href: to('/items'), rel: 'items', type: GEOJSON_TYPE, title },
    { href: to('/items', 'html'), rel: 'items', type: 'text/html', title },
    {
      href: to('/queryables'),
      rel: 'http://www.opengis.net/def/rel/ogc/1.0/queryables',
      type: 'application/schema+json',
      title: WORDS.queryables[language],
    },
    {
      href: to('/schema'),
      rel: 'describedby',
      type: 'application/schema+json',
      title: WORDS.schema[language],
    },
    // Styles and vector tiles are made of what the store holds.
    ...(layer.cascaded ? [] : parts)
      .flatMap((part) => part.collectionLinks?.(layer.name) ?? [])
      .map((link) => ({
        href: href(ask.publicUrl, link.path),
        rel: link.rel,
        type: 'application/json',
        title: link.title[language],
      })),
  ];
}

/** West, south, east, north in degrees around everything the layer holds; undefined while it is empty. */
function extentInCrs84(layer: Layer, status: LayerStatus): readonly number[] | undefined {
  if (!status.extent) return undefined;
  const [minX, minY, maxX, maxY] = status.extent;
  const box: Bbox = { minX, minY, maxX, maxY, srid: layer.srid };
  const degrees = reprojectBbox(box, 4326);
  const down = (value: number) => Math.floor(value * EXTENT_SCALE) / EXTENT_SCALE;
  const up = (value: number) => Math.ceil(value * EXTENT_SCALE) / EXTENT_SCALE;
  return [down(degrees.minX), down(degrees.minY), up(degrees.maxX), up(degrees.maxY)];
}

function collectionRow(layer: Layer, status: LayerStatus, ask: Ask, language: Language): Markup {
  const address = href(ask.publicUrl, `/ogc/collections/${layer.name}`, { f: 'html', lang: language });
  return markup`<tr><td><a href="${address}">${layer.title[language]}</a><br><code>${layer.name}</code></td>
<td>${layer.description[language]}</td><td class="number">${status.count}</td></tr>`;
}

function collectionContent(layer: Layer, status: LayerStatus, ask: Ask, view: View): Markup {
  const { language } = view;
  const address = (tail: string) =>
    href(ask.publicUrl, `/ogc/collections/${layer.name}${tail}`, { f: 'html', lang: language });
  const facts = factTable([
    [WORDS.count[language], status.count],
    [WORDS.loadedAt[language], status.loadedAt],
    [WORDS.source[language], status.source],
    [WORDS.register[language], status.synthetic ? WORDS.synthetic[language] : undefined],
    [WORDS.steward[language], layer.steward[language]],
    [WORDS.licence[language], layer.licence[language]],
    [WORDS.storageCrs[language], `EPSG:${layer.srid} (${crsOf(layer.srid).name})`],
    [WORDS.offeredCrs[language], crsList(layer).map((uri) => markup`<code>${uri}</code><br>`)],
  ]);
  return markup`<p>${layer.description[language]}</p><p><a href="${address('/items')}">${WORDS.items[language]}</a> · <a href="${address('/queryables')}">${WORDS.queryables[language]}</a></p>${facts}`;
}
