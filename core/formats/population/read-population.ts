/** Tables of residents by building or by address: counts, and nothing about people. */
import { BUILDING_RESIDENTS } from '../../catalogue/society.ts';
import { notSupported } from '../../errors.ts';
import type { PropertyValue } from '../../feature/feature.ts';
import type { PopulationMapping } from '../../wire/feature-mapping.ts';
import { readCsv } from '../csv.ts';
import { mappedValue } from '../mapped/mapped-value.ts';
import type { LoadProblem } from '../reader.ts';

/** Where a row counts people. */
export type CountedPlace =
  | { readonly building: string }
  | { readonly street: string; readonly number: string };

export interface CountedRow {
  /** 1-based line of the file. */
  readonly line: number;
  readonly place: CountedPlace;
  /** Of the layer `building_residents`, without the building. */
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

/** Names of columns, small letters without signs, that speak of people one by one. */
const PERSONAL_COLUMNS =
  /^(?:.*pesel.*|imi(?:e|ona).*|.*nazwisk.*|(?:first|last|given|family|full)?name[s]?|surname|nip|.*(?:telefon|phone).*|e?mail.*|.*(?:dataur|birthdate|dateofbirth).*|(?:nr|numer)?(?:dowodu|paszportu).*)$/;

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .replaceAll('ł', 'l')
    .toLowerCase();

const PESEL_WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];
/** Eleven digits whose last one fits the others (Dz.U. 2010 nr 217 poz. 1427, art. 15). */
const isPesel = (text: string): boolean =>
  /^\d{11}$/.test(text) &&
  PESEL_WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(text[i]), 0) % 10 === 0;

/**
 * @throws TwinError not-supported for a table with personal data, named by column, and for one without a column that the
 *   mapping names: nothing of it is taken over
 */
export function readPopulation(
  text: string,
  { place, properties }: PopulationMapping,
): { readonly rows: readonly CountedRow[]; readonly problems: readonly LoadProblem[] } {
  const all = readCsv(text, 'The table', separatorOf(text));
  const columns = Object.keys(all[0]?.cells ?? {});
  const personal = columns.filter(
    (column) =>
      PERSONAL_COLUMNS.test(plain(column)) || all.some(({ cells }) => isPesel(cells[column]?.trim() ?? '')),
  );
  if (personal.length > 0) {
    throw notSupported(
      `The table holds personal data in ${personal.map((column) => `"${column}"`).join(', ')}; the twin takes counts of people only. Leave these columns out; nothing was loaded`,
    );
  }
  const missing = Object.values(place).filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw notSupported(
      `The table has no column ${missing.map((column) => `"${column}"`).join(', ')}, which the mapping names; it has ${columns.join(', ')}`,
    );
  }
  const rows: CountedRow[] = [];
  const problems: LoadProblem[] = [];
  for (const { line, cells } of all) {
    const where = Object.fromEntries(
      Object.entries(place).map(([key, column]) => [key, cells[column]?.trim() ?? '']),
    ) as CountedPlace;
    const made = countsOf(cells, properties);
    const empty = Object.values(where).some((value) => value === '');
    const fault = empty
      ? 'it does not say where its people live'
      : typeof made === 'string'
        ? made
        : undefined;
    if (fault === undefined && typeof made !== 'string') rows.push({ line, place: where, properties: made });
    else {
      const code = empty ? 'missing-id' : 'invalid-value';
      const objectId = empty ? undefined : Object.values(where).join(' ');
      problems.push({ code, objectId, objectClass: undefined, message: `Line ${line}: ${fault}`, line });
    }
  }
  return { rows, problems };
}

/** Spreadsheets of Polish offices put semicolons between cells, as the comma is in numbers. */
function separatorOf(text: string): string {
  const [head = ''] = text.split('\n', 1);
  return head.split(';').length > head.split(',').length ? ';' : ',';
}

/** The counts of a row, or what is wrong with them. */
function countsOf(
  cells: Readonly<Record<string, string>>,
  mapped: PopulationMapping['properties'],
): Readonly<Record<string, PropertyValue>> | string {
  const counts: Record<string, PropertyValue> = {};
  for (const declaration of BUILDING_RESIDENTS.properties) {
    const value = mapped[declaration.name];
    const made = value === undefined ? null : mappedValue(value, cells, declaration);
    if (typeof made === 'object' && made !== null) return made.fault;
    if (typeof made === 'number' && (made < 0 || !Number.isInteger(made))) {
      return `${declaration.name}: ${made} is no count of people`;
    }
    counts[declaration.name] = made;
  }
  const bands = Object.entries(counts).filter(([name]) => name.startsWith('age_'));
  const inBands = bands.reduce((sum, [, value]) => sum + (typeof value === 'number' ? value : 0), 0);
  const { residents } = counts;
  if (typeof residents !== 'number') return 'it does not say how many residents there are';
  if (inBands > residents) return `its ages add up to ${inBands}, more than its ${residents} residents`;
  return counts;
}

/** Counts of two rows of one building; what one of them does not know is not known of both. */
export const added = (a: CountedRow['properties'], b: CountedRow['properties']): CountedRow['properties'] =>
  Object.fromEntries(
    Object.entries(a).map(([name, value]) => {
      const other = b[name] ?? null;
      if (typeof value === 'number' && typeof other === 'number') return [name, value + other];
      return [name, value === other ? value : null];
    }),
  );
