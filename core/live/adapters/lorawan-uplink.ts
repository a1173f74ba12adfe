/** One message of a LoRaWAN device, whichever network server brought it. */
import type { JsonObject } from '../sensor-things.ts';
import { bytesOf, isBase64 } from './base64.ts';
import type { Decoded, DecodedValues } from './decoders/decoded.ts';
import { decoderFor } from './decoders/decoder.ts';
import { codedValues } from './device-words.ts';
import { numberOf, textOf } from './json-fields.ts';
import type { DeviceFacts, Reading, Taken } from './reading.ts';

export interface LorawanUplink {
  /** Sixteen hexadecimal digits, upper case. */
  readonly devEui: string;
  readonly name: string | undefined;
  /** As the network's device profile calls it. */
  readonly model: string | undefined;
  readonly time: Date;
  /** Base64 of the device's own bytes. */
  readonly data: string | undefined;
  readonly port: number | undefined;
  /** What the network server has decoded already. */
  readonly object: JsonObject | undefined;
  readonly lonLat: readonly [number, number] | undefined;
  /** Reception: gateway, RSSI (dBm), SNR (dB), counter, frequency (Hz). */
  readonly reception: JsonObject;
}

export interface LorawanOptions {
  /** The model of devices whose profile does not say it: of all, and by device EUI. */
  readonly model?: string | undefined;
  readonly models?: Readonly<Record<string, string>> | undefined;
}

export const isDevEui = (text: string | undefined): text is string => /^[0-9a-f]{16}$/i.test(text ?? '');

/** What the device says: the network's own decoding where it has one, else ours. */
export function readUplink(uplink: LorawanUplink, options: LorawanOptions): Taken {
  const { devEui, time, reception } = uplink;
  const model =
    options.models?.[devEui] ?? options.models?.[devEui.toLowerCase()] ?? options.model ?? uplink.model;
  const device: DeviceFacts = { id: devEui, name: uplink.name, model, lonLat: uplink.lonLat };
  let decoded: Decoded;
  try {
    decoded = uplink.object === undefined ? decode(uplink, model) : { values: flat(uplink.object) };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    return { readings: [], devices: [device], problems: [`device ${devEui}: ${why}`] };
  }
  const readingsOf = (at: Date, values: DecodedValues, parameters: JsonObject): Reading[] =>
    codedValues(values).map(({ code, value }) => ({ device: devEui, code, time: at, value, parameters }));
  const late = (decoded.history ?? []).flatMap((kept) => readingsOf(kept.time, kept.values, {}));
  return {
    readings: [...readingsOf(time, decoded.values, reception), ...late],
    devices: [device],
    problems: [],
  };
}

/** @throws RangeError for bytes that are not of the model */
export function decode(
  { data, port }: Pick<LorawanUplink, 'data' | 'port'>,
  model: string | undefined,
): Decoded {
  if (data === undefined || data === '') return { values: {} };
  const decoder = decoderFor(model);
  if (decoder === undefined) {
    throw new RangeError(
      `no decoder for ${model === undefined ? 'a device of unknown model' : `the model "${model.slice(0, 60)}"`}; declare its model, or let the network server decode`,
    );
  }
  if (!isBase64(data)) throw new RangeError('its data is no Base64');
  const bytes = bytesOf(data);
  try {
    return decoder(new DataView(bytes.buffer), port ?? 0);
  } catch (error) {
    // A view that is read beyond its end says so in the words of the engine.
    if (error instanceof RangeError && !/bounds|offset/i.test(error.message)) throw error;
    throw new RangeError('the message is cut off');
  }
}

const DEEPEST = 4;

/** Values of a decoded object by their names; inside of others by the path. */
function flat(object: JsonObject, path = '', depth = 0): DecodedValues {
  const entries = Object.entries(object).slice(0, 200);
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      const plain =
        typeof value === 'number' ? numberOf(value) : typeof value === 'boolean' ? value : textOf(value);
      if (plain !== undefined) return [[`${path}${key}`, plain]];
      const isInside =
        typeof value === 'object' && value !== null && !Array.isArray(value) && depth < DEEPEST;
      return isInside ? Object.entries(flat(value as JsonObject, `${path}${key}.`, depth + 1)) : [];
    }),
  );
}
