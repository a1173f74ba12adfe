import type { Decoded, DecodedValues } from './decoded.ts';
import { type MilesightField, milesightValues } from './milesight-fields.ts';

const word = (bytes: DataView, at: number): number => bytes.getUint16(at, true);

/** Milesight AM319: indoor air, by channel and type. */
export function milesightAm319(bytes: DataView): Decoded {
  const history: { time: Date; values: DecodedValues }[] = [];
  const fields: Readonly<Record<number, MilesightField>> = {
    373: [1, (data, at) => ({ battery: data.getUint8(at) })],
    871: [2, (data, at) => ({ temperature: data.getInt16(at, true) / 10 })],
    1128: [1, (data, at) => ({ humidity: data.getUint8(at) / 2 })],
    1280: [1, (data, at) => ({ pir: data.getUint8(at) === 1 ? 'trigger' : 'idle' })],
    1739: [1, (data, at) => ({ light_level: data.getUint8(at) })],
    1917: [2, (data, at) => ({ co2: word(data, at) })],
    2173: [2, (data, at) => ({ tvoc: word(data, at) })],
    2419: [2, (data, at) => ({ pressure: word(data, at) / 10 })],
    2685: [2, (data, at) => ({ hcho: word(data, at) / 100 })],
    2941: [2, (data, at) => ({ pm2_5: word(data, at) })],
    3197: [2, (data, at) => ({ pm10: word(data, at) })],
    3585: [1, (data, at) => ({ beep: data.getUint8(at) === 1 ? 'yes' : 'no' })],
    // What it kept while nobody heard it; the temperature is unsigned here, unlike the present one.
    8398: [
      22,
      (data, at) => {
        history.push({
          time: new Date(data.getUint32(at, true) * 1000),
          values: {
            temperature: word(data, at + 4) / 10,
            humidity: word(data, at + 6) / 2,
            light_level: data.getUint8(at + 9),
            co2: word(data, at + 10),
            tvoc: word(data, at + 12),
            pressure: word(data, at + 14) / 10,
            pm2_5: word(data, at + 16),
            pm10: word(data, at + 18),
            hcho: word(data, at + 20) / 100,
          },
        });
        return undefined;
      },
    ],
  };
  const values = milesightValues(bytes, fields);
  return { values, ...(history.length > 0 && { history }) };
}
