import { readForeignXml, requestAddress, serviceAddress } from '../../core/cascade/capabilities.ts';
import { wmsOffer } from '../../core/cascade/wms-offer.ts';
import { notSupported, reasonOf } from '../../core/errors.ts';
import type { OfferAsk, SourceKind, SourceOffer } from '../../core/wire/cascade.ts';
import { type FetchLimits, fetchAnswer } from './fetch-answer.ts';

/**
 * What a service offers, by its capabilities.
 * @throws TwinError not-supported in words for people: no answer, no service, nothing that can be shown
 */
export async function readOffer({ url, kind, version }: OfferAsk, limits: FetchLimits): Promise<SourceOffer> {
  const wished = kind ?? kindIn(url);
  try {
    const address = requestAddress(serviceAddress(url), {
      ...{ SERVICE: 'WMS', REQUEST: 'GetCapabilities', VERSION: version ?? '1.3.0' },
    });
    const { bytes } = await fetchAnswer(address, limits);
    const root = readForeignXml(bytes);
    if (wished === 'wms' && /^(?:WMS|WMT_MS)_Capabilities$/.test(root.local)) return wmsOffer(root, url);
    throw notSupported(`the answer is ${root.local}, not the capabilities of a service that can be shown`);
  } catch (error) {
    throw notSupported(`Nothing of ${new URL(url).host} can be shown: ${reasonOf(error)}`, 'url');
  }
}

/** By the word in the address, where there is one. */
function kindIn(url: string): SourceKind {
  const said = /service=(wms|wmts|wfs)\b/i.exec(url)?.[1] ?? /\b(wms|wmts|wfs)\b/i.exec(url)?.[1];
  return (said?.toLowerCase() as SourceKind | undefined) ?? 'wms';
}
