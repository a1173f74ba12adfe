/** Orders that were made: those of this browser, and those of the account, wherever it ordered. */
import { effect, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { DataOrder, NewDataOrder, OrderPart } from '../../core/wire/order.ts';
import { ask, ServiceError } from '../api/ask.ts';
import { addressIn, addressOf, postJson } from '../api/city-api.ts';
import { announce } from '../state/announcer.ts';
import { session } from '../state/session.ts';
import { momentPrefix, scenarioPrefix } from '../state/shown-city.ts';
import { t } from '../text/text.ts';

const KEPT_AT = 'blizniak.orders';
const MOST_KEPT = 30;
const ASK_AGAIN_MS = 1_000;

export const orders = signal<readonly DataOrder[]>([]);
/** Why the orders of the account could not be read. */
export const listProblem = signal<string | undefined>(undefined);
/** While an order is on its way: a second click is no second order. */
export const isPutting = signal(false);
/** Why the last order could not be put, and the parts of it that can. */
export const refusal = signal<{ readonly reason: string; readonly parts: readonly OrderPart[] } | undefined>(
  undefined,
);
/** What was refused and where: its parts are of this order, whatever was ticked since. */
let refused: { readonly wanted: NewDataOrder; readonly address: string } | undefined;

/** Keeps the orders up to date, and in step with who is signed in. @returns how to stop */
export function followMine(): () => void {
  const stop = effect(() => {
    void session.value;
    void readOrders();
  });
  const timer = setInterval(() => {
    if (orders.peek().some(isUnderWay)) void readOrders();
  }, ASK_AGAIN_MS);
  return () => {
    clearInterval(timer);
    stop();
  };
}

export const isUnderWay = ({ state }: DataOrder): boolean => state === 'waiting' || state === 'running';

/** Where an order is, whatever city is shown: the service answers for all of them at one address. */
const addressOfOrder = (id: string): string => addressIn('', `api/orders/${id}`);

export const fileAddress = (id: string): string => `${addressOfOrder(id)}/file`;

export const putOrder = (wanted: NewDataOrder): Promise<void> => put(wanted, addressOf('api/orders'));

/** The same once more, in the city that it was of. */
export const putAgain = ({ order, at, scenario }: DataOrder): Promise<void> => {
  const prefix = scenario !== null ? scenarioPrefix(scenario) : at !== null ? momentPrefix(at) : '';
  return put(order, addressIn(prefix, 'api/orders'));
};

async function put(wanted: NewDataOrder, address: string): Promise<void> {
  if (isPutting.peek()) return;
  refusal.value = undefined;
  isPutting.value = true;
  try {
    const made: DataOrder = await (await postJson(address, wanted)).json();
    keepIds([made.id, ...keptIds()]);
    orders.value = [made, ...orders.peek()];
    announce(t('orderTaken'));
  } catch (error) {
    const parts = error instanceof ServiceError ? error.members['parts'] : undefined;
    refused = { wanted, address };
    refusal.value = { reason: reasonOf(error), parts: Array.isArray(parts) ? parts : [] };
  } finally {
    isPutting.value = false;
  }
}

/** Orders one part of what was refused; the others stay to be ordered. */
export async function putPart(part: OrderPart): Promise<void> {
  const [whole, offered] = [refused, refusal.peek()];
  if (!whole || !offered) return;
  await put({ ...whole.wanted, area: part.area }, whole.address);
  if (refusal.peek()) return;
  const parts = offered.parts.filter((each) => each !== part);
  if (parts.length > 0) refusal.value = { ...offered, parts };
}

export async function cancelOrder(id: string): Promise<void> {
  await ask(addressOfOrder(id), { method: 'DELETE' }).catch((error: unknown) => {
    refusal.value = { reason: reasonOf(error), parts: [] };
  });
  await readOrders();
}

/** Whether this browser remembers it; others are of the account. */
export const isKeptHere = (id: string): boolean => keptIds().includes(id);

/** Takes it off the list of this browser. */
export function forgetOrder(id: string): void {
  keepIds(keptIds().filter((each) => each !== id));
  orders.value = orders.peek().filter((each) => each.id !== id);
}

async function readOrders(): Promise<void> {
  const theirs = session.peek() ? await ofAccount() : [];
  const listed = new Set(theirs.map(({ id }) => id));
  const here = await Promise.all(keptIds().flatMap((id) => (listed.has(id) ? [] : [readOne(id)])));
  orders.value = [...theirs, ...here.filter((each) => each !== undefined)].toSorted((a, b) =>
    b.createdAt.localeCompare(a.createdAt),
  );
}

async function ofAccount(): Promise<readonly DataOrder[]> {
  try {
    const { orders: theirs }: { orders: readonly DataOrder[] } = await (
      await ask(addressIn('', 'api/orders'))
    ).json();
    listProblem.value = undefined;
    return theirs;
  } catch (error) {
    listProblem.value = reasonOf(error);
    return orders.peek().filter(({ id }) => !isKeptHere(id));
  }
}

/** As it was read last where the service does not answer; undefined where there is none any more. */
async function readOne(id: string): Promise<DataOrder | undefined> {
  try {
    return (await (await ask(addressOfOrder(id))).json()) as DataOrder;
  } catch (error) {
    const isGone = error instanceof ServiceError && error.status === 404;
    return isGone ? undefined : orders.peek().find((each) => each.id === id);
  }
}

function keptIds(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

function keepIds(ids: readonly string[]): void {
  try {
    localStorage.setItem(KEPT_AT, JSON.stringify(ids.slice(0, MOST_KEPT)));
  } catch {
    // A browser that keeps nothing: the list lives as long as the page.
  }
}
