/** What can be told of an object: the columns of `result=`. */
import { invalidParameter } from '../../../core/errors.ts';
import type { PropertyValue } from '../../../core/feature/feature.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { shownValue } from '../../../core/feature/shown-value.ts';
import { plainText } from '../../../core/formats/coordinate-text.ts';
import { wellKnownText } from '../../../core/formats/well-known-text.ts';
import { bboxOf } from '../../../core/geo/bbox.ts';
import { crsOf } from '../../../core/geo/crs.ts';
import { terytPlace, VOIVODESHIPS } from '../../../core/geo/teryt.ts';
import { writeEwkb } from '../../../core/geo/wkb.ts';
import type { Located } from './locate.ts';

/** What is told of the places around an object. */
export interface Surroundings {
  /** Names of precincts, communes and counties by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly buildings: Layer | undefined;
  /** Where the answer comes from. */
  readonly source: string;
  readonly srid: number;
}

type Column = (one: Located, around: Surroundings) => string;

const told = (value: PropertyValue | undefined): string =>
  value === undefined || value === null ? '' : String(value);
const nameOf = (id: string | undefined, { names }: Surroundings) => (id && names.get(id)) ?? '';

const COLUMNS = {
  geom_wkb: ({ geometry }, { srid }) =>
    geometry ? Buffer.from(writeEwkb(geometry, srid)).toString('hex').toUpperCase() : '',
  geom_wkt: ({ geometry }, { srid }) =>
    geometry ? `SRID=${srid};${wellKnownText(geometry, crsOf(srid).unit).replace(' (', '(')}` : '',
  geom_extent: ({ geometry }, { srid }) => {
    const box = geometry && bboxOf(geometry, srid);
    if (!box) return '';
    const [minX, minY, maxX, maxY] = [box.minX, box.minY, box.maxX, box.maxY].map(plainText);
    return `BOX(${minX} ${minY},${maxX} ${maxY})`;
  },
  teryt: ({ id }) => id,
  id: ({ id }) => id,
  parcel: ({ kind, properties }) => (kind === 'parcel' ? told(properties['parcel_number']) : ''),
  numer: ({ kind, id, properties }) =>
    kind === 'building' ? (/\.(\d+)_BUD$/.exec(id)?.[1] ?? '') : told(properties['parcel_number']),
  region: ({ id }, around) => nameOf(terytPlace(id)?.precinct, around),
  commune: ({ id }, around) => nameOf(terytPlace(id)?.commune, around),
  county: ({ id }, around) => nameOf(id.slice(0, 4), around),
  voivodeship: ({ id }) => VOIVODESHIPS[id.slice(0, 2)] ?? '',
  function: ({ kind, properties }, { buildings }) => {
    const property = kind === 'building' && buildings?.properties.find(({ name }) => name === 'kind');
    return property ? shownValue(property, properties['kind'] ?? null, 'pl') : '';
  },
  datasource: (_, { source }) => source,
} as const satisfies Record<string, Column>;

export type ColumnName = keyof typeof COLUMNS;

/** @throws TwinError invalid-parameter naming what there is */
export function columnsNamed(names: readonly string[] | undefined): readonly ColumnName[] {
  return (names ?? ['geom_wkb']).map((name) => {
    const lower = name.toLowerCase();
    if (lower in COLUMNS) return lower as ColumnName;
    throw invalidParameter(
      'result',
      `There is no column "${name.slice(0, 40)}"; use some of ${Object.keys(COLUMNS).join(', ')}`,
    );
  });
}

export const isGeometryColumn = (name: ColumnName): boolean => name.startsWith('geom_');

export const columnValue = (name: ColumnName, one: Located, around: Surroundings): string =>
  COLUMNS[name](one, around);
