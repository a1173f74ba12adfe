import { expect, it } from 'vitest';
import { AsksInWork } from './asks-in-work.ts';

it('counts a request once it is answered, what still streams after that, and never one that failed', () => {
  const told: unknown[] = [];
  const asks = new AsksInWork({
    add: (...each) => told.push(each),
    totals: async () => new Map(),
    table: async () => ({ since: null, rows: [] }),
  });
  const [streamed, failed] = [new AbortController().signal, new AbortController().signal];
  asks.add(streamed, 'wfs', 'parcels', 3);
  asks.add(failed, 'wfs', 'parcels', 3);
  expect(told).toEqual([]);
  asks.answered(streamed);
  asks.add(streamed, 'wfs', 'parcels', 500);
  asks.add(streamed, 'wfs', 'buildings', 20);
  asks.add(streamed, 'wfs', 'buildings', 1);
  expect(told).toEqual([
    ['wfs', 'parcels', 1, 3],
    ['wfs', 'parcels', 0, 500],
    ['wfs', 'buildings', 1, 20],
    ['wfs', 'buildings', 0, 1],
  ]);
});

it('counts an answer of which nothing is read before it begins', () => {
  const told: unknown[] = [];
  const asks = new AsksInWork({
    add: (...each) => told.push(each),
    totals: async () => new Map(),
    table: async () => ({ since: null, rows: [] }),
  });
  const { signal } = new AbortController();
  asks.answered(signal);
  asks.add(signal, 'ogc-features', 'parcels', 7);
  expect(told).toEqual([['ogc-features', 'parcels', 1, 7]]);
});

it('counts a picture in many sheets as one', () => {
  let handedOut = 0;
  const asks = new AsksInWork({
    add: (_door, _layer, _requests, more) => {
      handedOut += more;
    },
    totals: async () => new Map(),
    table: async () => ({ since: null, rows: [] }),
  });
  const { signal } = new AbortController();
  for (let sheet = 0; sheet < 9; sheet++) asks.addOnce(signal, 'wms', 'parcels');
  asks.answered(signal);
  expect(handedOut).toBe(1);
});
