import type { Layer } from '../../../core/feature/layer.ts';
import { coordinateStyle } from '../../../core/formats/coordinate-text.ts';
import { writeFeatureCollection } from '../../../core/formats/geojson.ts';
import { href, type Link } from '../../http/links.ts';
import { GEOJSON_TYPE, HTML_TYPE, ownLinks, readView, type View, viewHeaders } from '../../http/ogc-view.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { itemsPage } from './items-page.ts';
import { itemsParameters, readItemsRequest } from './items-request.ts';
import { layerOf } from './layer-path.ts';
import { openPage, type PageSummary } from './paging.ts';

export async function getItems(services: Services, ask: Ask): Promise<Reply> {
  const layer = await layerOf(services, ask);
  const view = readView(ask, [GEOJSON_TYPE], itemsParameters(layer));
  const request = readItemsRequest(ask.query, layer);
  const page = openPage(services, request, ask);
  const headers = { ...viewHeaders(view), 'content-crs': `<${request.crs.text}>` };
  if (view.face === 'html') {
    return {
      status: 200,
      headers: { ...headers, 'content-type': HTML_TYPE },
      body: itemsPage(layer, page, request, ask, view),
    };
  }
  const body = writeFeatureCollection(page.features, {
    style: coordinateStyle(request.crs),
    tail: async () => tailOf(await page.summary(), layer, ask, view),
  });
  return { status: 200, headers: { ...headers, 'content-type': GEOJSON_TYPE }, body };
}

function tailOf(summary: PageSummary, layer: Layer, ask: Ask, view: View) {
  const links: Link[] = [
    ...ownLinks(ask, view, GEOJSON_TYPE),
    {
      href: href(ask.publicUrl, `/ogc/collections/${layer.name}`),
      rel: 'collection',
      type: 'application/json',
      title: layer.title[view.language],
    },
  ];
  if (summary.next) links.push({ href: summary.next, rel: 'next', type: GEOJSON_TYPE });
  if (summary.previous) links.push({ href: summary.previous, rel: 'prev', type: GEOJSON_TYPE });
  return {
    numberMatched: summary.numberMatched,
    numberReturned: summary.numberReturned,
    timeStamp: new Date().toISOString(),
    links,
  };
}
