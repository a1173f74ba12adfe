/** Sources of measurements: those that speak over MQTT are read, those that wait to be asked are asked, each by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { asTwinError } from '../../core/errors.ts';
import { takeChirpstack } from '../../core/live/adapters/chirpstack.ts';
import { takeMapped } from '../../core/live/adapters/mapping.ts';
import { type Taken, UnreadablePayload } from '../../core/live/adapters/reading.ts';
import { takeThingsStack } from '../../core/live/adapters/things-stack.ts';
import type { ProviderStatus } from '../../core/wire/providers.ts';
import type { SensorSource } from '../../core/wire/sensor-source.ts';
import type { SensorThings } from '../services/sensor-things.ts';
import type { SourceStore } from '../services/sources.ts';
import { type AskProvider, providerAsker } from './ask-provider.ts';
import { asideOf, type DeliverOptions, type Delivery, deliverer } from './deliver.ts';
import { textGetter } from './get-text.ts';

export interface SourcesOptions {
  readonly sources: readonly SensorSource[];
  readonly store: SourceStore;
  readonly sensors: Pick<SensorThings, 'record' | 'setAside'>;
  readonly create: DeliverOptions['create'];
}

/** A source that speaks over MQTT; what the inbox wants (`server/mqtt/inbox.ts`). */
export interface HeardSource {
  readonly topics: readonly string[];
  take(topic: string, payload: Uint8Array): Promise<void>;
}

export interface Sources {
  readonly heard: readonly HeardSource[];
  /** Asks the providers until the signal; for one server at a time. */
  askAll(signal: AbortSignal): Promise<void>;
}

/** So many failures one after the other, and the provider is left in peace for longer and longer. */
const FAILURES_TO_OPEN = 3;
const LONGEST_PAUSE_MS = 3_600_000;
const MOST_ASIDES = 100_000;
const TIDY_MS = 60_000;
const NONE: Delivery = { written: 0, known: 0, aside: 0, undeclared: [] };

export function openSources({ sources, store, sensors, create }: SourcesOptions): Sources {
  const each = sources.map((source) => ({ source, deliver: deliverer({ source, store, sensors, create }) }));
  const tell = (source: SensorSource, state: ProviderStatus['state'], delivery: Delivery, error?: string) =>
    store.tell({ name: source.name, adapter: source.adapter, state, error, ...delivery });

  const heard = each.flatMap(({ source, deliver }): HeardSource[] => {
    const { topics } = source;
    if (topics === undefined) return [];
    return [
      {
        topics,
        async take(topic, payload) {
          const text = new TextDecoder().decode(payload);
          try {
            const delivery = await deliver(takeMessage(source, topic, text), text);
            await tell(source, 'ok', delivery);
          } catch (error) {
            if (!(error instanceof UnreadablePayload)) throw error;
            await sensors.setAside([asideOf(source.name, `${topic.slice(0, 300)}: ${error.message}`, text)]);
            await tell(source, 'failing', { ...NONE, aside: 1 }, error.message);
          }
        },
      },
    ];
  });

  const askOne = async (
    { source, deliver }: (typeof each)[number],
    ask: AskProvider,
    signal: AbortSignal,
  ): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      let error: string | undefined;
      const sum = { written: 0, known: 0, aside: 0, undeclared: new Set<string>() };
      try {
        for await (const { taken, sent, accept } of ask(signal)) {
          const delivery = await deliver(taken, sent);
          accept();
          sum.written += delivery.written;
          sum.known += delivery.known;
          sum.aside += delivery.aside;
          for (const word of delivery.undeclared) sum.undeclared.add(word);
        }
      } catch (thrown) {
        if (signal.aborted) return;
        error = thrown instanceof UnreadablePayload ? thrown.message : asTwinError(thrown).message;
        if (thrown instanceof UnreadablePayload) {
          await sensors.setAside([asideOf(source.name, thrown.message, '')]).catch(() => {});
          sum.aside++;
        }
      }
      failures = error === undefined ? 0 : failures + 1;
      const state = failures === 0 ? 'ok' : failures < FAILURES_TO_OPEN ? 'failing' : 'open';
      // While the database is away nothing can be told; the next round tells it.
      await tell(source, state, { ...sum, undeclared: [...sum.undeclared] }, error).catch(() => {});
      await sleep(pauseMs(source, failures), undefined, { signal }).catch(() => {});
    }
  };

  return {
    heard,
    async askAll(signal) {
      const asking = each.flatMap((one) => {
        const { headers, timeoutS, mostBytes } = one.source;
        const ask = providerAsker(one.source, textGetter({ headers, timeoutMs: timeoutS * 1000, mostBytes }));
        return ask === undefined ? [] : [askOne(one, ask, signal)];
      });
      const tidying = (async () => {
        while (!signal.aborted) {
          await store.boundAsides(MOST_ASIDES).catch(() => {});
          await sleep(TIDY_MS, undefined, { signal }).catch(() => {});
        }
      })();
      await Promise.all([...asking, tidying]);
    },
  };
}

/** Twice as long with each failure beyond the third; one attempt then tells whether it is well again. */
export function pauseMs({ everyS }: Pick<SensorSource, 'everyS'>, failures: number): number {
  const every = everyS * 1000;
  return failures < FAILURES_TO_OPEN
    ? every
    : Math.max(every, Math.min(LONGEST_PAUSE_MS, every * 2 ** (failures - FAILURES_TO_OPEN + 1)));
}

function takeMessage(source: SensorSource, topic: string, text: string): Taken {
  const { adapter, mapping } = source;
  if (adapter === 'chirpstack') return takeChirpstack(text, source);
  if (adapter === 'things-stack') return takeThingsStack(text, source);
  if (mapping !== undefined) return takeMapped(text, mapping, topic, new Date());
  throw new UnreadablePayload(`${adapter} does not speak over MQTT`);
}
