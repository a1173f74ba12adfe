import { expect, it } from 'vitest';
import type { Aside } from '../../../core/live/sensor-things.ts';
import { PUBLIC_VIEW } from '../../access/view.ts';
import type { Ask } from '../../http/protocol.ts';
import type { Entity } from '../../services/sensor-things.ts';
import { createObservations } from './data-array.ts';

it('rows that are no values are told as errors and kept aside with their reason, beside those that are kept', async () => {
  const asides: Aside[] = [];
  const sensors = {
    create: async (): Promise<Entity> => ({ id: '7-2026-06-01T10:00:00Z', properties: {}, linked: {} }),
    setAside: async (more: readonly Aside[]) => void asides.push(...more),
  };
  const block = {
    Datastream: { '@iot.id': 7 },
    components: ['phenomenonTime', 'result'],
    dataArray: [['2026-06-01T10:00:00Z', 1], ['yesterday', 2], ['2026-06-01T10:05:00Z']],
  };
  const ask: Ask = {
    method: 'POST',
    path: '/sta/v1.1/CreateObservations',
    route: {},
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(JSON.stringify([block])),
    view: PUBLIC_VIEW,
    signal: new AbortController().signal,
    requestId: 'r',
    publicUrl: 'http://twin',
  };
  const reply = await createObservations(sensors, ask);
  const answers: string[] = JSON.parse(String(reply.body));
  expect(answers.map((answer) => answer.startsWith('error: '))).toEqual([false, true, true]);
  expect(asides.map(({ datastreamId, reason, sent }) => [datastreamId, reason, sent])).toEqual([
    [7, 'rejected', '["yesterday",2]'],
    [7, 'rejected', '["2026-06-01T10:05:00Z"]'],
  ]);
  expect(asides[0]?.detail).toContain('phenomenonTime');
});
