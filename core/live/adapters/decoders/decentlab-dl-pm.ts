import type { Decoded, DecodedValue } from './decoded.ts';

/** Decentlab DL-PM, protocol 2: a bit for each group of words that follows. */
export function decentlabDlPm(bytes: DataView): Decoded {
  const version = bytes.getUint8(0);
  if (version !== 2) throw new RangeError(`protocol ${version} of Decentlab is not known, 2 is`);
  const flags = bytes.getUint16(3);
  const values: Record<string, DecodedValue> = {};
  let at = 5;
  const word = (): number => {
    const value = bytes.getUint16(at);
    at += 2;
    return value;
  };
  const tenths = () => word() / 10;
  if (flags & 1) values['battery_voltage'] = word() / 1000;
  if (flags & 2) {
    for (const size of ['pm1_0', 'pm2_5', 'pm4', 'pm10']) values[`${size}_mass_concentration`] = tenths();
    values['typical_particle_size'] = word();
    for (const size of ['pm0_5', 'pm1_0', 'pm2_5', 'pm4', 'pm10'])
      values[`${size}_number_concentration`] = tenths();
  }
  if (flags & 4) {
    values['air_temperature'] = (175.72 * word()) / 65_536 - 46.85;
    values['air_humidity'] = (125 * word()) / 65_536 - 6;
  }
  if (flags & 8) values['barometric_pressure'] = word() * 2;
  return { values };
}
