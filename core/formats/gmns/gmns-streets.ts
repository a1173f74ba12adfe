/**
 * Streets of a network in GMNS (General Modeling Network Specification 0.96) as the layer `roads`: node.csv and link.csv,
 * with geometry.csv, movement.csv and config.csv where there are.
 */
import { USUAL_SIGNAL } from '../../analysis/traffic/road-rules.ts';
import { invalidParameter } from '../../errors.ts';
import { parseCrs } from '../../geo/crs.ts';
import { type CsvRow, readCsv } from '../csv.ts';
import { type DirectedStreet, type JunctionRules, sectionsOf } from '../directed-streets.ts';
import { Notebook } from '../notebook.ts';
import type { ReadEvent } from '../reader.ts';
import { cellOf, neededCell, numberCell } from '../traffic-demand/read-cells.ts';
import { isForCars } from './allowed-uses.ts';

/** Contents by file name; `node.csv` and `link.csv` must be there. */
export type GmnsTables = ReadonlyMap<string, string>;

export const GMNS_TABLES = ['config.csv', 'node.csv', 'link.csv', 'geometry.csv', 'movement.csv'] as const;

type Xy = readonly [number, number];

const KMH: Readonly<Record<string, number>> = { kph: 1, 'km/h': 1, kmh: 1, mph: 1.609344 };
const WGS84 = 4326;

/**
 * @param srid of the coordinates, where config.csv does not say
 * @throws TwinError invalid-parameter naming file and line
 */
export function* gmnsStreets(tables: GmnsTables, srid: number | undefined): Generator<ReadEvent> {
  const notes = new Notebook();
  const rows = (file: (typeof GMNS_TABLES)[number]) => readCsv(tables.get(file) ?? '', file);
  const [config] = rows('config.csv');
  const nodes = new Map<string, { readonly at: Xy; readonly isSignal: boolean }>();
  for (const row of rows('node.csv')) {
    const at = [numberCell(row, 'node.csv', ['x_coord']), numberCell(row, 'node.csv', ['y_coord'])] as const;
    nodes.set(neededCell(row, 'node.csv', ['node_id']), {
      at,
      isSignal: /signal/i.test(cellOf(row, ['ctrl_type']) ?? ''),
    });
  }
  const shapes = new Map(
    rows('geometry.csv').map((row) => [row.cells['geometry_id'], row.cells['geometry'] ?? '']),
  );
  const speedUnit = KMH[(config && cellOf(config, ['speed']))?.toLowerCase() ?? ''];
  if (speedUnit === undefined) {
    notes.addOnce('unit-assumed', 'No config.csv says the unit of speed: km/h is assumed');
  }
  const seen = new Set<string>();
  const streets = rows('link.csv').flatMap((row): readonly DirectedStreet[] => {
    const uses = cellOf(row, ['allowed_uses']) ?? '';
    const type = cellOf(row, ['facility_type']) ?? '';
    if (!isForCars(uses) || /connector|centroid/i.test(type)) {
      notes.add('no-carriageway', 'Links that are no streets for cars are left out');
      return [];
    }
    const street = streetOf(row, nodes, shapes, speedUnit ?? 1);
    if (seen.has(street.id)) {
      throw invalidParameter('link.csv', `link.csv, line ${row.line}: link "${street.id}" is there twice`);
    }
    seen.add(street.id);
    const isDirected = !/^(0|false|no)$/i.test(cellOf(row, ['directed']) ?? '');
    const { from, to, path } = street;
    const back = { ...street, id: `${street.id}-`, from: to, to: from, path: path.toReversed() };
    return isDirected ? [street] : [street, back];
  });
  const rules = rulesOf(rows('movement.csv'), nodes, streets, notes);
  const said = config && cellOf(config, ['crs']);
  yield* sectionsOf(streets, rules, {
    srid:
      said === undefined
        ? (srid ?? guessed(nodes))
        : parseCrs(/^\d+$/.test(said) ? `EPSG:${said}` : said, 'crs').srid,
    prefix: 'GMNS',
  });
  yield* notes.events();
}

function streetOf(
  row: CsvRow,
  nodes: ReadonlyMap<string, { readonly at: Xy }>,
  shapes: ReadonlyMap<string | undefined, string>,
  kmh: number,
): DirectedStreet {
  const end = (name: string): readonly [string, Xy] => {
    const id = neededCell(row, 'link.csv', [name]);
    const node = nodes.get(id);
    if (node) return [id, node.at];
    throw invalidParameter('link.csv', `link.csv, line ${row.line}: node "${id}" is not in node.csv`);
  };
  const [[from, start], [to, finish]] = [end('from_node_id'), end('to_node_id')];
  const drawn = lineOf(cellOf(row, ['geometry']) ?? shapes.get(row.cells['geometry_id']?.trim()) ?? '');
  const isBackwards = drawn.length > 1 && away(drawn[0], start) > away(drawn.at(-1), start);
  const inner = (isBackwards ? drawn.toReversed() : drawn).slice(1, -1);
  const lanes = amountOf(row, 'lanes');
  const speed = amountOf(row, 'free_speed');
  const capacity = amountOf(row, 'capacity');
  return {
    id: neededCell(row, 'link.csv', ['link_id']).replaceAll(/[\s,]+/g, '_'),
    ...{ from, to },
    path: [start, ...inner, finish],
    name: cellOf(row, ['name']) ?? null,
    class: classOf(cellOf(row, ['facility_type'])),
    lanes,
    speedKmH: speed === null ? null : speed * kmh,
    capacityPcuPerH: capacity === null ? null : capacity * (lanes ?? 1),
  };
}

