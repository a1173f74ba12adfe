import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import { chirpstackUplink, takeChirpstack } from './chirpstack.ts';
import { decode } from './lorawan-uplink.ts';
import { takeThingsStack, thingsStackUplink } from './things-stack.ts';

/** Folder of the recorded messages → the decoder that a source would declare. */
const MODELS = {
  'Bosch-Parking_Lot_Sensor': 'bosch-parking',
  'Decentlab-DL-PM': 'decentlab-dl-pm',
  'Elsys-ERS2_CO2': 'elsys-ers',
  'Milesight-AM319': 'milesight-am319',
  'Milesight-WS302': 'milesight-ws302',
};
const NETWORKS = { ChirpStack: chirpstackUplink, ThingsStackCommunity: thingsStackUplink };

interface Expected {
  readonly telemetry: readonly { readonly ts?: number | string; readonly values: Record<string, unknown> }[];
}

describeWithSharedData('recorded LoRaWAN uplinks', () => {
  for (const [device, model] of Object.entries(MODELS)) {
    for (const [network, uplinkOf] of Object.entries(NETWORKS)) {
      const folder = sharedData('sensors', 'lorawan', device, network);
      const read = (name: string) => readFileSync(`${folder}/${name}`, 'utf8');
      for (const name of readdirSync(folder).filter((file) => file.startsWith('payload'))) {
        it(`${device} of ${network}, ${name}: decodes to what its maker's converter gives`, () => {
          const { telemetry }: Expected = JSON.parse(read(name.replace('payload', 'result')));
          const uplink = uplinkOf(read(name));
          const decoded = decode(uplink, model);
          const [first, ...kept] = telemetry;
          const { values, reception } = split(first?.values ?? {});
          expect(decoded.values).toEqual(values);
          // Some of the converters take the time of the network server, others that of the application server.
          const apartMs = uplink.time.getTime() - new Date(first?.ts ?? uplink.time).getTime();
          expect(Math.abs(apartMs)).toBeLessThan(1_000);
          const heard = uplink.reception;
          const said = {
            lora_rssi: heard['rssi'],
            lora_snr: heard['snr'],
            lora_frame_counter: heard['frameCounter'],
            lora_frequency: heard['frequency'],
            lora_spreading_factor: heard['spreadingFactor'],
            lora_frame_port: uplink.port,
          };
          expect(said).toMatchObject(reception);
          expect(decoded.history ?? []).toEqual(
            kept.map(({ ts, values: { trigger: _, ...late } }) => ({
              time: new Date(ts ?? 0),
              values: late,
            })),
          );
        });
      }
    }
  }

  it("makes readings of the twin's codes and units out of them, with the best gateway's reception", () => {
    const read = (device: string, network: string) =>
      readFileSync(sharedData('sensors', 'lorawan', device, network, 'payload.json'), 'utf8');
    const dust = takeChirpstack(read('Decentlab-DL-PM', 'ChirpStack'), { model: 'decentlab-dl-pm' });
    const value = (code: string) => dust.readings.find((reading) => reading.code === code)?.value;
    expect([value('pm2.5'), value('pm10'), value('station-pressure')]).toEqual([3.9, 3.9, 968]);
    expect(dust.readings[0]?.parameters).toMatchObject({ rssi: -106, snr: 3 });
    const office = takeThingsStack(read('Elsys-ERS2_CO2', 'ThingsStackCommunity'), { model: 'elsys-ers' });
    expect(office.readings.find(({ code }) => code === 'battery-voltage')?.value).toBe(3.426);
    expect(office.devices).toMatchObject([{ id: '1000000000000001', model: 'elsys-ers' }]);
    const bay = takeChirpstack(read('Bosch-Parking_Lot_Sensor', 'ChirpStack'), {
      models: { '1000000000000001': 'bosch-parking' },
    });
    expect(bay.readings.find(({ code }) => code === 'parking-occupied')?.value).toBe(true);
  });

  it("takes the network server's own decoding where there is one, and says when nobody can decode", () => {
    const payload = JSON.parse(
      readFileSync(sharedData('sensors', 'lorawan', 'Elsys-ERS2_CO2', 'ChirpStack', 'payload.json'), 'utf8'),
    );
    const decoded = takeChirpstack(
      JSON.stringify({ ...payload, object: { temperature: 21.5, air: { co2: 400 } } }),
    );
    expect(decoded.readings).toMatchObject([
      { code: 'temperature', value: 21.5 },
      { code: 'air.co2', value: 400 },
    ]);
    expect(takeChirpstack(JSON.stringify(payload)).problems).toEqual([
      expect.stringContaining('no decoder for the model'),
    ]);
    const cut = takeChirpstack(JSON.stringify({ ...payload, data: 'AQ==' }), { model: 'elsys-ers' });
    expect(cut).toMatchObject({ readings: [], problems: [expect.stringContaining('cut off')] });
  });
});

function split(all: Record<string, unknown>) {
  const entries = Object.entries(all);
  const isReception = ([key]: [string, unknown]) => key.startsWith('lora_');
  return {
    values: Object.fromEntries(entries.filter((entry) => !isReception(entry))),
    reception: Object.fromEntries(entries.filter(isReception)),
  };
}
