/** `/api/orders` and `/api/download`: data of any area, in any format, as one package. */
import { orderSchema } from '../../../core/wire/order.ts';
import { parseBody } from '../../http/changing.ts';
import { etagOf, matchesEtag } from '../../http/etag.ts';
import { jsonReply } from '../../http/json.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { orderOf } from './order-query.ts';

const PREFIX = '/api/orders';
const UNKEPT = { 'cache-control': 'no-store' };

export function orders({ orders: offered }: Pick<Services, 'orders'>): Protocol {
  return {
    name: 'orders',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'POST',
        path: `${PREFIX}/estimate`,
        handle: async (ask) =>
          jsonReply(await offered.estimate(parseBody(ask, orderSchema), ask.view, ask.signal), UNKEPT),
      },
    ],
  };
}

/** The same order by a link that stays: `/api/download?parcels=…&bufferM=50&formats=dxf`. */
export function download({ orders: offered }: Pick<Services, 'orders'>): Protocol {
  const path = '/api/download';
  return {
    name: 'download',
    prefix: path,
    explain: explainAsProblem,
    routes: [
      { method: 'GET', path, handle: async (ask) => packed(offered, ask, orderOf(ask.query)) },
      { method: 'POST', path, handle: async (ask) => packed(offered, ask, parseBody(ask, orderSchema)) },
    ],
  };
}

async function packed(
  offered: Services['orders'],
  ask: Ask,
  order: ReturnType<typeof orderOf>,
): Promise<Reply> {
  const { fileName, version, bytes } = await offered.pack(order, ask.view, ask.signal);
  const kept = { etag: etagOf(version), 'cache-control': 'no-cache' };
  if (matchesEtag(ask.headers['if-none-match'], kept.etag)) return { status: 304, headers: kept };
  return {
    status: 200,
    headers: {
      ...{ 'content-type': 'application/zip', ...kept },
      'content-disposition': `attachment; filename="${fileName}"`,
    },
    body: bytes,
  };
}
