/** Web Map Service 1.3.0 (06-042) and 1.1.1 (01-068r3) at `/wms`. */
import { readKvp } from '../../http/kvp.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { getCapabilities } from './capabilities.ts';
import { explainAsServiceException, WmsError } from './exceptions.ts';
import { getMap } from './get-map.ts';

export function wms(services: Services): Protocol {
  return {
    name: 'wms',
    prefix: '/wms',
    routes: [{ method: 'GET', path: '/wms', handle: (ask) => answer(services, ask) }],
    explain: explainAsServiceException,
  };
}

async function answer(services: Services, ask: Ask): Promise<Reply> {
  const kvp = readKvp(ask.query);
  const service = kvp.get('service');
  if (service !== undefined && service.toUpperCase() !== 'WMS') {
    throw new WmsError('OperationNotSupported', `This is a WMS, not "${service.slice(0, 20)}"`, 'service');
  }
  const operation = kvp.require('request');
  switch (operation.toLowerCase()) {
    case 'getcapabilities':
    case 'capabilities':
      return getCapabilities(services, kvp, ask);
    case 'getmap':
    case 'map':
      return getMap(services, kvp, ask);
    default:
      throw new WmsError(
        'OperationNotSupported',
        `There is no operation "${operation.slice(0, 100)}"; use GetCapabilities, GetMap, GetFeatureInfo or GetLegendGraphic`,
        'request',
      );
  }
}
