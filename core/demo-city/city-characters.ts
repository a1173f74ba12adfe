/** What precincts of a larger town are like, and which quarters that gives them. */
import type { Random } from './random.ts';
import type { Civic, CorridorKind, QuarterKind } from './skeleton.ts';

export type Character = 'inner' | 'estates' | 'garden' | 'works' | 'suburb' | 'country' | 'small-town';

type Weights = readonly (readonly [QuarterKind, number])[];

const MIXES: Readonly<Record<Character, Weights>> = {
  inner: [
    ['tenements', 5],
    ['inner-blocks', 2],
    ['older-houses', 3],
    ['new-estate', 3],
    ['slab-estate', 2],
    ['villas', 2],
    ['park', 1],
    ['campus', 1],
  ],
  estates: [
    ['slab-estate', 7],
    ['new-estate', 3],
    ['older-houses', 2],
    ['terraces', 1],
    ['park', 1],
    ['retail', 1],
    ['allotments', 1],
  ],
  garden: [
    ['older-houses', 4],
    ['houses', 4],
    ['villas', 3],
    ['terraces', 2],
    ['park', 1],
    ['forest', 2],
    ['allotments', 2],
  ],
  works: [
    ['industry', 6],
    ['retail', 2],
    ['allotments', 1],
    ['older-houses', 2],
    ['new-estate', 1],
  ],
  suburb: [
    ['houses', 8],
    ['terraces', 2],
    ['older-houses', 2],
    ['new-estate', 1],
    ['village', 3],
    ['forest', 4],
    ['fields', 3],
    ['retail', 1],
  ],
  country: [
    ['village', 4],
    ['fields', 4],
    ['houses', 4],
    ['forest', 3],
    ['industry', 1],
  ],
  'small-town': [
    ['tenements', 2],
    ['older-houses', 5],
    ['houses', 4],
    ['terraces', 1],
    ['slab-estate', 1],
    ['industry', 1],
    ['village', 1],
    ['park', 1],
  ],
};

const BY_DISTANCE: readonly {
  readonly upToRing: number;
  readonly weights: readonly (readonly [Character, number])[];
}[] = [
  {
    upToRing: 2,
    weights: [
      ['inner', 4],
      ['estates', 2],
      ['garden', 1],
    ],
  },
  {
    upToRing: 4,
    weights: [
      ['estates', 4],
      ['garden', 4],
      ['inner', 1],
      ['works', 2],
    ],
  },
  {
    upToRing: 6,
    weights: [
      ['estates', 2],
      ['garden', 3],
      ['works', 2],
      ['suburb', 3],
    ],
  },
  {
    upToRing: 10,
    weights: [
      ['suburb', 5],
      ['garden', 2],
      ['country', 2],
      ['works', 1],
      ['estates', 1],
    ],
  },
  {
    upToRing: Infinity,
    weights: [
      ['suburb', 4],
      ['small-town', 4],
      ['country', 2],
      ['garden', 1],
    ],
  },
];

export function characterOf(ring: number, random: Random): Character {
  const zone = BY_DISTANCE.find(({ upToRing }) => ring <= upToRing);
  return weighted(zone?.weights ?? [['suburb', 1]], random);
}

/** River banks stay green, railways draw industry; else the mix of the precinct. */
export function kindOf(
  character: Character,
  ring: number,
  lines: readonly CorridorKind[],
  random: Random,
): QuarterKind {
  if (lines.includes('river') && random.chance(0.6)) {
    return weighted(
      [
        ['riverside', 4],
        ['park', ring < 6 ? 2 : 0],
        ['allotments', 1],
        ['forest', 1],
        ['fields', ring > 5 ? 3 : 0],
      ],
      random,
    );
  }
  if (lines.includes('railway') && random.chance(0.4)) return random.chance(0.7) ? 'industry' : 'new-estate';
  return weighted(MIXES[character], random);
}

function weighted<T>(choices: readonly (readonly [T, number])[], random: Random): T {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return (choices[0] as readonly [T, number])[0];
}

/** What a quarter keeps blocks for. */
export function wantsOf(kind: QuarterKind, random: Random): Civic[] {
  const chances: readonly (readonly [Civic, number])[] =
    kind === 'slab-estate'
      ? [
          ['school', 0.7],
          ['kindergarten', 0.9],
          ['shops', 0.9],
          ['church', 0.3],
          ['health', 0.3],
        ]
      : kind === 'houses' || kind === 'older-houses' || kind === 'terraces' || kind === 'villas'
        ? [
            ['school', 0.25],
            ['kindergarten', 0.3],
            ['shops', 0.3],
            ['church', 0.2],
            ['square', 0.4],
            ['health', 0.1],
          ]
        : kind === 'tenements'
          ? [
              ['church', 0.3],
              ['school', 0.3],
              ['square', 0.5],
            ]
          : kind === 'village'
            ? [
                ['church', 0.3],
                ['school', 0.15],
                ['shops', 0.2],
              ]
            : kind === 'new-estate'
              ? [
                  ['kindergarten', 0.5],
                  ['shops', 0.4],
                ]
              : [];
  return chances.filter(([, chance]) => random.chance(chance)).map(([use]) => use);
}
