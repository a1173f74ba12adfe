/** Answers of Sensor.Community (`data.sensor.community/airrohr/v1/…` and `/static/v2/data.json`): UTC, numbers as text. */
import { listOf, lonLatOf, numberOf, objectOf, parseJson, textOf, wordOrNumberOf } from './json-fields.ts';
import { zonedMoment } from './moment.ts';
import { type Reading, type Taken, together, UnreadablePayload } from './reading.ts';

/** Their names of values; pressure is in pascals. */
const MEANINGS: Readonly<Record<string, { readonly code: string; readonly factor?: number }>> = {
  P0: { code: 'pm1' },
  P1: { code: 'pm10' },
  P2: { code: 'pm2.5' },
  temperature: { code: 'temperature' },
  humidity: { code: 'humidity' },
  pressure: { code: 'station-pressure', factor: 0.01 },
  noise_LAeq: { code: 'noise' },
};

/** @throws UnreadablePayload for what is no list of readings */
export function takeSensorCommunity(payload: string): Taken {
  const rows = parseJson(payload);
  if (!Array.isArray(rows)) throw new UnreadablePayload('no list of readings of Sensor.Community');
  return together(rows.map(takeRow));
}

function takeRow(row: unknown): Taken {
  const said = objectOf(row);
  const sensor = objectOf(said?.['sensor']);
  const device = wordOrNumberOf(sensor?.['id']);
  const stamp = textOf(said?.['timestamp']);
  const time = stamp === undefined ? undefined : zonedMoment(`${stamp}Z`);
  if (device === undefined || time === undefined) {
    return {
      readings: [],
      devices: [],
      problems: [`no sensor or time: ${JSON.stringify(row)?.slice(0, 200)}`],
    };
  }
  const place = objectOf(said?.['location']);
  const model = textOf(objectOf(sensor?.['sensor_type'])?.['name']);
  const lonLat = lonLatOf(place?.['longitude'], place?.['latitude']);
  const readings = listOf(said?.['sensordatavalues']).flatMap((one): Reading[] => {
    const [word, value] = [textOf(objectOf(one)?.['value_type']), numberOf(objectOf(one)?.['value'])];
    if (word === undefined || value === undefined) return [];
    const meaning = Object.hasOwn(MEANINGS, word) ? MEANINGS[word] : undefined;
    return [{ device, code: meaning?.code ?? word, time, value: value * (meaning?.factor ?? 1) }];
  });
  return {
    readings,
    devices: [{ id: device, name: `Sensor.Community ${device}`, model, lonLat }],
    problems: [],
  };
}
