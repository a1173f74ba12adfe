/** What is being ordered, what it would be, and the orders of this browser. */
import { computed, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type {
  DataOrder,
  NewDataOrder,
  OrderArea,
  OrderEstimate,
  OrderFormat,
  OrderPart,
  OrderRequest,
} from '../../core/wire/order.ts';
import { ask, ServiceError } from '../api/ask.ts';
import { addressOf } from '../api/city-api.ts';
import { PARCELS } from '../state/checked-parcel.ts';
import { LOADING, type Load, loadAlong } from '../state/load.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { planView, selection } from '../state/twin-state.ts';
import { drawnArea, isDrawingArea } from './order-area.ts';
import { givenArea, isRepairTaken } from './order-file.ts';
import { caseNumber, profile } from './order-profile.ts';

export const ORDER_SPACE = 'order';

export const AREA_KINDS = [
  'parcels',
  'polygon',
  'place',
  'street',
  'sheet',
  'district',
  'precinct',
  'file',
  'city',
] as const;
export type AreaKind = (typeof AREA_KINDS)[number];

/** CRS of the plan. */
const PLAN_SRID = 2177;
const KEPT_AT = 'blizniak.orders';
const MOST_KEPT = 30;
const PAUSE_MS = 400;
const ASK_AGAIN_MS = 1_000;

export const areaKind = signal<AreaKind>('parcels');
/** Of the margin, the radius or the street. */
export const metres = signal(50);
/** Name of the street or the sheet. */
export const placeName = signal('');
export const orderedLayers = signal<readonly string[]>([
  'parcels',
  'buildings',
  'boundary_points',
  'control_points',
  'utility_lines',
  'utility_devices',
]);
export const orderedFormats = signal<readonly OrderFormat[]>(['gml', 'dxf']);
export const orderedSrid = signal<OrderRequest['srid']>(PLAN_SRID);
export const isCut = signal(false);
export const estimate = signal<Load<OrderEstimate>>(LOADING);
/** Why the last order could not be put, and the parts of it that can. */
export const refusal = signal<{ readonly reason: string; readonly parts: readonly OrderPart[] } | undefined>(
  undefined,
);
/** What was refused: its parts are of this order, whatever was ticked since. */
let refused: NewDataOrder | undefined;
export const orders = signal<readonly DataOrder[]>([]);

/** The area that is meant; undefined while something is missing. */
const area = computed<OrderArea | undefined>(() => {
  const name = placeName.value.trim();
  switch (areaKind.value) {
    case 'parcels': {
      const picked = selection.value;
      return picked?.layer === PARCELS
        ? { kind: 'parcels', ids: [picked.id], bufferM: metres.value }
        : undefined;
    }
    case 'polygon': {
      const ring = drawnArea.value;
      const [first] = ring;
      if (isDrawingArea.value || !first || ring.length < 3) return undefined;
      const coordinates = [[...ring, first].map(([e, n]): [number, number] => [e, n])];
      return { kind: 'polygon', geometry: { type: 'Polygon', coordinates }, srid: PLAN_SRID };
    }
    case 'place': {
      const view = planView.value;
      return (
        view && {
          ...{ kind: 'place', at: [view.eastingM, view.northingM] },
          ...{ srid: PLAN_SRID, radiusM: Math.max(1, metres.value) },
        }
      );
    }
    case 'street':
      return name === '' ? undefined : { kind: 'street', name, widthM: Math.max(1, metres.value) };
    case 'sheet':
      return name === '' ? undefined : { kind: 'sheet', name };
    case 'district':
    case 'precinct':
      return name === '' ? undefined : { kind: areaKind.value, id: name };
    case 'file': {
      const load = givenArea.value;
      if (load?.kind !== 'ready' || (load.value.faults.length > 0 && !isRepairTaken.value)) return undefined;
      return load.value.area;
    }
    case 'city':
      return { kind: 'city' };
  }
});

export const order = computed<NewDataOrder | undefined>(() => {
  const [meant, layers, formats] = [area.value, orderedLayers.value, orderedFormats.value];
  if (!meant || layers.length === 0 || formats.length === 0) return undefined;
  return {
    ...{ area: meant, layers: [...layers], formats: [...formats], srid: orderedSrid.value },
    cut: isCut.value ? 'clip' : 'whole',
    heights: 'PL-EVRF2007-NH',
    profile: profile.value,
    ...(profile.value !== 'public' &&
      caseNumber.value.trim() !== '' && { caseNumber: caseNumber.value.trim() }),
  };
});

const post = (path: string, body: object, signal?: AbortSignal): Promise<Response> =>
  ask(addressOf(path), {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    ...(signal && { signal }),
  });

/** Keeps the estimate in step with the order, and the orders up to date. @returns how to stop */
export function followOrders(): () => void {
  void readOrders();
  const timer = setInterval(() => {
    if (orders.peek().some(isUnderWay)) void readOrders();
  }, ASK_AGAIN_MS);
  const stop = loadAlong(
    estimate,
    () => {
      const asked = order.value;
      void cityPrefix.value;
      return asked && (async (abort) => (await post('api/orders/estimate', asked, abort)).json());
    },
    PAUSE_MS,
  );
  return () => {
    clearInterval(timer);
    stop();
  };
}

export const isUnderWay = ({ state }: DataOrder): boolean => state === 'waiting' || state === 'running';

/** Where an order is, whatever city is shown: the service answers for all of them at one address. */
const addressOfOrder = (id: string): string => new URL(`api/orders/${id}`, document.baseURI).href;

export const fileAddress = (id: string): string => `${addressOfOrder(id)}/file`;

export async function putOrder(wanted: NewDataOrder): Promise<void> {
  refusal.value = undefined;
  try {
    const made: DataOrder = await (await post('api/orders', wanted)).json();
    keepIds([made.id, ...keptIds()]);
    orders.value = [made, ...orders.peek()];
  } catch (error) {
    const parts = error instanceof ServiceError ? error.members['parts'] : undefined;
    refused = wanted;
    refusal.value = { reason: reasonOf(error), parts: Array.isArray(parts) ? parts : [] };
  }
}

/** Orders one part of what was refused; the others stay to be ordered. */
export async function putPart(part: OrderPart): Promise<void> {
  const [whole, offered] = [refused, refusal.peek()];
  if (!whole || !offered) return;
  await putOrder({ ...whole, area: part.area });
  if (refusal.peek()) return;
  const parts = offered.parts.filter((each) => each !== part);
  if (parts.length > 0) refusal.value = { ...offered, parts };
}

export async function cancelOrder(id: string): Promise<void> {
  await ask(addressOfOrder(id), { method: 'DELETE' }).catch(() => undefined);
  await readOrders();
}

/** Takes it off the list of this browser. */
export function forgetOrder(id: string): void {
  keepIds(keptIds().filter((each) => each !== id));
  orders.value = orders.peek().filter((each) => each.id !== id);
}

async function readOrders(): Promise<void> {
  const read = await Promise.all(
    keptIds().map(async (id) => {
      const answer = await ask(addressOfOrder(id)).catch(() => undefined);
      return answer ? ((await answer.json()) as DataOrder) : orders.peek().find((each) => each.id === id);
    }),
  );
  orders.value = read.filter((each) => each !== undefined);
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
