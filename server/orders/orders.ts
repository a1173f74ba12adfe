import { createHmac } from 'node:crypto';
import { invalidParameter, notFound, TwinError, tooLarge } from '../../core/errors.ts';
import { CITY_HEIGHTS } from '../../core/geo/height-systems.ts';
import type { NewDataOrder, OrderNotify, OrderRequest } from '../../core/wire/order.ts';
import { zipStream } from '../../tiles/zip-stream.ts';
import { ANONYMOUS } from '../access/identity.ts';
import { requireRight } from '../access/require-right.ts';
import type { View } from '../access/view.ts';
import type { ClientAccounts } from '../services/client-accounts.ts';
import type { Orders } from '../services/orders.ts';
import {
  cancelOrder,
  orderSalt,
  ordersOf,
  putOrder,
  readOrder,
  readPieces,
  readyPackage,
  type StoredOrder,
} from '../store/order-book.ts';
import type { Pool } from '../store/pool.ts';
import { usePage, useSql, useStatistics } from '../store/use-register.ts';
import { checkAmount } from './check-amount.ts';
import { checkHeld, checkIncluded, heldProfiles, needCase, seenInProfile } from './check-profile.ts';
import type { OrderMaking } from './make-order.ts';
import { filesOfOrder, orderVersion } from './pack-order.ts';
import { readGivenArea } from './read-given-area.ts';
import { type OrderPlace, settleOrder } from './settle-order.ts';

/** Objects times formats that are answered at once. */
const MOST_AT_ONCE = 400_000;
const MOST_LISTED = 200;
/** Orders that wait or are being packed at a time, of one visitor and of one account. */
const MOST_WAITING = { visitor: 5, account: 30 };

export interface OrderOptions {
  /** Whether a mail server is known. */
  readonly sendsEmail: boolean;
  /** A scenario that this person may read. */
  readonly findScenario: OrderMaking['findScenario'];
}

/**
 * @param pool where orders are kept
 * @param clients who holds which profile
 */
export function offerOrders(
  place: OrderPlace,
  pool: Pool,
  clients: Pick<ClientAccounts, 'entitlementsOf'>,
  { sendsEmail, findScenario }: OrderOptions,
): Orders {
  const seenBy = async (order: Pick<NewDataOrder, 'profile'>, view: View): Promise<View> => {
    const seen = seenInProfile(order, view);
    const { scenario } = seen;
    if (!scenario || (await findScenario(scenario.id, seen.who))) return seen;
    throw new TwinError(
      'forbidden',
      `The scenario "${scenario.title}" is not for the profile ${order.profile}; order in the profile office, or publish it`,
      { parameter: 'profile' },
    );
  };
  const known = async (id: string): Promise<StoredOrder> => {
    const order = /^[0-9a-f]{32}$/.test(id) ? await readOrder(pool, id) : undefined;
    if (order) return order;
    throw notFound(`There is no order "${id.slice(0, 50)}"`, 'id');
  };
  return {
    async estimate(order, view, signal) {
      await checkHeld(order, view.who, clients);
      checkIncluded(order);
      return (await settleOrder(place, order, await seenBy(order, view), signal)).estimate;
    },

    async pack(order, view, signal) {
      await checkHeld(order, view.who, clients);
      needCase(order);
      checkIncluded(order);
      const settled = await settleOrder(place, order, await seenBy(order, view), signal);
      const { objects } = settled.estimate;
      if (objects * order.formats.length > MOST_AT_ONCE) {
        throw tooLarge(
          `${objects} objects in ${order.formats.length} formats are more than the ${MOST_AT_ONCE} that one answer holds; order it by POST /api/orders, or a smaller area, fewer layers or fewer formats`,
          'area',
        );
      }
      await checkAmount(place, settled);
      const version = await orderVersion(place, settled);
      const taken = () => pool.read(useSql({ order, who: view.who.who, objects }));
      const bytes = notedOnceRead(zipStream(filesOfOrder(place, settled)), taken);
      return { fileName: fileNameOf(order, version), version, bytes };
    },

    async put({ notify, ...order }, view, client, signal) {
      checkNotify(notify, view, sendsEmail);
      await checkHeld(order, view.who, clients);
      needCase(order);
      checkIncluded(order);
      const seen = await seenBy(order, view);
      const settled = await settleOrder(place, order, seen, signal);
      await checkAmount(place, settled);
      const version = await orderVersion(place, settled);
      const asked = {
        order,
        ...seen.who,
        at: view.at?.toISOString() ?? null,
        scenario: view.scenario?.id ?? null,
      };
      const isVisitor = view.who.who === ANONYMOUS.who;
      return known(
        await putOrder(pool, asked, {
          ...{ digest: version, fileName: fileNameOf(order, version), objects: settled.estimate.objects },
          turn: isVisitor ? await turnOf(pool, client) : `account ${view.who.who}`,
          notify,
          mostWaiting: isVisitor ? MOST_WAITING.visitor : MOST_WAITING.account,
        }),
      );
    },

    read: known,
    list: (who, scenario) => ordersOf(pool, who.who, MOST_LISTED, scenario),

    async cancel(id) {
      const { state } = await known(id);
      if (state === 'waiting' || state === 'running') await cancelOrder(pool, id);
      return known(id);
    },

    async file(id, signal) {
      const order = await known(id);
      const stored = await readyPackage(pool, id);
      if (!stored) {
        throw new TwinError(
          'conflict',
          `The package is not there: the order is ${order.state}${order.state === 'running' ? ` at ${order.progress} %` : ''}`,
          { parameter: 'id' },
        );
      }
      const { fileName, digest, bytes } = stored;
      return {
        ...{ fileName, bytes, version: digest },
        read: (from, to) => readPieces(pool, stored, from, to, signal),
      };
    },

    readArea: (bytes, reading, view, signal) =>
      readGivenArea(place.poolOf(view), place.city.srid, bytes, reading, signal),
    heights: [CITY_HEIGHTS, ...(place.oldHeights ? [place.oldHeights.to] : [])],
    profiles: (who) => heldProfiles(who, clients),
    statistics: () => useStatistics(pool),

    async register(query, who) {
      requireRight(who, 'register');
      return usePage(pool, query);
    },
  };
}

/** @throws TwinError unauthenticated, or invalid-parameter where no mail server is known */
function checkNotify(notify: OrderNotify | undefined, { who }: View, sendsEmail: boolean): void {
  if (!notify) return;
  if (who.who === ANONYMOUS.who) {
    throw new TwinError(
      'unauthenticated',
      'Only who has an account is told of an order; sign in, or ask how it is',
      {
        parameter: 'notify',
      },
    );
  }
  if (notify.email !== undefined && !sendsEmail) {
    throw invalidParameter(
      'notify.email',
      'This service sends no e-mail (SMTP_URL is not set); use a webhook',
    );
  }
}

/** A visitor in the queue: the same for each order, and of no use to tell who it was. */
const turnOf = async (pool: Pool, client: string): Promise<string> =>
  `visitor ${createHmac('sha256', await orderSalt(pool))
    .update(client)
    .digest('hex')
    .slice(0, 32)}`;

/** What nobody begins to read was not taken: a browser that has it already is answered without. */
async function* notedOnceRead(
  bytes: AsyncIterable<Uint8Array>,
  note: () => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  await note();
  yield* bytes;
}

const fileNameOf = ({ srid, heights }: OrderRequest, version: string): string =>
  `blizniak_${version.slice(0, 8)}_EPSG${srid}_${heights}.zip`;
