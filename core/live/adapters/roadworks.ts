/** Roadworks of others as drafts of the register of obstructions: DATEX II (v2.3, v3) and CSV by a declaration. */

import { parse as parseCsv } from 'csv-parse/browser/esm/sync';
import { reasonOf } from '../../errors.ts';
import { transformBetween } from '../../geo/crs.ts';
import type { NewObstruction } from '../../wire/obstruction.ts';
import { childOf, childText, descendantsOf, textOf, type XmlElement } from '../../xml/element.ts';
import { FILE_LIMITS, parseXml } from '../../xml/reader.ts';
import { UnreadablePayload } from './reading.ts';

export interface RoadworksDraft {
  /** What the feed calls it. */
  readonly externalId: string;
  readonly content: NewObstruction;
}

export interface TakenRoadworks {
  readonly drafts: readonly RoadworksDraft[];
  /** What could not be used, in words. */
  readonly problems: readonly string[];
}

const XSI_TYPE = '{http://www.w3.org/2001/XMLSchema-instance}type';
const WORKS = ['MaintenanceWorks', 'ConstructionWorks'];
const toCity = transformBetween(4326, 2177);
/** Corners that one place may have. */
const MOST_CORNERS = 2_000;
/** A place of one point takes so much of the street. */
const POINT_REACH_M = 8;

/**
 * Situations with roadworks of a SituationPublication (EN 16157-3); accidents and weather are left out in silence.
 * @throws UnreadablePayload for what is no DATEX II
 */
export function takeDatexRoadworks(text: string, provider: string): TakenRoadworks {
  let root: XmlElement;
  try {
    root = parseXml(text, FILE_LIMITS);
  } catch (error) {
    throw new UnreadablePayload(`not DATEX II: ${reasonOf(error)}`);
  }
  if (!/^(d2LogicalModel|payload|messageContainer)$/.test(root.local)) {
    throw new UnreadablePayload(`not DATEX II: it begins with <${root.local}>`);
  }
  const drafts: RoadworksDraft[] = [];
  const problems: string[] = [];
  for (const situation of descendantsOf(root)) {
    if (situation.local !== 'situation') continue;
    for (const record of situation.children) {
      if (record.local !== 'situationRecord' || !WORKS.includes(typeOf(record))) continue;
      const externalId = record.attributes['id'] ?? '';
      const content = draftOf(situation, record, provider);
      if (externalId === '') problems.push('a record without an id');
      else if (typeof content === 'string') problems.push(`${externalId}: ${content}`);
      else drafts.push({ externalId, content });
    }
  }
  return { drafts, problems };
}

const typeOf = ({ attributes }: XmlElement): string => (attributes[XSI_TYPE] ?? '').replace(/^.*:/, '');

/** Words of DATEX II (EN 16157-3, RoadOrCarriagewayOrLaneManagementTypeEnum, TrafficConstrictionTypeEnum) in ours. */
const IMPACT_WORDS: Readonly<Record<string, NewObstruction['impact']>> = {
  roadClosed: 'closed',
  roadBlocked: 'closed',
  carriagewayClosures: 'closed',
  carriagewayBlocked: 'closed',
  singleAlternateLineTraffic: 'one_direction',
  laneClosures: 'narrowed',
  narrowLanes: 'narrowed',
  lanesBlocked: 'narrowed',
  lanesPartiallyObstructed: 'narrowed',
  carriagewayPartiallyObstructed: 'narrowed',
  roadPartiallyObstructed: 'narrowed',
};
const GRAVE: readonly NewObstruction['impact'][] = ['closed', 'one_direction', 'narrowed'];

function draftOf(situation: XmlElement, record: XmlElement, provider: string): NewObstruction | string {
  const period = first(record, 'validityTimeSpecification');
  const from = momentOf(childText(period, 'overallStartTime'));
  const to = momentOf(childText(period, 'overallEndTime'));
  if (from === undefined) return 'has no start';
  if (to === undefined) return 'has no end';
  if (to <= from) return 'ends before it starts';
  const place = placeOf(record) ?? placeOf(situation);
  if (place === undefined) return 'is placed by Alert-C or not at all; coordinates are needed';
  const said = [...descendantsOf(situation)].flatMap(({ text }) => IMPACT_WORDS[text.trim()] ?? []);
  const comment = first(first(situation, 'generalPublicComment') ?? record, 'value');
  const words = (textOf(comment) ?? '').replaceAll(/\s+/g, ' ');
  const id = record.attributes['id'] ?? '';
  return {
    name: (words.split('. ')[0] ?? '').slice(0, 200) || `Roboty drogowe ${id}`.slice(0, 200),
    kind: 'roadworks',
    place,
    windows: [{ from: from.toISOString(), to: to.toISOString() }],
    impact: GRAVE.find((impact) => said.includes(impact)) ?? 'hindered',
    modes: ['car', 'bus'],
    owner: (textOf(first(first(record, 'sourceName') ?? record, 'sourceName')) ?? provider).slice(0, 200),
    ...(words !== '' && { description: words.slice(0, 2_000) }),
  };
}

const first = (element: XmlElement, local: string): XmlElement | undefined =>
  [...descendantsOf(element)].find((one) => one !== element && one.local === local);

