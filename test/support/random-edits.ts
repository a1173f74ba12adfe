/** Random edits of every kind; a new kind joins by an entry. */
import type { randomOf } from '../../core/demo-city/random.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { bboxOf } from '../../core/geo/bbox.ts';
import { bannedFrom } from '../../core/scenario/rows/traffic-rule-rows.ts';
import type { ChangeableLayer } from '../../core/wire/edits/changeable-layers.ts';
import { type Edit, editSchema } from '../../core/wire/scenario.ts';
import { SITED_FACILITIES } from './editable-city.ts';
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

const wholeCity = (): [number, number][] => {
  const { easting: e, northing: n } = SAMPLE_ORIGIN;
  return [
    [e - 1, n - 5],
    [e + 401, n - 5],
    [e + 401, n + 65],
    [e - 1, n + 65],
  ];
};

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
  'add-model': (random) => {
    const [w, d, h] = [
      3_000 + whole(random, 9_000),
      3_000 + whole(random, 9_000),
      3_000 + whole(random, 9_000),
    ];
    return {
      kind: 'add-model',
      // A wedge: its roof falls from one side to the other.
      cornersMm: [
        [0, 0, 0],
        [w, 0, 0],
        [w, d, 0],
        [0, d, 0],
        [0, 0, h],
        [0, d, h],
      ],
      faces: [[[0, 3, 2, 1]], [[0, 1, 4]], [[1, 2, 5, 4]], [[2, 3, 5]], [[3, 0, 4, 5]]],
      at: anywhere(random),
      turnDeg: whole(random, 360),
      storeys: 1 + whole(random, 3),
      function: oneOf(random, ['m', 'h']),
      source: { format: 'glTF', file: 'wedge.glb' },
    };
  },
  'remove-building': (random, standing) => {
    const building = anyId(random, standing('buildings'));
    return building === undefined ? undefined : { kind: 'remove-building', building };
  },
  'move-building': (random, standing) => {
    const building = anyId(random, standing('buildings'));
    if (building === undefined) return undefined;
    // By a few metres, so that it stays in the city however often it is moved.
    const byM = [random.next() * 6 - 3, random.next() * 6 - 3];
    return { kind: 'move-building', building, byM, turnDeg: whole(random, 360) };
  },
  'change-building': (random, standing) => {
    const building = anyId(random, standing('buildings'));
    return building === undefined
      ? undefined
      : {
          kind: 'change-building',
          building,
          function: oneOf(random, ['m', 'b']),
          storeys: 1 + whole(random, 12),
        };
  },
  'split-parcel': (random, standing) => {
    const parcels = standing('parcels');
    const { id, geometry } = parcels.length > 0 ? oneOf(random, parcels) : {};
    const box = geometry && bboxOf(geometry, 2177);
    if (id === undefined || !box || box.maxX - box.minX < 4) return undefined;
    const [from, to] = [0.3 + random.next() * 0.4, 0.3 + random.next() * 0.4].map(
      (share) => box.minX + share * (box.maxX - box.minX),
    );
    return {
      kind: 'split-parcel',
      parcel: id,
      line: [
        [from, box.minY - 1],
        [to, box.maxY + 1],
      ],
    };
  },
  'merge-parcels': (random, standing) => {
    const parcels = standing('parcels');
    const one = parcels.length > 0 ? oneOf(random, parcels) : undefined;
    const box = one?.geometry && bboxOf(one.geometry, 2177);
    const beside = parcels.find(({ id, geometry }) => {
      const other = geometry && bboxOf(geometry, 2177);
      return id !== one?.id && box && other?.minX === box.maxX && other.minY === box.minY;
    });
    return one && beside ? { kind: 'merge-parcels', parcels: [one.id, beside.id] } : undefined;
  },
  'change-plan-zone': (random, standing) => {
    const zones = standing('plan_zones');
    const zone = zones.length > 0 ? oneOf(random, zones) : undefined;
    const box = zone?.geometry && bboxOf(zone.geometry, 2177);
    if (!zone || !box) return undefined;
    const wider = box.maxX + 1 + random.next() * 9;
    return {
      kind: 'change-plan-zone',
      zone: zone.id,
      maxHeightM: 5 + whole(random, 20),
      ...(random.next() < 0.8 && {
        outline: [
          [box.minX, box.minY],
          [wider, box.minY],
          [wider, box.maxY],
          [box.minX, box.maxY],
        ],
      }),
    };
  },
  'shape-terrain': (random) => {
    const [x, y] = anywhere(random);
    return {
      kind: 'shape-terrain',
      outline: [
        [x, y],
        [x + 9, y],
        [x + 9, y + 9],
        [x, y + 9],
      ],
      heightM: 68 + whole(random, 6),
    };
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
    facility: oneOf(random, SITED_FACILITIES),
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
  'close-road': (random, standing) => {
    const open = standing('roads').filter(({ properties }) => properties['closed'] !== true);
    const road = anyId(random, open);
    const part = random.next() < 0.5 ? {} : { fromM: 0.5, toM: 1 + random.next() };
    return road === undefined ? undefined : { kind: 'close-road', road, ...part };
  },
  'open-road': (random, standing) => {
    const closed = standing('roads').filter(({ properties }) => properties['closed'] === true);
    const road = anyId(random, closed);
    return road === undefined ? undefined : { kind: 'open-road', road };
  },
  'change-road': (random, standing) => {
    const road = anyId(random, standing('roads'));
    const more = random.next() < 0.4 ? { oneway: 'against' } : { capacityPcuPerH: 100 + whole(random, 900) };
    return road === undefined
      ? undefined
      : {
          kind: 'change-road',
          road,
          speedKmH: 60 + whole(random, 60),
          ...more,
        };
  },
  // From the middle of a street, or from nowhere, to anywhere.
  'add-road': (random) => ({
    kind: 'add-road',
    path: [[SAMPLE_ORIGIN.easting + random.next() * 400, SAMPLE_ORIGIN.northing - 4], anywhere(random)],
    lanes: 1 + whole(random, 3),
    name: 'Nowa',
  }),
  'ban-turn': (random, standing) => {
    const from = oneOf(random, [...standing('roads'), undefined]);
    const to = standing('roads').find(
      ({ id, properties }) =>
        id !== from?.id &&
        properties['from_node'] === from?.properties['to_node'] &&
        !bannedFrom(from ?? { properties: {} }).includes(id),
    );
    return from && to ? { kind: 'ban-turn', from: from.id, to: to.id } : undefined;
  },
  'allow-turn': (_, standing) => {
    const from = standing('roads').find((road) => bannedFrom(road).length > 0);
    return from && { kind: 'allow-turn', from: from.id, to: bannedFrom(from)[0] };
  },
  'set-signal': (random) => ({
    kind: 'set-signal',
    // Where the cross street begins.
    at: [SAMPLE_ORIGIN.easting + 160, SAMPLE_ORIGIN.northing - 4],
    cycleS: 60 + whole(random, 60),
  }),
  // Where the cross street ends.
  'remove-signal': (_, standing) =>
    standing('roads').some(
      ({ properties: { from_node: from, to_node: to, signal_from: atFrom, signal_to: atTo } }) =>
        (from === 'N.2' && typeof atFrom === 'string') || (to === 'N.2' && typeof atTo === 'string'),
    )
      ? { kind: 'remove-signal', at: [SAMPLE_ORIGIN.easting + 160, SAMPLE_ORIGIN.northing + 64] }
      : undefined,
  'slow-zone': (random, standing) =>
    standing('roads').some(({ properties }) => Number(properties['speed_kmh']) >= 50)
      ? { kind: 'slow-zone', area: wholeCity(), speedKmH: 10 + whole(random, 30) }
      : undefined,
  'low-emission-zone': (random) => ({
    kind: 'low-emission-zone',
    area: wholeCity(),
    sharePct: 1 + random.next() * 90,
  }),
  'scale-demand': (random) => ({ kind: 'scale-demand', factor: 2 + random.next() }),
  'add-utility-line': (random) => ({
    kind: 'add-utility-line',
    path: [anywhere(random), anywhere(random)],
    network: oneOf(random, ['water', 'gas', 'heat']),
    diameterMm: 100 + whole(random, 400),
  }),
  'remove-utility-line': (random, standing) => {
    const line = anyId(random, standing('utility_lines'));
    return line === undefined ? undefined : { kind: 'remove-utility-line', line };
  },
};

export const EDIT_KINDS = Object.keys(MAKERS) as readonly Kind[];

/** An edit of a kind; undefined where the city has nothing that it could be made of. */
export function thinkOf(kind: Kind, random: Random, standing: Standing): Edit | undefined {
  const thought = MAKERS[kind](random, standing);
  return thought && editSchema.parse(thought);
}

/** An edit of any kind that the city allows. */
export function anyEdit(random: Random, standing: Standing): Edit {
  for (;;) {
    const edit = thinkOf(oneOf(random, EDIT_KINDS), random, standing);
    if (edit) return edit;
  }
}
