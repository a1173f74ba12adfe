import { expect, it } from 'vitest';
import { unavailable } from '../../core/errors.ts';
import type { Aside } from '../../core/live/sensor-things.ts';
import { openInbox, topicMatches } from './inbox.ts';
import type { SensorThingsDoor } from './sensor-things-door.ts';

const STAFF = { who: 'staff', roles: ['public', 'staff'] } as const;
const never = new AbortController().signal;

function inboxOf(failures: Error[]) {
  const asides: Aside[] = [];
  const tries: string[] = [];
  const door = {
    create: async (topic: string) => {
      tries.push(topic);
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
    },
  } as unknown as SensorThingsDoor;
  const inbox = openInbox(door, [], async (more) => void asides.push(...more));
  return {
    asides,
    tries,
    take: () => inbox.take({ topic: 'v1.1/Things', payload: Buffer.from('{}'), who: STAFF }, never),
  };
}

it('tries again while the database is away', async () => {
  const { tries, asides, take } = inboxOf([unavailable('away'), unavailable('away')]);
  await take();
  expect([tries.length, asides]).toEqual([3, []]);
});

it('keeps a message aside at which the service itself stumbles again and again', async () => {
  const { tries, asides, take } = inboxOf(Array.from({ length: 10 }, () => new Error('a fault')));
  await take();
  expect(tries).toHaveLength(4);
  expect(asides).toMatchObject([
    { source: 'mqtt', detail: expect.stringContaining('a fault of the service') },
  ]);
});

it('matches topics as MQTT does', () => {
  const matches = [
    ['a/+/c', 'a/b/c'],
    ['a/#', 'a/b/c'],
    ['a/#', 'a'],
    ['+', 'a'],
    ['a/b', 'a/b'],
  ];
  const others = [
    ['a/+', 'a/b/c'],
    ['+', 'a/b'],
    ['a/b/c', 'a/b'],
    ['a/+/c', 'a/b/d'],
  ];
  expect(matches.filter(([filter = '', topic = '']) => !topicMatches(filter, topic))).toEqual([]);
  expect(others.filter(([filter = '', topic = '']) => topicMatches(filter, topic))).toEqual([]);
});
