/** Predicates by chance about the sample city. */
import type { Random } from '../../core/demo-city/random.ts';
import { oneOf, whole } from './random-edits.ts';
import { SAMPLE_ORIGIN } from './sample-city.ts';

/** Easting, northing. */
export type Pair = readonly [number, number];
export type Value = string | number;

export type Predicate =
  | { readonly is: 'and' | 'or'; readonly parts: readonly Predicate[] }
  | { readonly is: 'not'; readonly part: Predicate }
  | {
      readonly is: keyof typeof FES_COMPARISONS;
      readonly name: string;
      readonly value: Value;
      readonly folded: boolean;
    }
  | { readonly is: 'like'; readonly name: string; readonly pattern: string; readonly folded: boolean }
  | { readonly is: 'between'; readonly name: string; readonly ends: readonly [Value, Value] }
  | { readonly is: 'in'; readonly name: string; readonly values: readonly Value[] }
  | { readonly is: 'null'; readonly name: string }
  | { readonly is: 'after' | 'before'; readonly name: string; readonly moment: string }
  | { readonly is: 'during'; readonly name: string; readonly span: readonly [string, string] }
  | { readonly is: keyof typeof FES_SPATIAL; readonly shape: Shape }
  | { readonly is: 'dwithin' | 'beyond'; readonly at: Pair; readonly metres: number };

interface Shape {
  readonly type: 'Polygon' | 'LineString';
  readonly line: readonly Pair[];
}

export const FES_COMPARISONS = {
  '=': 'PropertyIsEqualTo',
  '<>': 'PropertyIsNotEqualTo',
  '<': 'PropertyIsLessThan',
  '<=': 'PropertyIsLessThanOrEqualTo',
  '>': 'PropertyIsGreaterThan',
  '>=': 'PropertyIsGreaterThanOrEqualTo',
} as const;
export const FES_SPATIAL = {
  intersects: 'Intersects',
  disjoint: 'Disjoint',
  within: 'Within',
  contains: 'Contains',
  touches: 'Touches',
  crosses: 'Crosses',
  overlaps: 'Overlaps',
  equals: 'Equals',
} as const;
const COMPARISONS = Object.keys(FES_COMPARISONS) as (keyof typeof FES_COMPARISONS)[];
const RELATIONS = Object.keys(FES_SPATIAL) as (keyof typeof FES_SPATIAL)[];

/** What layers of the sample city are asked about: values that they hold, and some that they do not. */
export const ASKED_OF = {
  parcels: {
    texts: {
      parcel_number: ['1', '11', '25', 'none'],
      map_sheet: ['AR_10', 'ar_10'],
      public_holder: ['other', 'municipality'],
      land_use: ['B', 'b', 'RIIIa & "Ł" <ź>', "o'clock"],
    },
    numbers: { registered_area_ha: [0.03, 0.04, 0.05] },
    moment: 'version_since',
  },
  buildings: {
    texts: { kind: ['m', 'g', 'M'], parcel_ids: ['306401_1.0021.AR_10.1/4', '306401_1.0021.AR_10.4'] },
    numbers: { storeys_above: [1, 2, 3, 6], built_area_m2: [144.5, 100] },
    moment: 'version_since',
  },
} as const;
const PATTERNS = ['1%', '%_%', '_', '%Ł%', 'r%', '%/4', 'AR\\_1_', '%1'];
const MOMENTS = [2011, 2012, 2015, 2018, 2024].map((year) => `${year}-06-01T08:30:00Z`);

/** @param depth of what stands in it, at most */
export function anyPredicate(random: Random, layer: keyof typeof ASKED_OF, depth: number): Predicate {
  const { texts, numbers, moment } = ASKED_OF[layer];
  const is = oneOf(random, [
    ...(depth > 0 ? (['and', 'or', 'not', 'and', 'or'] as const) : []),
    ...(['text', 'number', 'like', 'between', 'in', 'null', 'time', 'relation', 'distance'] as const),
  ]);
  const [name, values] = oneOf(random, Object.entries<readonly string[]>(texts));
  const [counted, sizes] = oneOf(random, Object.entries<readonly number[]>(numbers));
  const folded = random.next() < 0.3;
  switch (is) {
    case 'and':
    case 'or':
      return { is, parts: [1, 2].map(() => anyPredicate(random, layer, depth - 1)) };
    case 'not':
      return { is, part: anyPredicate(random, layer, depth - 1) };
    case 'text':
      return { is: oneOf(random, ['=', '<>'] as const), name, value: oneOf(random, values), folded };
    case 'number':
      return { is: oneOf(random, COMPARISONS), name: counted, value: oneOf(random, sizes), folded: false };
    case 'like':
      return { is, name, pattern: oneOf(random, PATTERNS), folded };
    case 'between':
      return { is, name: counted, ends: [oneOf(random, sizes), oneOf(random, sizes)] };
    case 'in':
      return { is, name, values: [oneOf(random, values), oneOf(random, values)] };
    case 'null':
      return { is, name: oneOf(random, [name, counted, moment]) };
    case 'time': {
      const [first = '', second = ''] = [oneOf(random, MOMENTS), oneOf(random, MOMENTS)].toSorted();
      const how = oneOf(random, ['after', 'before', 'during'] as const);
      if (how !== 'during') return { is: how, name: moment, moment: first };
      return { is: how, name: moment, span: [first, first === second ? '2030-01-01T00:00:00Z' : second] };
    }
    case 'relation': {
      const relation = oneOf(random, RELATIONS);
      return { is: relation, shape: anyShape(random, relation) };
    }
    case 'distance':
      return {
        is: oneOf(random, ['dwithin', 'beyond'] as const),
        at: anyPlace(random),
        metres: 5 + whole(random, 90),
      };
  }
}

/** On corners of parcels and in the middle between them. */
const anyPlace = (random: Random): Pair => [
  SAMPLE_ORIGIN.easting + 10 * whole(random, 40),
  SAMPLE_ORIGIN.northing + 10 * whole(random, 6),
];

function anyShape(random: Random, relation: keyof typeof FES_SPATIAL): Shape {
  const [x, y] = anyPlace(random);
  const type =
    relation === 'crosses' || (relation === 'intersects' && random.next() < 0.5) ? 'LineString' : 'Polygon';
  if (type === 'LineString')
    return {
      type,
      line: [
        [x, y],
        [x + 35, y + 15],
        [x + 90, y + 20],
      ],
    };
  const isParcel = relation === 'equals' || random.next() < 0.3;
  const [left, bottom] = isParcel ? [x - (x % 20), y - (y % 20)] : [x, y];
  const [width, height] = isParcel ? [20, 20] : [10 + 10 * whole(random, 12), 10 + 10 * whole(random, 5)];
  const [right, top] = [left + width, bottom + height];
  return {
    type,
    line: [
      [left, bottom],
      [right, bottom],
      [right, top],
      [left, top],
      [left, bottom],
    ],
  };
}
