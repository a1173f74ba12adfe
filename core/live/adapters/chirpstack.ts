/** Uplinks of ChirpStack v4 (and v3) as its MQTT integration sends them (`application/+/device/+/event/up`, JSON). */

import type { JsonObject } from '../sensor-things.ts';
import { bytesOf, isBase64 } from './base64.ts';
import { listOf, lonLatOf, numberOf, objectOf, parseJson, textOf } from './json-fields.ts';
import { isDevEui, type LorawanOptions, type LorawanUplink, readUplink } from './lorawan-uplink.ts';
import { zonedMoment } from './moment.ts';
import { type Taken, UnreadablePayload } from './reading.ts';

/** @throws UnreadablePayload for what is no uplink of ChirpStack */
export const takeChirpstack = (payload: string, options: LorawanOptions = {}): Taken =>
  readUplink(chirpstackUplink(payload), options);

/** @throws UnreadablePayload */
export function chirpstackUplink(payload: string): LorawanUplink {
  const message = objectOf(parseJson(payload));
  if (message !== undefined && typeof message['devEUI'] === 'string') return version3(message);
  const info = objectOf(message?.['deviceInfo']);
  const devEui = textOf(info?.['devEui']);
  if (message === undefined || info === undefined || !isDevEui(devEui)) {
    throw new UnreadablePayload('no uplink of ChirpStack v4: deviceInfo.devEui is missing');
  }
  const time = zonedMoment(message['time']);
  if (time === undefined) throw new UnreadablePayload('the uplink says no time');
  const heard = strongest(listOf(message['rxInfo']));
  const modulation = objectOf(objectOf(objectOf(message['txInfo'])?.['modulation'])?.['lora']);
  return {
    devEui: devEui.toUpperCase(),
    name: textOf(info['deviceName']),
    model: textOf(objectOf(info['tags'])?.['model']) ?? textOf(info['deviceProfileName']),
    time,
    data: textOf(message['data']),
    port: numberOf(message['fPort']),
    object: objectOf(message['object']),
    lonLat: placeIn(objectOf(info['tags'])),
    reception: {
      gateway: textOf(heard?.['gatewayId']),
      gateways: listOf(message['rxInfo']).length,
      rssi: numberOf(heard?.['rssi']),
      snr: numberOf(heard?.['snr']),
      frameCounter: numberOf(message['fCnt']),
      frequency: numberOf(objectOf(message['txInfo'])?.['frequency']),
      spreadingFactor: numberOf(modulation?.['spreadingFactor']),
    },
  };
}

/** Networks of version 3 are still about: other names, identifiers in Base64, and the time with the gateway. */
function version3(message: JsonObject): LorawanUplink {
  const devEui = hexOfBase64(message['devEUI']);
  if (!isDevEui(devEui)) throw new UnreadablePayload('no uplink of ChirpStack v3: devEUI is no identifier');
  const heard = strongest(listOf(message['rxInfo']));
  const time = zonedMoment(heard?.['time']) ?? zonedMoment(message['publishedAt']);
  if (time === undefined) throw new UnreadablePayload('the uplink says no time');
  const object = textOf(message['objectJSON']);
  const transmitted = objectOf(message['txInfo']);
  return {
    devEui,
    name: textOf(message['deviceName']),
    model: textOf(message['deviceProfileName']),
    time,
    data: textOf(message['data']),
    port: numberOf(message['fPort']),
    object: object === undefined ? undefined : objectOf(parseJson(object)),
    lonLat: placeIn(objectOf(message['tags'])),
    reception: {
      gateway: hexOfBase64(heard?.['gatewayID']),
      gateways: listOf(message['rxInfo']).length,
      rssi: numberOf(heard?.['rssi']),
      snr: numberOf(heard?.['loRaSNR']),
      frameCounter: numberOf(message['fCnt']),
      frequency: numberOf(transmitted?.['frequency']),
      spreadingFactor: numberOf(objectOf(transmitted?.['loRaModulationInfo'])?.['spreadingFactor']),
    },
  };
}

function hexOfBase64(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined || !isBase64(text)) return undefined;
  return Array.from(bytesOf(text), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

/** The gateway that heard it best speaks for all. */
export function strongest(heard: readonly unknown[]): JsonObject | undefined {
  return heard
    .flatMap((one): readonly JsonObject[] => [objectOf(one) ?? {}])
    .toSorted((a, b) => (numberOf(b['rssi']) ?? -999) - (numberOf(a['rssi']) ?? -999))[0];
}

const placeIn = (tags: Readonly<Record<string, unknown>> | undefined) =>
  lonLatOf(tags?.['longitude'] ?? tags?.['lon'], tags?.['latitude'] ?? tags?.['lat']);
