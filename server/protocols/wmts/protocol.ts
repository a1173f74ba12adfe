/** Web Map Tile Service 1.0.0 (07-057r7) at `/wmts`: KVP, and by addresses alone (RESTful). */
import { notFound } from '../../../core/errors.ts';
import { readKvp } from '../../http/kvp.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { getCapabilities, TIME } from './capabilities.ts';
import { explainAsOwsReport, WmtsError } from './exceptions.ts';
import { getTile } from './get-tile.ts';

export function wmts(services: Services): Protocol {
  return {
    name: 'wmts',
    prefix: '/wmts',
    routes: [
      { method: 'GET', path: '/wmts', handle: (ask) => byKvp(services, ask) },
      {
        method: 'GET',
        path: '/wmts/1.0.0/WMTSCapabilities.xml',
        handle: (ask) => getCapabilities(services, readKvp(ask.query), ask),
      },
      {
        method: 'GET',
        path: '/wmts/1.0.0/:layer/:style/:grid/:level/:row/:file',
        handle: (ask) => byAddress(services, ask),
      },
      {
        method: 'GET',
        path: '/wmts/1.0.0/:layer/:style/:time/:grid/:level/:row/:file',
        handle: (ask) => byAddress(services, ask),
      },
    ],
    explain: explainAsOwsReport,
  };
}

async function byKvp(services: Services, ask: Ask): Promise<Reply> {
  const kvp = readKvp(ask.query);
  const service = kvp.require('service');
  if (service.toUpperCase() !== 'WMTS') {
    throw new WmtsError('OperationNotSupported', `This is a WMTS, not "${service.slice(0, 20)}"`, 'service');
  }
  const operation = kvp.require('request');
  switch (operation.toLowerCase()) {
    case 'getcapabilities':
      return getCapabilities(services, kvp, ask);
    case 'gettile':
      return getTile(
        services,
        {
          version: kvp.require('version'),
          layer: kvp.require('layer'),
          style: kvp.get('style') ?? '',
          format: kvp.require('format'),
          grid: kvp.require('tileMatrixSet'),
          level: kvp.require('tileMatrix'),
          row: kvp.require('tileRow'),
          column: kvp.require('tileCol'),
          time: kvp.get(TIME),
        },
        ask,
      );
    default:
      throw new WmtsError(
        'OperationNotSupported',
        `There is no operation "${operation.slice(0, 100)}"; use GetCapabilities or GetTile`,
        'request',
      );
  }
}

async function byAddress(services: Services, ask: Ask): Promise<Reply> {
  const { layer = '', style = '', grid = '', level = '', row = '', file = '', time } = ask.route;
  const column = /^(.*)\.png$/.exec(file)?.[1];
  if (column === undefined) {
    throw notFound(`There is nothing at ${ask.path.slice(0, 200)}; tiles end in .png`, 'path');
  }
  const address = { version: '1.0.0', layer, style, format: 'image/png', grid, level, row, column, time };
  return getTile(services, address, ask);
}
