/** The area that somebody brings in a file, read by the service and shown before anything is ordered. */
import { signal } from '@preact/signals';
import { positionsOf } from '../../core/geo/geometry.ts';
import type { GivenArea, OrderRequest } from '../../core/wire/order.ts';
import { ask } from '../api/ask.ts';
import { addressOf } from '../api/city-api.ts';
import { announce } from '../state/announcer.ts';
import { LOADING, type Load, loadInto } from '../state/load.ts';
import { flyTo } from '../state/twin-state.ts';
import { t } from '../text/text.ts';

/** In which system drawings and lists of corners are read, which name none. */
export const fileSrid = signal<OrderRequest['srid']>(2177);
export const givenArea = signal<Load<GivenArea> | undefined>(undefined);
export const fileName = signal('');
/** A repaired area is ordered only when somebody has looked at it. */
export const isRepairTaken = signal(false);

let chosen: File | undefined;

/** @param file undefined = the one that was read last, as after another system was chosen */
export async function readAreaFile(file: File | undefined = chosen): Promise<void> {
  if (!file) return;
  chosen = file;
  isRepairTaken.value = false;
  fileName.value = file.name;
  const load = signal<Load<GivenArea>>(LOADING);
  givenArea.value = LOADING;
  const asked = fileSrid.peek();
  const isWanted = () => chosen === file && fileSrid.peek() === asked;
  const headers = { 'content-type': 'application/octet-stream' };
  const address = addressOf(`api/orders/area?srid=${asked}`);
  await loadInto(
    load,
    async () => (await ask(address, { method: 'POST', headers, body: file })).json(),
    isWanted,
  );
  if (!isWanted()) return;
  givenArea.value = load.value;
  if (load.value.kind !== 'ready') return;
  announce(t('orderFileRead'));
  show(load.value.value);
}

/** The map goes where the area is. */
function show({ area }: GivenArea): void {
  let [minE, minN, maxE, maxN] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [e, n] of positionsOf(area.geometry)) {
    [minE, minN] = [Math.min(minE, e), Math.min(minN, n)];
    [maxE, maxN] = [Math.max(maxE, e), Math.max(maxN, n)];
  }
  if (Number.isFinite(minE)) flyTo([minE, minN, maxE, maxN]);
}
