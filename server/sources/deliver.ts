/** What an adapter read becomes observations: of known devices, of new ones where the source may make them, or aside. */

import { asTwinError } from '../../core/errors.ts';
import { datastreamBody, type NewStream, thingBody } from '../../core/live/adapters/new-device.ts';
import type { Reading, Taken } from '../../core/live/adapters/reading.ts';
import { sensorKind } from '../../core/live/sensor-kinds.ts';
import type { Aside, JsonObject, ObservationDraft } from '../../core/live/sensor-things.ts';
import type { SensorSource } from '../../core/wire/sensor-source.ts';
import type { SensorThings } from '../services/sensor-things.ts';
import type { KnownStream, SourceStore } from '../services/sources.ts';

export interface Delivery {
  readonly written: number;
  readonly known: number;
  readonly aside: number;
  readonly undeclared: readonly string[];
}

export interface DeliverOptions {
  readonly source: SensorSource;
  readonly store: SourceStore;
  readonly sensors: Pick<SensorThings, 'record' | 'setAside'>;
  /** Makes an entity as a POST of SensorThings would. */
  readonly create: (path: string, body: JsonObject) => Promise<void>;
}

const AT_ONCE = 1_000;
/** How long what is known of a device is believed. */
const TRUST_MS = 60_000;
const MOST_REMEMBERED = 20_000;

/**
 * @returns a function that settles when everything is written or kept aside
 * @throws TwinError (the function) unavailable while the database is away; then nothing is lost by trying again
 */
export function deliverer(options: DeliverOptions): (taken: Taken, sent: string) => Promise<Delivery> {
  const { source, store, sensors } = options;
  const remembered = new Map<string, { readonly until: number; readonly streams: readonly KnownStream[] }>();
  const externalId = (device: string): string => `${source.name}:${device}`;

  const streamsOf = async (devices: readonly string[]): Promise<Map<string, readonly KnownStream[]>> => {
    const now = Date.now();
    const known = new Map<string, readonly KnownStream[]>();
    const unknown: string[] = [];
    for (const device of devices) {
      const held = remembered.get(device);
      if (held !== undefined && held.until > now) known.set(device, held.streams);
      else unknown.push(device);
    }
    if (unknown.length > 0) {
      const found = await store.streams(unknown.map(externalId));
      for (const device of unknown) {
        const streams = found.filter((stream) => stream.externalId === externalId(device));
        if (streams.length === 0) continue;
        known.set(device, streams);
        if (remembered.size >= MOST_REMEMBERED) remembered.clear();
        remembered.set(device, { until: now + TRUST_MS, streams });
      }
    }
    return known;
  };

  /** Makes what is missing of a device; whoever else made it meanwhile has done it as well. */
  const make = async (
    device: string,
    wanted: readonly Reading[],
    taken: Taken,
    known: readonly KnownStream[] | undefined,
  ) => {
    const missing = new Map<string, NewStream>();
    for (const reading of wanted) {
      const kind = sensorKind(codeOf(reading));
      const isForecast = reading.foretoldAt !== undefined;
      if (kind === undefined || findStream(known, reading, codeOf(reading)) !== undefined) continue;
      missing.set(`${kind.code} ${isForecast}`, { kind, isForecast });
    }
    if (missing.size === 0) return;
    const properties = await store.observedProperties([...missing.values()].map(({ kind }) => kind.code));
    const sensorId = known?.find((stream) => stream.sensorId !== undefined)?.sensorId;
    const streams = [...missing.values()].map((stream) => ({
      ...stream,
      sensorId,
      observedPropertyId: properties.get(stream.kind.code),
    }));
    const facts = taken.devices.find(({ id }) => id === device) ?? { id: device };
    const thingId = known?.[0]?.thingId;
    try {
      if (thingId === undefined) {
        const { name, provider } = source;
        const body = thingBody({
          externalId: externalId(device),
          device: facts,
          source: name,
          provider,
          streams,
        });
        await options.create('Things', body);
      } else {
        for (const stream of streams) {
          await options.create(
            `Things(${thingId})/Datastreams`,
            datastreamBody(stream, facts, source.provider),
          );
        }
      }
    } catch (error) {
      if (asTwinError(error).kind !== 'conflict') throw error;
    }
    remembered.delete(device);
  };

  const codeOf = ({ code }: Reading): string => source.codes[code] ?? code;

  return async (taken, sent) => {
    const devices = [...new Set(taken.readings.map(({ device }) => device))];
    let known = await streamsOf(devices);
    const problems = [...taken.problems];
    if (source.newDevices === 'make') {
      for (const device of devices) {
        const readings = taken.readings.filter((reading) => reading.device === device);
        await make(device, readings, taken, known.get(device));
      }
      known = await streamsOf(devices);
    }
    const undeclared = new Set<string>();
    const drafts = new Map<string, ObservationDraft>();
    const forecasts: ObservationDraft[] = [];
    for (const device of devices) {
      if (!known.has(device) && source.newDevices === 'refuse')
        problems.push(`unknown device ${device}: make a Thing with the externalId ${externalId(device)}`);
    }
    for (const reading of taken.readings) {
      const streams = known.get(reading.device);
      if (streams === undefined && source.newDevices === 'refuse') continue;
      const result = typeof reading.value === 'boolean' ? Number(reading.value) : reading.value;
      const datastreamId = findStream(streams, reading, codeOf(reading))?.datastreamId;
      if (datastreamId === undefined || typeof result === 'string') {
        undeclared.add(codeOf(reading).slice(0, 60));
        continue;
      }
      const draft: ObservationDraft = {
        datastreamId,
        phenomenonTime: reading.time,
        phenomenonEnd: reading.end,
        resultTime: reading.foretoldAt,
        result,
        parameters: reading.parameters,
      };
      drafts.set(`${datastreamId} ${reading.time.getTime()}`, draft);
      if (reading.foretoldAt !== undefined) forecasts.push(draft);
    }
    if (forecasts.length > 0) await store.dropOtherForecasts(forecasts);
    const counts = { written: 0, known: 0, aside: 0 };
    const all = [...drafts.values()];
    for (let at = 0; at < all.length; at += AT_ONCE) {
      for (const { outcome } of await sensors.record(all.slice(at, at + AT_ONCE))) {
        if (outcome === 'written') counts.written++;
        else if (outcome === 'known') counts.known++;
        else counts.aside++;
        // Removed while it was remembered: the next message finds it as it is.
        if (outcome === 'unknown-datastream') remembered.clear();
      }
    }
    if (problems.length > 0) {
      const asides = problems.slice(0, AT_ONCE).map((detail) => asideOf(source.name, detail, sent));
      await sensors.setAside(asides.slice(0, 20));
      counts.aside += problems.length;
    }
    return { ...counts, undeclared: [...undeclared] };
  };
}

export const asideOf = (source: string, detail: string, sent: string): Aside => ({
  reason: 'rejected',
  detail,
  sent,
  source,
});

const findStream = (
  streams: readonly KnownStream[] | undefined,
  { foretoldAt }: Reading,
  code: string,
): KnownStream | undefined =>
  streams?.find(
    (stream) =>
      stream.code === code &&
      stream.isForecast === (foretoldAt !== undefined) &&
      stream.datastreamId !== undefined,
  );