const away = ([x, y]: Xy = [0, 0], [u, v]: Xy): number => Math.hypot(x - u, y - v);

/** Null for nothing and for 0, which is how networks say that they do not know. */
function amountOf(row: CsvRow, name: string): number | null {
  const text = cellOf(row, [name]);
  if (text === undefined || text === 'NaN') return null;
  return numberCell(row, 'link.csv', [name], 0) || null;
}

/** Positions of a LINESTRING, or of a MULTILINESTRING of one part; none of anything else. */
function lineOf(text: string): readonly Xy[] {
  const [, body] = /^\s*(?:MULTI)?LINESTRING\s*Z?\s*\(+([^()]*)\)+\s*$/i.exec(text) ?? [];
  return (body ?? '').split(',').flatMap((each): readonly Xy[] => {
    const [x, y] = each.trim().split(/\s+/).map(Number);
    return x !== undefined && y !== undefined && Number.isFinite(x + y) ? [[x, y]] : [];
  });
}

/** Words that networks use; ours are among them. */
const CLASS_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(motorway|freeway|interstate)/i, 'motorway'],
  [/^(express|trunk)/i, 'express'],
  [/^main_fast$/i, 'main_fast'],
  [/^(main|primary|secondary|principal|major|arterial|minor arterial)/i, 'main'],
  [/^(collector|tertiary)/i, 'collector'],
  [/^(local|unclassified)/i, 'local'],
  [/^(access|residential|living)/i, 'access'],
  [/^(service|alley|driveway)/i, 'service'],
];

const classOf = (type = ''): string | null => CLASS_WORDS.find(([word]) => word.test(type))?.[1] ?? null;

/**
 * Where movements of a street that comes to a node are listed, it may make no others there; turning round is never listed
 * and so says nothing.
 */
function rulesOf(
  movements: readonly CsvRow[],
  nodes: ReadonlyMap<string, { readonly isSignal: boolean }>,
  streets: readonly DirectedStreet[],
  notes: Notebook,
): JunctionRules {
  const signalled = new Set([...nodes].flatMap(([id, { isSignal }]) => (isSignal ? [id] : [])));
  const listed = new Map<string, Set<string>>();
  for (const row of movements) {
    const [into, outOf] = [cellOf(row, ['ib_link_id']), cellOf(row, ['ob_link_id'])];
    if (/signal/i.test(cellOf(row, ['ctrl_type']) ?? '')) signalled.add(cellOf(row, ['node_id']) ?? '');
    if (into === undefined || outOf === undefined || !isForCars(cellOf(row, ['allowed_uses']) ?? ''))
      continue;
    listed.set(into, (listed.get(into) ?? new Set()).add(outOf));
  }
  const outOf = new Map<string, DirectedStreet[]>();
  for (const street of streets) outOf.set(street.from, [...(outOf.get(street.from) ?? []), street]);
  const banned = new Map<string, readonly string[]>();
  for (const { id, from, to } of streets) {
    const allowed = listed.get(id);
    if (!allowed) continue;
    const others = (outOf.get(to) ?? []).filter((next) => next.to !== from && !allowed.has(next.id));
    if (others.length > 0)
      banned.set(
        id,
        others.map((other) => other.id),
      );
  }
  const driven = [...signalled].filter((node) => streets.some(({ to }) => to === node));
  if (driven.length > 0) {
    notes.addOnce(
      'signal-timing-assumed',
      `Timing plans of signals are not read: green and cycle of ${USUAL_SIGNAL} s are assumed at ${driven.length} junctions`,
    );
  }
  return { signals: new Map(driven.map((node) => [node, USUAL_SIGNAL])), banned };
}

/** @throws TwinError invalid-parameter */
function guessed(nodes: ReadonlyMap<string, { readonly at: Xy }>): number {
  if ([...nodes.values()].every(({ at: [x, y] }) => Math.abs(x) <= 180 && Math.abs(y) <= 90)) return WGS84;
  throw invalidParameter(
    'crs',
    'No config.csv says the CRS of node.csv, and it is not degrees; say it with --crs',
  );
}
