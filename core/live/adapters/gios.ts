/**
 * Answers of the air quality service of GIOŚ, API v1 (https://api.gios.gov.pl/pjp-api/swagger-ui/). All values are
 * in µg/m³ and all times on the clock of Poland ("Dane udostępniane są w czasie lokalnym",
 * https://powietrze.gios.gov.pl/pjp/content/api).
 */
import type { JsonObject } from '../sensor-things.ts';
import { listOf, lonLatOf, numberOf, objectOf, parseJson, textOf, wordOrNumberOf } from './json-fields.ts';
import { localMoment } from './moment.ts';
import { type DeviceFacts, NOTHING, type Reading, type Taken, UnreadablePayload } from './reading.ts';

const STATIONS = 'Lista stacji pomiarowych';
const POSTS = 'Lista stanowisk pomiarowych dla podanej stacji';
const VALUES = 'Lista danych pomiarowych';
const ZONE = 'Europe/Warsaw';

/** Their codes of pollutants in ours. */
const CODES: Readonly<Record<string, string>> = {
  PM10: 'pm10',
  'PM2.5': 'pm2.5',
  NO2: 'no2',
  NO: 'no',
  NOx: 'nox',
  O3: 'o3',
  SO2: 'so2',
  CO: 'co',
  C6H6: 'c6h6',
};

/** A measuring post: one pollutant at one station. */
export interface GiosPost {
  readonly id: string;
  readonly stationId: string;
  readonly code: string;
}

/** `station/findAll`. @throws UnreadablePayload */
export function giosStations(payload: string): readonly DeviceFacts[] {
  return rowsOf(payload, STATIONS).flatMap((row) => {
    const id = wordOrNumberOf(row['Identyfikator stacji']);
    const lonLat = lonLatOf(row['WGS84 λ E'], row['WGS84 φ N']);
    return id === undefined ? [] : [{ id, name: textOf(row['Nazwa stacji']), model: 'GIOŚ', lonLat }];
  });
}

/** `station/sensors/{station}`. @throws UnreadablePayload */
export function giosPosts(payload: string): readonly GiosPost[] {
  return rowsOf(payload, POSTS).flatMap((row) => {
    const [id, stationId] = [row['Identyfikator stanowiska'], row['Identyfikator stacji']].map(
      wordOrNumberOf,
    );
    const word = textOf(row['Wskaźnik - kod']);
    if (id === undefined || stationId === undefined || word === undefined) return [];
    return [{ id, stationId, code: CODES[word] ?? word }];
  });
}

/** `data/getData/{post}`: hours of one post; an hour without a value (not known yet) is left out. @throws UnreadablePayload */
export function takeGiosValues(payload: string, { stationId, code }: GiosPost): Taken {
  const problems: string[] = [];
  const readings = rowsOf(payload, VALUES).flatMap((row): Reading[] => {
    if (row['Wartość'] === null || row['Wartość'] === undefined) return [];
    const [time, value] = [localMoment(row['Data'], ZONE), numberOf(row['Wartość'])];
    if (time === undefined || value === undefined) {
      problems.push(`no value and time: ${JSON.stringify(row).slice(0, 200)}`);
      return [];
    }
    return [{ device: stationId, code, time, value, parameters: { post: textOf(row['Kod stanowiska']) } }];
  });
  return { ...NOTHING, readings, problems };
}

function rowsOf(payload: string, name: string): readonly JsonObject[] {
  const answer = objectOf(parseJson(payload));
  if (!Array.isArray(answer?.[name])) {
    const said = textOf(answer?.['error_reason']) ?? textOf(answer?.['message']);
    throw new UnreadablePayload(`no "${name}" in the answer of GIOŚ${said === undefined ? '' : `: ${said}`}`);
  }
  return listOf(answer[name]).flatMap((row): readonly JsonObject[] => [objectOf(row) ?? {}]);
}
