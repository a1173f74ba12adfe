/** Any JSON or CSV by a declaration: where the device, the time and the values stand (docs/how-to/connect-sensors.md). */
import { parse as parseCsv } from 'csv-parse/browser/esm/sync';
import { lonLatOf, numberOf, parseJson, textOf, wordOrNumberOf } from './json-fields.ts';
import { localMoment, unixMoment, zonedMoment } from './moment.ts';
import { parsePath, valueAt } from './path.ts';
import { type DeviceFacts, type Reading, type Taken, together, UnreadablePayload } from './reading.ts';

export interface Mapping {
  readonly format: 'json' | 'csv';
  /** Of columns in CSV; `,` unless said otherwise. */
  readonly delimiter?: string | undefined;
  /** Path of the list of records in JSON; without it the document is one record, or a list of them. */
  readonly records?: string | undefined;
  /** Path (JSON), name of a column (CSV), or `topic[2]`: a level of the topic, counted from 0. */
  readonly device: string;
  /** Without it, and without `now`, the message counts as of the moment when it came. */
  readonly time?: string | undefined;
  /** `iso` has its zone; `local` is on the clock of `zone`; `unix-s`, `unix-ms` since 1970. `iso` unless said otherwise. */
  readonly timeFormat?: 'iso' | 'local' | 'unix-s' | 'unix-ms' | undefined;
  readonly zone?: string | undefined;
  readonly name?: string | undefined;
  readonly lon?: string | undefined;
  readonly lat?: string | undefined;
  readonly values: readonly MappedValue[];
}

export interface MappedValue {
  readonly path: string;
  readonly code: string;
  /** `value * factor + offset`, from the sender's unit to that of the code. */
  readonly factor?: number | undefined;
  readonly offset?: number | undefined;
}

const MOST_RECORDS = 100_000;

/** @throws UnreadablePayload for what is not of the declared format, or lacks the list that it names */
export function takeMapped(payload: string, mapping: Mapping, topic: string, now: Date): Taken {
  const records = mapping.format === 'csv' ? csvRecords(payload, mapping) : jsonRecords(payload, mapping);
  return together(records.map((record, n) => takeRecord(record, mapping, topic.split('/'), now, n)));
}

function jsonRecords(payload: string, { records }: Mapping): readonly unknown[] {
  const document = parseJson(payload);
  if (records === undefined) return Array.isArray(document) ? document : [document];
  const list = valueAt(document, parsePath(records) ?? []);
  if (!Array.isArray(list)) throw new UnreadablePayload(`there is no list at ${records}`);
  return list;
}

function csvRecords(payload: string, { delimiter = ',' }: Mapping): readonly unknown[] {
  try {
    return parseCsv(payload, {
      columns: true,
      delimiter,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      to: MOST_RECORDS,
    });
  } catch (error) {
    throw new UnreadablePayload(`no CSV: ${error instanceof Error ? error.message.slice(0, 200) : ''}`);
  }
}

function takeRecord(
  record: unknown,
  mapping: Mapping,
  topic: readonly string[],
  now: Date,
  n: number,
): Taken {
  const at = (place: string | undefined): unknown => {
    if (place === undefined) return undefined;
    const [, level] = /^topic\[(\d{1,2})\]$/.exec(place) ?? [];
    if (level !== undefined) return topic[Number(level)];
    return mapping.format === 'csv' ? valueAt(record, [place]) : valueAt(record, parsePath(place) ?? ['']);
  };
  const refused = (why: string): Taken => ({
    readings: [],
    devices: [],
    problems: [`record ${n + 1}: ${why}`],
  });
  const device = wordOrNumberOf(at(mapping.device));
  if (device === undefined) return refused(`no device at ${mapping.device}`);
  const time = mapping.time === undefined ? now : momentOf(at(mapping.time), mapping);
  if (time === undefined)
    return refused(`no time at ${mapping.time}: ${String(at(mapping.time)).slice(0, 60)}`);
  const facts: DeviceFacts = {
    id: device,
    name: textOf(at(mapping.name)),
    lonLat: lonLatOf(at(mapping.lon), at(mapping.lat)),
  };
  const problems: string[] = [];
  const readings = mapping.values.flatMap(({ path, code, factor = 1, offset = 0 }): Reading[] => {
    const said = at(path);
    // A device need not send everything each time.
    if (said === undefined || said === null || said === '') return [];
    if (typeof said === 'boolean') return [{ device, code, time, value: said }];
    const number = numberOf(said);
    if (number !== undefined) return [{ device, code, time, value: number * factor + offset }];
    const word = textOf(said);
    if (word !== undefined && factor === 1 && offset === 0) return [{ device, code, time, value: word }];
    problems.push(`record ${n + 1}: no value at ${path}`);
    return [];
  });
  return { readings, devices: [facts], problems };
}

function momentOf(value: unknown, { timeFormat, zone = 'UTC' }: Mapping): Date | undefined {
  switch (timeFormat) {
    case undefined:
    case 'iso':
      return zonedMoment(value);
    case 'local':
      return localMoment(value, zone);
    case 'unix-s':
      return unixMoment(value, 1000);
    case 'unix-ms':
      return unixMoment(value, 1);
  }
}
