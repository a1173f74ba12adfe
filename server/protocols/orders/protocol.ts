/** `/api/orders` and `/api/download`: data of any area, in any format, as one package. */

import { TwinError } from '../../../core/errors.ts';
import { type DownloadOrder, downloadSchema, newOrderSchema } from '../../../core/wire/order.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import { parseBody } from '../../http/changing.ts';
import { etagOf, matchesEtag } from '../../http/etag.ts';
import { jsonReply } from '../../http/json.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { KeptOrder } from '../../services/orders.ts';
import type { Services } from '../../services.ts';
import { fileReply } from './file-reply.ts';
import { areaReadingOf, orderOf } from './order-query.ts';
import { registerReply, statisticsReply, useQueryOf } from './use-reply.ts';

const PREFIX = '/api/orders';
const UNKEPT = { 'cache-control': 'no-store' };

type Offered = Pick<Services, 'orders'>;

export function orders({ orders: offered }: Offered): Protocol {
  const one = `${PREFIX}/:order`;
  return {
    name: 'orders',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: PREFIX,
        handle: async (ask) => {
          const { who } = ask.view;
          if (who.who === ANONYMOUS.who) {
            throw new TwinError('unauthenticated', 'Whose orders? Sign in, or read one by its id');
          }
          const listed = await offered.list(who);
          return jsonReply({ orders: listed.map((order) => described(ask, order)) }, UNKEPT);
        },
      },
      {
        method: 'POST',
        path: PREFIX,
        handle: async (ask) => {
          const order = await offered.put(
            parseBody(ask, newOrderSchema),
            ask.view,
            ask.client ?? '',
            ask.signal,
          );
          const shown = described(ask, order);
          const made = jsonReply(shown, { ...UNKEPT, location: shown.urls.self });
          return { ...made, status: order.state === 'ready' ? 200 : 202 };
        },
      },
      {
        method: 'POST',
        path: `${PREFIX}/estimate`,
        handle: async (ask) =>
          jsonReply(await offered.estimate(parseBody(ask, newOrderSchema), ask.view, ask.signal), UNKEPT),
      },
      {
        method: 'POST',
        path: `${PREFIX}/area`,
        handle: async (ask) =>
          jsonReply(await offered.readArea(ask.body, areaReadingOf(ask.query), ask.view, ask.signal), UNKEPT),
      },
      {
        method: 'GET',
        path: `${PREFIX}/statistics`,
        handle: async (ask) => statisticsReply(ask, await offered.statistics()),
      },
      {
        method: 'GET',
        path: `${PREFIX}/register`,
        handle: async (ask) => registerReply(ask, await offered.register(useQueryOf(ask), ask.view.who)),
      },
      {
        method: 'GET',
        path: `${PREFIX}/profiles`,
        handle: async (ask) => {
          const { heights } = offered;
          return jsonReply({ profiles: await offered.profiles(ask.view.who), heights }, UNKEPT);
        },
      },
      { method: 'GET', path: one, handle: async (ask) => reply(ask, await offered.read(idOf(ask))) },
      { method: 'DELETE', path: one, handle: async (ask) => reply(ask, await offered.cancel(idOf(ask))) },
      { method: 'GET', path: `${one}/file`, handle: (ask) => fileReply(offered, ask, idOf(ask)) },
    ],
  };
}

const idOf = ({ route }: Ask): string => route['order'] ?? '';

const reply = (ask: Ask, order: KeptOrder): Reply => jsonReply(described(ask, order), UNKEPT);

function described({ publicUrl }: Ask, order: KeptOrder) {
  const self = `${publicUrl}${PREFIX}/${order.id}`;
  return { ...order, urls: { self, file: `${self}/file` } };
}

/**
 * The same order by a link that stays: `/api/download?parcels=…&bufferM=50&formats=dxf`.
 * @param path `/download` is the same, for links that people write down
 */
export function download(
  { orders: offered }: Offered,
  path: '/api/download' | '/download' = '/api/download',
): Protocol {
  return {
    name: path.slice(1).replace('/', '-'),
    prefix: path,
    explain: explainAsProblem,
    routes: [
      { method: 'GET', path, handle: (ask) => packed(offered, ask, orderOf(ask.query)) },
      { method: 'POST', path, handle: (ask) => packed(offered, ask, parseBody(ask, downloadSchema)) },
    ],
  };
}

async function packed(offered: Services['orders'], ask: Ask, order: DownloadOrder): Promise<Reply> {
  const { fileName, version, bytes } = await offered.pack(order, ask.view, ask.signal);
  // What is handed out to accounts alone is in nobody else's store.
  const isForAll = order.profile === 'public';
  const kept = { etag: etagOf(version), 'cache-control': isForAll ? 'no-cache' : 'private, no-cache' };
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
