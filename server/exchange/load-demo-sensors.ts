import { type DemoSize, generateDemoCity } from '../../core/demo-city/generate.ts';
import { demoSensors, LAST_DEMO_SENSOR, sensorPrefix } from '../../core/demo-city/sensors.ts';
import type { ObservationDraft, ThingDraft } from '../../core/live/sensor-things.ts';
import type { Pool } from '../store/pool.ts';
import { storeSensorThings } from '../store/sensor-things.ts';
import { sql } from '../store/sql.ts';

interface Demo {
  readonly size: DemoSize;
  readonly seed: number;
}

const DAY_MS = 86_400_000;
const AT_ONCE = 1_000;

/** Whether the sensors of a demo city are all there: a junction is made last. */
export async function hasDemoSensors(pool: Pool, { size, seed }: Demo): Promise<boolean> {
  const last = `${sensorPrefix(size, seed)}${LAST_DEMO_SENSOR}`;
  const [found] = await pool.read(sql`select from live.thing where external_id = ${last}::text`);
  return found !== undefined;
}

/**
 * Makes the sensors of a demo city and what they measured in the day before `nowMs`, by the same service that any
 * sender uses. Broken off, it goes on where it was.
 */
export async function loadDemoSensors(pool: Pool, { size, seed }: Demo, nowMs: number): Promise<void> {
  const service = storeSensorThings(pool, pool);
  const known = new Map<object, Promise<number>>();
  /** Instruments and properties that many streams share are made once. */
  const once = <Draft extends object>(draft: Draft | number, make: (draft: Draft) => Promise<number>) => {
    if (typeof draft === 'number') return Promise.resolve(draft);
    const id = known.get(draft) ?? make(draft);
    known.set(draft, id);
    return id;
  };
  for (const { thing, streams } of demoSensors(generateDemoCity({ size, seed }))) {
    const datastreams: ThingDraft['datastreams'][number][] = [];
    for (const draft of thing.datastreams) {
      datastreams.push({
        ...draft,
        sensor: await once(draft.sensor, service.createSensor),
        observedProperty: await once(draft.observedProperty, service.createObservedProperty),
      });
    }
    const ids = await streamIds(pool, thing.externalId ?? '', () =>
      service.createThing({ ...thing, datastreams }),
    );
    const values = streams.flatMap(({ intervalS, valueAt }, n): ObservationDraft[] => {
      const stepMs = intervalS * 1000;
      const last = Math.floor(nowMs / stepMs);
      const datastreamId = ids[n];
      if (datastreamId === undefined) return [];
      return Array.from({ length: DAY_MS / stepMs }, (_, back) => {
        const timeMs = (last - back) * stepMs;
        return { datastreamId, phenomenonTime: new Date(timeMs), result: valueAt(timeMs) };
      });
    });
    for (let at = 0; at < values.length; at += AT_ONCE) await service.record(values.slice(at, at + AT_ONCE));
  }
}

/** Ids of the datastreams of a thing, in the order in which they were made; makes it where it is missing. */
async function streamIds(
  pool: Pool,
  externalId: string,
  make: () => Promise<number>,
): Promise<readonly number[]> {
  const read = () =>
    pool.read<{
      id: number;
    }>(sql`select datastream.id from live.thing join live.datastream on thing_id = thing.id
      where external_id = ${externalId}::text order by datastream.id`);
  const there = await read();
  if (there.length > 0) return there.map(({ id }) => id);
  await make();
  return (await read()).map(({ id }) => id);
}
