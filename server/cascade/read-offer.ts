import { readForeignXml, requestAddress, serviceAddress } from '../../core/cascade/capabilities.ts';
import { ogcApiOffer, wfsOffer, wfsWays } from '../../core/cascade/objects-offer.ts';
import { wmsOffer } from '../../core/cascade/wms-offer.ts';
import { wmtsOffer } from '../../core/cascade/wmts-offer.ts';
import { notSupported, reasonOf } from '../../core/errors.ts';
import { type OfferAsk, SOURCE_KINDS, type SourceKind, type SourceOffer } from '../../core/wire/cascade.ts';
import { type FetchLimits, fetchAnswer } from './fetch-answer.ts';
import { describeObjects, type ObjectsAsked, pageAddress, pageOf } from './remote-objects.ts';

/** An offer, and how objects of it are asked for. */
export interface ReadOffer {
  readonly offer: SourceOffer;
  readonly objects: ObjectsAsked | undefined;
}

/**
 * What a service offers, by its capabilities.
 * @throws TwinError not-supported in words for people: no answer, no service, nothing that can be shown
 */
export async function readOffer(ask: OfferAsk, limits: FetchLimits): Promise<ReadOffer> {
  const { url, kind = kindIn(url) } = ask;
  try {
    return kind === 'ogc-features' ? await readOgcApi(url, limits) : await readOws(ask, kind, limits);
  } catch (error) {
    throw notSupported(`Nothing of ${new URL(url).host} can be shown: ${reasonOf(error)}`, 'url');
  }
}

async function readOws(
  { url, version }: OfferAsk,
  kind: 'wms' | 'wmts' | 'wfs',
  limits: FetchLimits,
): Promise<ReadOffer> {
  const newest = { wms: '1.3.0', wmts: '1.0.0', wfs: '2.0.0' }[kind];
  const address = /\.xml$/i.test(new URL(url).pathname)
    ? url
    : requestAddress(serviceAddress(url), {
        ...{ SERVICE: kind.toUpperCase(), REQUEST: 'GetCapabilities' },
        VERSION: kind === 'wms' ? (version ?? newest) : newest,
      });
  const root = readForeignXml((await fetchAnswer(address, limits)).bytes);
  if (root.local === 'Capabilities' && root.namespace.includes('wmts'))
    return { offer: wmtsOffer(root, url), objects: undefined };
  if (/^(?:WMS|WMT_MS)_Capabilities$/.test(root.local))
    return { offer: wmsOffer(root, url), objects: undefined };
  if (root.local !== 'WFS_Capabilities') {
    throw notSupported(`the answer is ${root.local}, not the capabilities of a service that can be shown`);
  }
  const ways = wfsWays(root);
  const gml = ways.version === '2.0.0' ? 'application/gml+xml; version=3.2' : 'text/xml; subtype=gml/3.1.1';
  const objects: ObjectsAsked =
    ways.json === undefined
      ? { version: ways.version, format: 'gml', outputFormat: gml, srsName: '' }
      : // Longitude first under this name (DECISIONS, axes).
        { version: ways.version, format: 'geojson', outputFormat: ways.json, srsName: 'EPSG:4326' };
  return { offer: wfsOffer(root, url), objects };
}

async function readOgcApi(url: string, limits: FetchLimits): Promise<ReadOffer> {
  const { origin, pathname } = new URL(url);
  const base = `${origin}${pathname}`.replace(/\/(?:collections\/?.*)?$/, '');
  const { bytes } = await fetchAnswer(`${base}/collections?f=json`, limits);
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw notSupported('its collections are no JSON');
  }
  return {
    offer: ogcApiOffer(document, base),
    objects: { version: '1.0', format: 'geojson', outputFormat: 'application/geo+json', srsName: '' },
  };
}

/** The layer with what its first page shows. @throws TwinError not-supported in words */
export async function withObjects(
  { offer, objects }: ReadOffer,
  layer: SourceOffer['layers'][number],
  limits: FetchLimits,
): Promise<SourceOffer['layers'][number]> {
  if (!objects) return layer;
  try {
    const answer = await fetchAnswer(pageAddress(offer, layer.remote, objects, 0), limits);
    return { ...layer, objects: describeObjects(objects, pageOf(answer, objects)) };
  } catch (error) {
    throw notSupported(`The layer "${layer.remote}" cannot be shown: ${reasonOf(error)}`, 'layers');
  }
}

/** By the word in the address, where there is one. */
function kindIn(url: string): SourceKind {
  const said = /service=(wmts|wms|wfs)\b/i.exec(url)?.[1] ?? /(wmts)|\b(?:wms|wfs)\b/i.exec(url)?.[0];
  const kind = SOURCE_KINDS.find((each) => each === said?.toLowerCase());
  if (kind !== undefined) return kind;
  return /\/(?:collections|ogc|oapif?|ogc-?api|features)(?:\/|$)/i.test(new URL(url).pathname)
    ? 'ogc-features'
    : 'wms';
}
