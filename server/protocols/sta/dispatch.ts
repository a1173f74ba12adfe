import { notSupported } from '../../../core/errors.ts';
import { requireRight } from '../../access/require-right.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { EntityDesk } from '../../services/sensor-things.ts';
import { STA } from './addresses.ts';
import { createObservations } from './data-array.ts';
import { getResource } from './read.ts';
import { deleteResource, patchResource, postResource, putResource } from './write.ts';

/** One request at an address below the root, by itself or within a batch. */
export function dispatch(sensors: EntityDesk, ask: Ask): Promise<Reply> {
  switch (ask.method) {
    case 'GET':
    case 'HEAD':
      return getResource(sensors, ask);
    case 'POST':
      if (ask.path === `${STA}/CreateObservations`) {
        requireRight(ask.view.who, 'operate');
        return createObservations(sensors, ask);
      }
      return postResource(sensors, ask);
    case 'PATCH':
      return patchResource(sensors, ask);
    case 'PUT':
      return putResource(sensors, ask);
    case 'DELETE':
      return deleteResource(sensors, ask);
    default:
      throw notSupported(
        `${ask.method.slice(0, 20)} is not offered; use GET, POST, PATCH, PUT, DELETE`,
        'method',
      );
  }
}
