/** A first mapping for a table that has none: a person corrects it and keeps it. */
import type { LayerDeclaration, PropertyDeclaration } from '../../feature/layer.ts';
import { KIEG } from '../../profile/kieg.ts';
import { KIUT } from '../../profile/kiut.ts';
import type { FeatureMapping, MappedValue } from '../../wire/feature-mapping.ts';
import { DbfMeasure } from '../shapefile/dbf-columns.ts';
import type { Members } from './json-features.ts';
import { isEmpty } from './mapped-value.ts';

export interface ProposedMapping {
  readonly mapping: FeatureMapping;
  /** What a person has to look at, in words. */
  readonly remarks: readonly string[];
}

/** Names of ids in tables of offices, plain; those that the state gives to the layer come first. */
const IDS = [
  'id',
  'identyfikator',
  'idiip',
  'lokalnyid',
  'gmlid',
  'numer',
  'nr',
  'objectid',
  'ogcfid',
  'fid',
];
/** Names in a dBASE table are cut to so many characters. */
const DBF_NAME = 10;
/** Kinds of a column that are listed; more are no list of codes. */
const MOST_CODES = 60;

/**
 * Columns are matched to properties by name: as the twin, the state or a dBASE table spells them, or as they are labelled in
 * Polish or English. Values that are labels of a codelist become its codes.
 * @param rows some of the table, or all
 */
export function proposeMapping(layer: LayerDeclaration, rows: readonly Members[]): ProposedMapping {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const left = new Set(columns);
  const take = (wanted: (column: string) => boolean): string | undefined => {
    const column = [...left].find(wanted);
    if (column !== undefined) left.delete(column);
    return column;
  };
  const short = dbfNames(layer);
  const remarks: string[] = [];
  const properties: Record<string, MappedValue> = {};
  const id = idOf(layer, columns, rows);
  if (id === undefined) remarks.push('No column looks like an identifier: say in "id" which columns make it');
  else left.delete(id);
  const without: string[] = [];
  for (const property of layer.properties) {
    const column =
      take((each) => plain(each) === plain(property.name)) ??
      take((each) => Object.values(property.label).some((label) => plain(label) === plain(each))) ??
      take((each) => stateNames(layer, property.name).includes(plain(each))) ??
      take((each) => each === short.get(property.name));
    if (column === undefined) {
      without.push(property.name);
      continue;
    }
    const more = partsBehind(column, left);
    for (const part of more) left.delete(part);
    properties[property.name] =
      more.length > 0 ? { join: [column, ...more] } : columnValue(column, property, rows, remarks);
  }
  if (without.length > 0) remarks.push(`No column was found for ${without.join(', ')}`);
  if (left.size > 0) remarks.push(`Columns that nothing takes: ${[...left].join(', ')}`);
  return { mapping: { layer: layer.name, id: `{${id ?? 'id'}}`, properties }, remarks };
}

/** Small letters and digits, without signs. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]/g, '');

/** Names of properties as a Shapefile of the twin has them. */
function dbfNames({ properties }: LayerDeclaration): ReadonlyMap<string, string> {
  const columns = new DbfMeasure([{ name: 'id', type: 'text' }, ...properties]).columns();
  return new Map(columns.map(({ property, field }) => [property, field]));
}

/** What the national services call a property, plain, where they show it as it is. */
const stateNames = (layer: LayerDeclaration, property: string): readonly string[] =>
  [...KIEG.layers, ...KIUT.layers]
    .filter(({ of }) => of === layer.name)
    .flatMap(({ attributes }) => attributes)
    .filter(({ from, made, lookUp }) => from === property && !made && !lookUp)
    .map(({ name }) => plain(name));

function idOf(
  layer: LayerDeclaration,
  columns: readonly string[],
  rows: readonly Members[],
): string | undefined {
  const usual = [...stateNames(layer, 'id'), ...IDS];
  const named = usual.flatMap((name) => columns.filter((column) => plain(column) === name));
  return named.find((column) => {
    const values = rows.map((row) => row[column]);
    return !values.some(isEmpty) && new Set(values.map(String)).size === values.length;
  });
}

/** A long text goes on in `NAME_2`, `NAME_3` of a Shapefile. */
function partsBehind(column: string, left: ReadonlySet<string>): readonly string[] {
  const parts: string[] = [];
  for (let part = 2; ; part++) {
    const tail = `_${part}`;
    const name = column.slice(0, DBF_NAME - tail.length) + tail;
    if (column !== column.toUpperCase() || !left.has(name)) return parts;
    parts.push(name);
  }
}

function columnValue(
  column: string,
  { name, codelist }: PropertyDeclaration,
  rows: readonly Members[],
  remarks: string[],
): MappedValue {
  if (!codelist) return column;
  const written = new Set(rows.flatMap((row) => (isEmpty(row[column]) ? [] : [String(row[column]).trim()])));
  const strange = [...written].filter((text) => !codelist.some(({ code }) => code === text));
  if (strange.length === 0) return column;
  const codes = strange.slice(0, MOST_CODES).map((text) => {
    const entry = codelist.find(
      ({ code, label }) =>
        plain(code) === plain(text) || Object.values(label).some((each) => plain(each) === plain(text)),
    );
    return [text, entry?.code ?? null] as const;
  });
  const unknown = codes.filter(([, code]) => code === null).map(([text]) => `"${text}"`);
  if (unknown.length > 0) {
    remarks.push(
      `${name}: ${unknown.join(', ')} of ${column} become nothing (null) until "codes" says which of ${codelist.map(({ code }) => code).join(', ')} they are`,
    );
  }
  return { column, codes: Object.fromEntries(codes) };
}
