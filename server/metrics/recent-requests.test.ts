import { expect, it } from 'vitest';
import type { AnsweredRequest } from '../http/answered-request.ts';
import { RecentRequests } from './recent-requests.ts';

const request = (more: Partial<AnsweredRequest> = {}): AnsweredRequest => ({
  ...{ door: 'wfs', method: 'GET', status: 200, isComplete: true, bytes: 10, seconds: 0.02 },
  ...more,
});

it('sums by door what was refused, what failed, and how long 95 of 100 took', () => {
  const recent = new RecentRequests(15, () => 0);
  for (let i = 0; i < 95; i++) recent.add(request());
  for (let i = 0; i < 3; i++) recent.add(request({ seconds: 4 }));
  recent.add(request({ status: 404 }));
  recent.add(request({ status: 503, seconds: 60 }));
  recent.add(request({ door: 'tiles', isComplete: false }));
  recent.add(request({ door: 'events', seconds: undefined, isComplete: false }));
  recent.add(request({ door: 'wms', status: 499, isComplete: false }));
  expect(recent.doors()).toEqual([
    { door: 'wfs', requests: 100, refused: 1, failed: 1, bytes: 1000, p95S: 0.025 },
    { door: 'events', requests: 1, refused: 0, failed: 0, bytes: 10, p95S: null },
    { door: 'tiles', requests: 1, refused: 0, failed: 1, bytes: 10, p95S: 0.025 },
    { door: 'wms', requests: 1, refused: 0, failed: 0, bytes: 10, p95S: 0.025 },
  ]);
});

it('forgets what is older than its minutes', () => {
  let now = 0;
  const recent = new RecentRequests(2, () => now);
  recent.add(request());
  now = 61_000;
  recent.add(request());
  expect(recent.doors()).toMatchObject([{ requests: 2 }]);
  now = 121_000;
  expect(recent.doors()).toMatchObject([{ requests: 1 }]);
  now = 600_000;
  expect(recent.doors()).toEqual([]);
});
