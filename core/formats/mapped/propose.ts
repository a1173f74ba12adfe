/** A first mapping for a table that has none: a person corrects it and keeps it. */
import type { LayerDeclaration, PropertyDeclaration } from '../../feature/layer.ts';
import { KIEG } from '../../profile/kieg.ts';
import { KIUT } from '../../profile/kiut.ts';
import type { FeatureMapping, MappedValue } from '../../wire/feature-mapping.ts';
import type { ColumnSketch, TableSketch } from '../../wire/table-sketch.ts';
import { DbfMeasure } from '../shapefile/dbf-columns.ts';
import { codesOf, plain } from './match-codes.ts';

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

type Table = Pick<TableSketch, 'rows' | 'columns' | 'source' | 'geometry'>;

/**
 * Columns are matched to properties by name: as the twin, the state or a dBASE table spells them, or as they are labelled in
 * Polish or English. Values that are labels of a codelist become its codes.
 */
export function proposeMapping(layer: LayerDeclaration, table: Table): ProposedMapping {
  const { rows, source } = table;
  const geometry = table.geometry === 'none' ? null : table.geometry;
  const ofPlace: readonly string[] = geometry ? Object.values(geometry) : [];
  const columns = table.columns.filter(({ name }) => !ofPlace.includes(name));
  const left = new Map(columns.map((column) => [column.name, column]));
  const take = (wanted: (column: string) => boolean): ColumnSketch | undefined => {
    const column = [...left.values()].find(({ name }) => wanted(name));
    if (column !== undefined) left.delete(column.name);
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
    const more = partsBehind(column.name, left);
    for (const part of more) left.delete(part);
    properties[property.name] =
      more.length > 0 ? { join: [column.name, ...more] } : columnValue(column, property, remarks);
  }
  if (without.length > 0) remarks.push(`No column was found for ${without.join(', ')}`);
  if (left.size > 0) remarks.push(`Columns that nothing takes: ${[...left.keys()].join(', ')}`);
  if (table.geometry === 'none') {
    remarks.push(
      'No column looks like a place: say in "geometry" where x and y, or the well-known text, stand',
    );
  }
  const mapping = {
    layer: layer.name,
    ...(source !== null && { source }),
    ...(geometry && { geometry }),
    id: `{${id ?? 'id'}}`,
    properties,
  };
  return { mapping, remarks };
}

/**
 * Layers that a table may be, the likeliest first: those that its name speaks of, then those of which most properties are found.
 * A layer of other shapes is none of them.
 * @param name of the file, or of the layer within it
 */
export function proposeLayers(
  layers: readonly LayerDeclaration[],
  table: Table & Pick<TableSketch, 'shapes'>,
  name: string,
): readonly { readonly layer: string; readonly matched: number }[] {
  const said = plain(name);
  const ranked = layers
    .filter(({ geometryType }) => table.shapes.every((shape) => familyOf(shape) === familyOf(geometryType)))
    .map((layer) => {
      const matched = Object.keys(proposeMapping(layer, table).mapping.properties).length;
      const isNamed = [layer.name, ...Object.values(layer.title)].some((title) =>
        said.includes(plain(title)),
      );
      return { layer: layer.name, matched, isNamed };
    })
    .filter(({ matched, isNamed }) => matched > 0 || isNamed);
  ranked.sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.matched - a.matched);
  return ranked.map(({ layer, matched }) => ({ layer, matched }));
}

const familyOf = (shape: string): string => shape.replace('Multi', '');

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

function idOf(layer: LayerDeclaration, columns: readonly ColumnSketch[], rows: number): string | undefined {
  const usual = [...stateNames(layer, 'id'), ...IDS];
  const named = usual.flatMap((name) => columns.filter((column) => plain(column.name) === name));
  return named.find(({ filled, distinct }) => filled === rows && distinct === rows)?.name;
}

/** A long text goes on in `NAME_2`, `NAME_3` of a Shapefile. */
function partsBehind(column: string, left: ReadonlyMap<string, unknown>): readonly string[] {
  const parts: string[] = [];
  for (let part = 2; ; part++) {
    const tail = `_${part}`;
    const name = column.slice(0, DBF_NAME - tail.length) + tail;
    if (column !== column.toUpperCase() || !left.has(name)) return parts;
    parts.push(name);
  }
}

function columnValue(
  column: ColumnSketch,
  { name, codelist }: PropertyDeclaration,
  remarks: string[],
): MappedValue {
  const codes = codelist && codesOf(column.values, codelist);
  if (!codelist || !codes) return column.name;
  const unknown = Object.entries(codes).flatMap(([text, code]) => (code === null ? [`"${text}"`] : []));
  if (unknown.length > 0) {
    remarks.push(
      `${name}: ${unknown.join(', ')} of ${column.name} become nothing (null) until "codes" says which of ${codelist.map(({ code }) => code).join(', ')} they are`,
    );
  }
  return { column: column.name, codes };
}