function momentOf(text: string | undefined): Date | undefined {
  const moment = new Date(text ?? '');
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

type Place = NewObstruction['place'];

/** GML lines and points in degrees: latitude first, as ETRS89 and WGS 84 have it (EN 16157-2). */
function placeOf(element: XmlElement): Place | undefined {
  const list = first(element, 'posList');
  const numbers = (textOf(list) ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(Number);
  const fromList = Array.from({ length: Math.floor(numbers.length / 2) }, (_, i) => [
    numbers[2 * i + 1] ?? Number.NaN,
    numbers[2 * i] ?? Number.NaN,
  ]);
  const points = [...descendantsOf(element)].flatMap((one) => {
    const lat = Number(childText(one, 'latitude') ?? Number.NaN);
    const lon = Number(childText(one, 'longitude') ?? Number.NaN);
    return childOf(one, 'latitude') && childOf(one, 'longitude') ? [[lon, lat]] : [];
  });
  return placeThrough(fromList.length > 1 ? fromList : points);
}

/** @param lonLats degrees; one point becomes a small square */
function placeThrough(lonLats: readonly (readonly number[])[]): Place | undefined {
  const sound = lonLats.every(([lon = 999, lat = 999]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90);
  if (lonLats.length === 0 || lonLats.length > MOST_CORNERS || !sound) return undefined;
  const line = lonLats.map((at): [number, number] => {
    const [e = 0, n = 0] = toCity([at[0] ?? 0, at[1] ?? 0]);
    return [Math.round(e * 100) / 100, Math.round(n * 100) / 100];
  });
  const [only] = line;
  if (line.length > 1 || only === undefined) return { kind: 'line', line };
  const [e, n] = only;
  const r = POINT_REACH_M;
  return {
    kind: 'area',
    outline: [
      [e - r, n - r],
      [e + r, n - r],
      [e + r, n + r],
      [e - r, n + r],
    ],
  };
}

/** Which columns say what; `impact` and `owner` may be missing, then `fixed` says it for all rows. */
export interface RoadworksMapping {
  readonly delimiter?: string | undefined;
  readonly id: string;
  readonly name: string;
  /** Moments with a zone, or days. */
  readonly from: string;
  readonly to: string;
  /** `LINESTRING (lon lat, …)` or `POINT (lon lat)`; or two columns of degrees. */
  readonly wkt?: string | undefined;
  readonly lon?: string | undefined;
  readonly lat?: string | undefined;
  readonly impact?: string | undefined;
  /** Their words for ours. */
  readonly impacts?: Readonly<Record<string, NewObstruction['impact']>> | undefined;
  readonly owner?: string | undefined;
  readonly description?: string | undefined;
}

/** @throws UnreadablePayload for what is no CSV, or lacks a column that the mapping names */
export function takeCsvRoadworks(text: string, mapping: RoadworksMapping, provider: string): TakenRoadworks {
  let rows: readonly Readonly<Record<string, string>>[];
  try {
    rows = parseCsv(text, {
      bom: true,
      columns: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      delimiter: mapping.delimiter ?? ',',
    }) as readonly Readonly<Record<string, string>>[];
  } catch (error) {
    throw new UnreadablePayload(`not CSV: ${reasonOf(error)}`);
  }
  const [head] = rows;
  for (const column of [mapping.id, mapping.name, mapping.from, mapping.to]) {
    if (head && !(column in head)) throw new UnreadablePayload(`there is no column "${column}"`);
  }
  const drafts: RoadworksDraft[] = [];
  const problems: string[] = [];
  for (const [index, row] of rows.entries()) {
    const externalId = row[mapping.id] ?? '';
    const content = csvDraftOf(row, mapping, provider);
    if (externalId === '') problems.push(`row ${index + 2}: has no id`);
    else if (typeof content === 'string') problems.push(`row ${index + 2} (${externalId}): ${content}`);
    else drafts.push({ externalId, content });
  }
  return { drafts, problems };
}

function csvDraftOf(
  row: Readonly<Record<string, string>>,
  mapping: RoadworksMapping,
  provider: string,
): NewObstruction | string {
  const cell = (column: string | undefined) => (column === undefined ? '' : (row[column] ?? ''));
  const [from, to] = [momentOf(cell(mapping.from)), momentOf(cell(mapping.to))];
  if (from === undefined || to === undefined || to <= from) return 'has no period';
  const name = cell(mapping.name).slice(0, 200);
  if (name === '') return 'has no name';
  const wkt = /^\s*(?:SRID=4326;)?\s*(?:LINESTRING|POINT)\s*\(([^()]*)\)\s*$/i.exec(cell(mapping.wkt))?.[1];
  const corners = wkt
    ?.split(',')
    .map((corner) => corner.trim().split(/\s+/).map(Number))
    .filter((corner) => corner.length >= 2);
  const place = placeThrough(
    corners ?? [[Number.parseFloat(cell(mapping.lon)), Number.parseFloat(cell(mapping.lat))]],
  );
  if (place === undefined) return 'has no place';
  const word = cell(mapping.impact);
  const impact = mapping.impacts?.[word] ?? 'hindered';
  const description = cell(mapping.description).slice(0, 2_000);
  return {
    name,
    kind: 'roadworks',
    place,
    windows: [{ from: from.toISOString(), to: to.toISOString() }],
    impact,
    modes: ['car', 'bus'],
    owner: (cell(mapping.owner) || provider).slice(0, 200),
    ...(description !== '' && { description }),
  };
}
