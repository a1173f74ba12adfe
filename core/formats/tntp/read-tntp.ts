/**
 * Networks and trips of the Transportation Networks for Research collection (TNTP): metadata in angle brackets,
 * `~` before comments, then rows. Nodes count from 1 in files and from 0 in what is returned.
 */
import { type OdDemand, odDemand, type Trips } from '../../analysis/traffic/demand.ts';
import { type LinkDraft, type RoadNetwork, roadNetwork } from '../../analysis/traffic/road-network.ts';
import { invalidParameter } from '../../errors.ts';

const END_OF_METADATA = 'END OF METADATA';
const LEAST_COLUMNS = 7;

/**
 * Reads `*_net.tntp`: a row is init node, term node, capacity, length, free-flow time, B, power, speed, toll, type.
 * @throws TwinError invalid-parameter naming the line and what is wrong with it
 */
export function readTntpNetwork(text: string): RoadNetwork {
  const { metadata, rows } = sectionsOf(text, 'net');
  const count = (key: string) => countOf(metadata, key, 'net');
  const links: LinkDraft[] = [];
  for (const { line, text: row } of rows) {
    const fields = row.replace(/;\s*$/, '').trim().split(/\s+/);
    if (fields.length < LEAST_COLUMNS) {
      throw invalidParameter(
        'net',
        `Line ${line} has ${fields.length} columns; a link has at least ${LEAST_COLUMNS}`,
      );
    }
    const [tail, head, capacity, length, freeFlowTime, b, power, , toll = 0] = fields.map(Number);
    links.push({
      tail: (tail ?? 0) - 1,
      head: (head ?? 0) - 1,
      capacity: capacity ?? Number.NaN,
      length: length ?? Number.NaN,
      freeFlowTime: freeFlowTime ?? Number.NaN,
      b: b ?? Number.NaN,
      power: power ?? Number.NaN,
      toll,
    });
  }
  const expected = count('NUMBER OF LINKS');
  if (links.length !== expected) {
    throw invalidParameter(
      'net',
      `The file says ${expected} links and has ${links.length}; it may be cut short`,
    );
  }
  return roadNetwork({
    nodeCount: count('NUMBER OF NODES'),
    zoneCount: count('NUMBER OF ZONES'),
    firstThruNode: (metadata.has('FIRST THRU NODE') ? count('FIRST THRU NODE') : 1) - 1,
    links,
  });
}

/**
 * Reads `*_trips.tntp`: `Origin n`, then `destination : trips;` any number on a line.
 * @throws TwinError invalid-parameter naming the line and what is wrong with it
 */
export function readTntpTrips(text: string): OdDemand {
  const { metadata, rows } = sectionsOf(text, 'trips');
  return odDemand(countOf(metadata, 'NUMBER OF ZONES', 'trips'), tripsOf(rows));
}

function* tripsOf(rows: Iterable<Row>): Generator<Trips> {
  let origin: number | undefined;
  for (const { line, text } of rows) {
    const heading = /^\s*Origin\s+(\d+)\s*$/i.exec(text);
    if (heading) {
      origin = Number(heading[1]) - 1;
      continue;
    }
    for (const entry of text.split(';')) {
      if (entry.trim() === '') continue;
      const [destination, trips, ...rest] = entry.split(':').map((field) => field.trim());
      if (
        origin === undefined ||
        !/^\d+$/.test(destination ?? '') ||
        trips === undefined ||
        rest.length > 0
      ) {
        throw invalidParameter(
          'trips',
          `Line ${line}: “${entry.trim()}” is not “destination : trips” below an Origin`,
        );
      }
      yield {
        origin,
        destination: Number(destination) - 1,
        trips: trips === '' ? Number.NaN : Number(trips),
      };
    }
  }
}

interface Row {
  readonly line: number;
  readonly text: string;
}

function sectionsOf(text: string, parameter: string): { metadata: Map<string, string>; rows: Iterable<Row> } {
  const lines = text.split(/\r?\n/);
  const metadata = new Map<string, string>();
  let at = 0;
  for (; at < lines.length; at++) {
    const [, key, value = ''] = /^\s*<([^>]+)>(.*)$/.exec(lines[at] ?? '') ?? [];
    if (key === undefined) continue;
    if (key.trim().toUpperCase() === END_OF_METADATA) break;
    metadata.set(key.trim().toUpperCase(), value.trim());
  }
  if (at === lines.length)
    throw invalidParameter(parameter, `There is no <${END_OF_METADATA}>; is it a TNTP file?`);
  return { metadata, rows: rowsOf(lines, at + 1) };
}

function* rowsOf(lines: readonly string[], first: number): Generator<Row> {
  for (let at = first; at < lines.length; at++) {
    const text = (lines[at] ?? '').replace(/~.*$/, '');
    if (text.trim() !== '') yield { line: at + 1, text };
  }
}

function countOf(metadata: ReadonlyMap<string, string>, key: string, parameter: string): number {
  const value = Number.parseInt(metadata.get(key) ?? '', 10);
  if (!(value >= 0)) throw invalidParameter(parameter, `<${key}> is missing or no number`);
  return value;
}
