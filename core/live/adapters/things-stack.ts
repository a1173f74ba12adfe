/** Uplinks of The Things Stack v3 as its MQTT server sends them (`v3/{application}@{tenant}/devices/{device}/up`). */
import { strongest } from './chirpstack.ts';
import { listOf, lonLatOf, numberOf, objectOf, parseJson, textOf } from './json-fields.ts';
import { isDevEui, type LorawanOptions, type LorawanUplink, readUplink } from './lorawan-uplink.ts';
import { zonedMoment } from './moment.ts';
import { type Taken, UnreadablePayload } from './reading.ts';

/** @throws UnreadablePayload for what is no uplink of The Things Stack */
export const takeThingsStack = (payload: string, options: LorawanOptions = {}): Taken =>
  readUplink(thingsStackUplink(payload), options);

/** @throws UnreadablePayload */
export function thingsStackUplink(payload: string): LorawanUplink {
  const message = objectOf(parseJson(payload));
  const ids = objectOf(message?.['end_device_ids']);
  const uplink = objectOf(message?.['uplink_message']);
  const devEui = textOf(ids?.['dev_eui']);
  if (ids === undefined || uplink === undefined || !isDevEui(devEui)) {
    throw new UnreadablePayload(
      'no uplink of The Things Stack v3: end_device_ids.dev_eui or uplink_message is missing',
    );
  }
  const time = zonedMoment(uplink['received_at']) ?? zonedMoment(message?.['received_at']);
  if (time === undefined) throw new UnreadablePayload('the uplink says no time');
  const heard = strongest(listOf(uplink['rx_metadata']));
  const version = objectOf(uplink['version_ids']);
  const settings = objectOf(uplink['settings']);
  const gateway = objectOf(heard?.['gateway_ids']);
  const place = objectOf(objectOf(uplink['locations'])?.['user']);
  return {
    devEui: devEui.toUpperCase(),
    name: textOf(ids['device_id']),
    model: textOf(version?.['model_id']),
    time,
    data: textOf(uplink['frm_payload']),
    port: numberOf(uplink['f_port']),
    object: objectOf(uplink['decoded_payload']),
    lonLat: lonLatOf(place?.['longitude'], place?.['latitude']),
    reception: {
      gateway: textOf(gateway?.['eui']) ?? textOf(gateway?.['gateway_id']),
      gateways: listOf(uplink['rx_metadata']).length,
      rssi: numberOf(heard?.['rssi']),
      snr: numberOf(heard?.['snr']),
      frameCounter: numberOf(uplink['f_cnt']),
      frequency: numberOf(settings?.['frequency']),
      spreadingFactor: numberOf(objectOf(objectOf(settings?.['data_rate'])?.['lora'])?.['spreading_factor']),
    },
  };
}
