/** Random edits of every kind; a new kind joins by an entry. */
import type { randomOf } from '../../core/demo-city/random.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { ChangeableLayer } from '../../core/wire/edits/changeable-layers.ts';
import { type Edit, editSchema } from '../../core/wire/scenario.ts';
import { SAMPLE_ORIGIN } from './sample-city.ts';

export type Random = ReturnType<typeof randomOf>;
export const whole = (random: Random, below: number) => Math.floor(random.next() * below);
export const oneOf = <T>(random: Random, list: readonly T[]): T => list[whole(random, list.length)] as T;

/** What stands in the scenario when an edit is thought of. */
export type Standing = (layer: ChangeableLayer) => readonly Feature[];

type Kind = Edit['kind'];
type Thought<K extends Kind> = { readonly kind: K } & Readonly<Record<string, unknown>>;

/** Undefined where the city has nothing that such an edit could be made of. */
type Makers = { readonly [K in Kind]: (random: Random, standing: Standing) => Thought<K> | undefined };

const anyId = (random: Random, features: readonly Feature[]): string | undefined =>
  features.length === 0 ? undefined : oneOf(random, features).id;

const anywhere = (random: Random): [number, number] => [
  SAMPLE_ORIGIN.easting + random.next() * 400,
  SAMPLE_ORIGIN.northing + random.next() * 60,
];

const MAKERS: Makers = {
  'add-building': (random) => {
    const [x, y] = anywhere(random);
    const [w, d] = [3 + random.next() * 15, 3 + random.next() * 15];
    return {
      kind: 'add-building',
      footprint: [
        [x, y],
        [x + w, y],
        [x + w, y + d],
        [x, y + d],
      ],
      storeys: 1 + whole(random, 6),
      roof: { shape: oneOf(random, ['flat', 'gabled', 'hipped', 'pent']) },
      function: oneOf(random, ['m', 'g', 'h']),
    };
  },
  'remove-building': (random, standing) => {
    const building = anyId(random, standing('buildings'));
    return building === undefined ? undefined : { kind: 'remove-building', building };
  },
  'plant-tree': (random) => ({
    kind: 'plant-tree',
    at: anywhere(random),
    species: oneOf(random, ['lipa drobnolistna', 'dąb szypułkowy']),
    heightM: 1 + whole(random, 5),
  }),
  'fell-tree': (random, standing) => {
    const tree = anyId(random, standing('trees'));
    return tree === undefined ? undefined : { kind: 'fell-tree', tree };
  },
  'add-facility': (random) => ({
    kind: 'add-facility',
    at: anywhere(random),
    name: 'Żłobek',
    facility: oneOf(random, ['nursery', 'library']),
    capacity: whole(random, 90),
  }),
  'close-facility': (random, standing) => {
    const facility = anyId(random, standing('facilities'));
    return facility === undefined ? undefined : { kind: 'close-facility', facility };
  },
  'change-facility': (random, standing) => {
    const facility = anyId(random, standing('facilities'));
    return facility === undefined
      ? undefined
      : { kind: 'change-facility', facility, capacity: 100 + whole(random, 900) };
  },
};

export const EDIT_KINDS = Object.keys(MAKERS) as readonly Kind[];

/** An edit of any kind that the city allows. */
export function anyEdit(random: Random, standing: Standing): Edit {
  for (;;) {
    const thought = MAKERS[oneOf(random, EDIT_KINDS)](random, standing);
    if (thought) return editSchema.parse(thought);
  }
}
