import { notFound } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { coordinateStyle } from '../../../core/formats/coordinate-text.ts';
import { featureText } from '../../../core/formats/geojson.ts';
import { href } from '../../http/links.ts';
import { GEOJSON_TYPE, HTML_TYPE, ownLinks, readView, viewHeaders } from '../../http/ogc-view.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { readCrs } from './crs-parameter.ts';
import { idOf, tagOf } from './edit-items.ts';
import { itemPage } from './item-page.ts';
import { layerOf } from './layer-path.ts';

/** One object by its business id, plain (percent-encoded) or escaped for paths. */
export async function getItem(services: Services, ask: Ask): Promise<Reply> {
  const layer = await layerOf(services, ask);
  const view = readView(ask, [GEOJSON_TYPE], ['crs']);
  const crs = readCrs(ask.query.get('crs'), 'crs', layer);
  const id = idOf(ask);
  // Read before the object: a tag that is too old only makes somebody read again.
  const tag = await currentTag(services, layer, id, ask);
  const feature = await services.featuresFor(ask.view).byId(layer.name, id, crs.srid, ask.signal);
  if (!feature) throw notFound(`There is no object "${id.slice(0, 200)}" in ${layer.name}`, 'id');
  const headers = { ...viewHeaders(view), ...tag, 'content-crs': `<${crs.text}>` };
  if (view.face === 'html') {
    const body = itemPage(layer, feature, crs, ask, view).text;
    return { status: 200, headers: { ...headers, 'content-type': HTML_TYPE }, body };
  }
  const links = [
    ...ownLinks(ask, view, GEOJSON_TYPE),
    {
      href: href(ask.publicUrl, `/ogc/collections/${layer.name}`),
      rel: 'collection',
      type: 'application/json',
      title: layer.title[view.language],
    },
  ];
  const body = `${featureText(feature, coordinateStyle(crs), { links })}\n`;
  return { status: 200, headers: { ...headers, 'content-type': GEOJSON_TYPE }, body };
}

/** Nothing where the object is not what a change would be made to. */
async function currentTag(
  { featureEdits }: Services,
  { name, editable }: Layer,
  id: string,
  { view, signal }: Ask,
): Promise<Readonly<Record<string, string>>> {
  if (!editable || view.at || view.scenario) return {};
  return tagOf(await featureEdits.versionOf(name, id, signal));
}
