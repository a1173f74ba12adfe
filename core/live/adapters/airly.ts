/** Answers of Airly, API v2 (https://developer.airly.org): what is, what was, and what is foretold. */
import { listOf, lonLatOf, numberOf, objectOf, parseJson, textOf, wordOrNumberOf } from './json-fields.ts';
import { zonedMoment } from './moment.ts';
import { type DeviceFacts, NOTHING, type Reading, type Taken, UnreadablePayload } from './reading.ts';

const CODES: Readonly<Record<string, string>> = {
  PM1: 'pm1',
  PM25: 'pm2.5',
  PM10: 'pm10',
  NO2: 'no2',
  O3: 'o3',
  SO2: 'so2',
  CO: 'co',
  TEMPERATURE: 'temperature',
  HUMIDITY: 'humidity',
  PRESSURE: 'pressure',
  WIND_SPEED: 'wind-speed',
  WIND_BEARING: 'wind-direction',
};

/** `installations/{id}` or `installations/nearest`. @throws UnreadablePayload */
export function airlyInstallations(payload: string): readonly DeviceFacts[] {
  const answer = parseJson(payload);
  return (Array.isArray(answer) ? answer : [answer]).map((one) => {
    const installation = objectOf(one);
    const id = wordOrNumberOf(installation?.['id']);
    if (installation === undefined || id === undefined)
      throw new UnreadablePayload('no installation of Airly: id is missing');
    const address = objectOf(installation['address']);
    const words = [textOf(address?.['displayAddress1']), textOf(address?.['displayAddress2'])];
    const place = objectOf(installation['location']);
    return {
      id,
      name: words.filter((word) => word !== undefined).join(', ') || undefined,
      model: installation['airly'] === true ? 'Airly' : undefined,
      lonLat: lonLatOf(place?.['longitude'], place?.['latitude']),
    };
  });
}

/**
 * `measurements/installation`: the present hour, a day back and a day ahead, each value of a stretch of time.
 * @param installation whose answer it is: the answer does not say
 * @throws UnreadablePayload
 */
export function takeAirlyMeasurements(payload: string, installation: string, now: Date): Taken {
  const answer = objectOf(parseJson(payload));
  if (answer === undefined || !('current' in answer || 'history' in answer || 'forecast' in answer)) {
    const said = textOf(answer?.['message']);
    throw new UnreadablePayload(`no measurements of Airly${said === undefined ? '' : `: ${said}`}`);
  }
  const problems: string[] = [];
  const readingsOf = (part: unknown, foretoldAt: Date | undefined): readonly Reading[] => {
    const stretch = objectOf(part);
    const [time, end] = [zonedMoment(stretch?.['fromDateTime']), zonedMoment(stretch?.['tillDateTime'])];
    if (stretch === undefined || time === undefined) {
      problems.push('a stretch of time without its beginning');
      return [];
    }
    return listOf(stretch['values']).flatMap((row): Reading[] => {
      const [word, value] = [textOf(objectOf(row)?.['name']), numberOf(objectOf(row)?.['value'])];
      if (word === undefined || value === undefined) return [];
      return [
        {
          device: installation,
          code: CODES[word] ?? word,
          time,
          ...(end !== undefined && end >= time && { end }),
          value,
          ...(foretoldAt !== undefined && { foretoldAt }),
        },
      ];
    });
  };
  const measured = [
    ...listOf(answer['history']),
    ...(objectOf(answer['current']) ? [answer['current']] : []),
  ];
  const readings = [
    ...measured.flatMap((part) => readingsOf(part, undefined)),
    ...listOf(answer['forecast']).flatMap((part) => readingsOf(part, now)),
  ];
  return { ...NOTHING, readings, problems };
}
