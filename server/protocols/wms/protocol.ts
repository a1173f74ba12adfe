/** Web Map Service 1.3.0 (06-042) and 1.1.1 (01-068r3) at `/wms`. */
import { asTwinError } from '../../../core/errors.ts';
import { Turns } from '../../../core/turns.ts';
import { type Kvp, readKvp } from '../../http/kvp.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import { getCapabilities } from './capabilities.ts';
import { explainAsServiceException, WmsError } from './exceptions.ts';
import { getFeatureInfo } from './get-feature-info.ts';
import { getLegendGraphic } from './get-legend-graphic.ts';
import { getMap, PIXELS_AT_ONCE } from './get-map.ts';
import { pictureOfError } from './picture-of-error.ts';
import type { WmsServices } from './wms-services.ts';

/** @param contactEmail with it the capabilities have what INSPIRE asks for */
export function wms(services: WmsServices, contactEmail?: string): Protocol {
  const capabilities = (kvp: Kvp, ask: Ask) => getCapabilities(services, contactEmail, kvp, ask);
  const turns = new Turns(PIXELS_AT_ONCE);
  return {
    name: 'wms',
    prefix: '/wms',
    routes: [
      { method: 'GET', path: '/wms', handle: (ask) => answer(services, capabilities, turns, ask) },
      { method: 'POST', path: '/wms', handle: (ask) => answer(services, capabilities, turns, withForm(ask)) },
    ],
    explain: explainAsServiceException,
  };
}

/** A map with a style of its own is often longer than an address may be: parameters may come as a form. */
function withForm(ask: Ask): Ask {
  if (!ask.headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    throw new WmsError(
      'OperationNotSupported',
      'A body must be a form of the same parameters (application/x-www-form-urlencoded)',
      'request',
    );
  }
  const query = new URLSearchParams(ask.query);
  for (const [name, value] of new URLSearchParams(new TextDecoder().decode(ask.body)))
    query.append(name, value);
  return { ...ask, query };
}

async function answer(
  services: WmsServices,
  capabilities: (kvp: Kvp, ask: Ask) => Promise<Reply>,
  turns: Turns,
  ask: Ask,
): Promise<Reply> {
  const kvp = readKvp(ask.query);
  const service = kvp.get('service');
  if (service !== undefined && service.toUpperCase() !== 'WMS') {
    throw new WmsError('OperationNotSupported', `This is a WMS, not "${service.slice(0, 20)}"`, 'service');
  }
  const operation = kvp.require('request');
  switch (operation.toLowerCase()) {
    case 'getcapabilities':
    case 'capabilities':
      return capabilities(kvp, ask);
    case 'getmap':
    case 'map':
      return orPicture(getMap(services, turns, kvp, ask), services, kvp, ask);
    case 'getfeatureinfo':
    case 'feature_info':
      return getFeatureInfo(services, kvp, ask);
    case 'getlegendgraphic':
      return orPicture(getLegendGraphic(services, kvp, ask), services, kvp, ask);
    default:
      throw new WmsError(
        'OperationNotSupported',
        `There is no operation "${operation.slice(0, 100)}"; use GetCapabilities, GetMap, GetFeatureInfo or GetLegendGraphic`,
        'request',
      );
  }
}

/** A failure as the picture that EXCEPTIONS asks for; our own faults are told, and logged, as they are. */
async function orPicture(
  reply: Promise<Reply>,
  { pictures }: Pick<WmsServices, 'pictures'>,
  kvp: Kvp,
  ask: Ask,
): Promise<Reply> {
  try {
    return await reply;
  } catch (thrown) {
    ask.signal.throwIfAborted();
    const error = asTwinError(thrown);
    const picture = error.kind === 'internal' ? undefined : await pictureOfError(error, kvp, pictures, ask);
    if (picture) return picture;
    throw thrown;
  }
}
