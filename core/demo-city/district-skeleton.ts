/**
 * The hand-drawn skeleton of the district: an old town on the left bank of a river, a tram avenue through a
 * roundabout and over a bridge, a railway, and quarters of each age round them. Metres from the origin.
 */
import { add, distance, type Xy } from '../geo/plane.ts';
import { smoothPath } from '../geo/polyline.ts';
import { smoothNoise } from './random.ts';
import type {
  CorridorKind,
  QuarterBrief,
  QuarterKind,
  Skeleton,
  SkeletonEdge,
  SkeletonNode,
} from './skeleton.ts';
import { riverX } from './terrain.ts';

/** Outer ends of the streets that a larger town prolongs, counter-clockwise from the south-west. */
export const DISTRICT_RIM = [
  'sw',
  's1',
  's2',
  's3',
  'rs',
  's4',
  'se',
  'e1',
  'e2',
  'e3',
  'ne',
  'n4',
  'rn',
  'n3',
  'n2',
  'n1',
  'nw',
  'w3',
  'w2',
  'w1',
] as const;

const onRiver = (y: number): Xy => [riverX(y), y];

/** The names of the district's nodes in their order. */
export const districtNodeNames = (): string[] => Object.keys(NODES);

/** Name: place, radius of a round square if it is one. */
const NODES: Readonly<Record<string, readonly [at: Xy, roundM?: number]>> = {
  sw: [[-990, -985]],
  s1: [[-620, -1012]],
  s2: [[-250, -985]],
  s3: [[60, -1015]],
  rs: [onRiver(-1000)],
  s4: [[690, -985]],
  se: [[1005, -1000]],
  e1: [[980, -440]],
  e2: [[1015, 110]],
  e3: [[985, 560]],
  ne: [[1000, 985]],
  n4: [[720, 1012]],
  rn: [onRiver(995)],
  n3: [[70, 985]],
  n2: [[-255, 1008]],
  n1: [[-640, 985]],
  nw: [[-1005, 1000]],
  w3: [[-985, 470]],
  w2: [[-1010, 60]],
  w1: [[-990, -400]],
  // Railway
  r1: [[-668, -300]],
  r2: [[-705, 70]],
  r3: [[-690, 445]],
  // Tram avenue, left bank
  u2: [[-455, -140]],
  c: [[-232, 10], 34],
  // Ring round the old town
  k1: [[-45, -38]],
  k2: [[78, -100]],
  k3: [[212, -104]],
  k4: [[330, -84]],
  k5: [[402, 110]],
  k6: [[428, 292]],
  k7: [[218, 338]],
  k8: [[66, 352]],
  k9: [[-52, 280]],
  k10: [[-92, 122]],
  // Market square
  m1: [[74, 72]],
  m2: [[188, 62]],
  m3: [[199, 178]],
  m4: [[84, 188]],
  // North-south avenue
  a0: [[-262, -735]],
  a1: [[-285, -470]],
  a3: [[-212, 300]],
  a4: [[-188, 590]],
  // Bridges
  b1: [onRiver(-72)],
  b2: [onRiver(-500)],
  b3: [onRiver(610)],
  // South of the old town
  t1: [[70, -480]],
  t2: [[20, -290]],
  v0: [[-455, -745]],
  v1: [[-478, -455]],
  // West of the avenue
  q1: [[-440, 450], 22],
  q2: [[-455, 250]],
  // North
  p1: [[110, 625]],
  // Right bank
  d1: [[575, -40]],
  d2: [[775, 45]],
  g1: [[640, -510]],
  f1: [[742, 575]],
  f2: [[585, 300]],
};

/** From, to, kind, points on the way. */
const EDGES: readonly (readonly [from: string, to: string, kind: CorridorKind, ...via: Xy[]])[] = [
  // Rim
  ['sw', 's1', 'collector', [-800, -1005]],
  ['s1', 's2', 'collector', [-440, -990]],
  ['s2', 's3', 'collector', [-90, -1010]],
  ['s3', 'rs', 'collector'],
  ['rs', 's4', 'collector', [520, -1000]],
  ['s4', 'se', 'collector', [850, -975]],
  ['se', 'e1', 'collector', [1000, -720]],
  ['e1', 'e2', 'collector', [1010, -170]],
  ['e2', 'e3', 'collector', [990, 330]],
  ['e3', 'ne', 'collector', [1005, 780]],
  ['ne', 'n4', 'collector', [860, 990]],
  ['n4', 'rn', 'collector', [560, 1015]],
  ['rn', 'n3', 'collector', [220, 990]],
  ['n3', 'n2', 'collector', [-90, 1010]],
  ['n2', 'n1', 'collector', [-450, 985]],
  ['n1', 'nw', 'collector', [-820, 1005]],
  ['nw', 'w3', 'collector', [-1010, 730]],
  ['w3', 'w2', 'collector', [-1005, 270]],
  ['w2', 'w1', 'collector', [-990, -170]],
  ['w1', 'sw', 'collector', [-1010, -700]],
  // Railway
  ['s1', 'r1', 'railway', [-612, -800], [-625, -550]],
  ['r1', 'r2', 'railway', [-692, -120]],
  ['r2', 'r3', 'railway', [-708, 260]],
  ['r3', 'n1', 'railway', [-670, 640], [-646, 830]],
  // Tram avenue
  ['w1', 'r1', 'avenue', [-830, -375]],
  ['r1', 'u2', 'avenue', [-560, -225]],
  ['u2', 'c', 'avenue', [-345, -58]],
  ['c', 'k1', 'avenue', [-135, -2]],
  ['k1', 'k2', 'avenue', [15, -78]],
  ['k2', 'k3', 'avenue', [145, -112]],
  ['k3', 'k4', 'avenue', [270, -95]],
  ['k4', 'b1', 'avenue'],
  ['b1', 'd1', 'avenue', [490, -60]],
  ['d1', 'd2', 'avenue', [680, 0]],
  ['d2', 'e2', 'avenue', [895, 88]],
  // North-south avenue
  ['s2', 'a0', 'avenue', [-245, -860]],
  ['a0', 'a1', 'avenue', [-282, -600]],
  ['a1', 'c', 'avenue', [-272, -300], [-240, -140]],
  ['c', 'a3', 'avenue', [-230, 160]],
  ['a3', 'a4', 'avenue', [-190, 440]],
  ['a4', 'n2', 'avenue', [-215, 800]],
  // Old town ring and streets
  ['k1', 'k10', 'collector', [-84, 35]],
  ['k10', 'k9', 'collector', [-84, 205]],
  ['k9', 'k8', 'collector', [0, 328]],
  ['k8', 'k7', 'collector', [140, 356]],
  ['k7', 'k6', 'collector', [325, 328]],
  ['k6', 'k5', 'street', [425, 205]],
  ['k5', 'k4', 'street', [376, 10]],
  ['m1', 'm2', 'lane'],
  ['m2', 'm3', 'lane'],
  ['m3', 'm4', 'lane'],
  ['m4', 'm1', 'lane'],
  ['m1', 'k1', 'lane', [18, 18]],
  ['m1', 'k2', 'lane', [70, -10]],
  ['m2', 'k3', 'lane', [205, -20]],
  ['m2', 'k5', 'lane', [290, 62]],
  ['m3', 'k6', 'lane', [310, 218]],
  ['m3', 'k7', 'lane', [216, 258]],
  ['m4', 'k8', 'lane', [68, 265]],
  ['m4', 'k10', 'lane', [0, 160]],
  // South collector and bridge
  ['a1', 't1', 'collector', [-110, -492]],
  ['t1', 'b2', 'collector', [190, -470]],
  ['b2', 'g1', 'collector', [450, -530]],
  ['g1', 'e1', 'collector', [820, -460]],
  ['v1', 'a1', 'collector', [-380, -455]],
  ['a0', 'v0', 'street', [-360, -752]],
  ['v0', 'v1', 'street', [-450, -600]],
  ['v1', 'u2', 'street', [-490, -300]],
  ['v0', 's2', 'street', [-400, -880]],
  // South-centre
  ['k2', 't2', 'street', [62, -200]],
  ['t2', 't1', 'street', [28, -390]],
  ['t1', 's3', 'street', [95, -740]],
  ['t2', 'a1', 'street', [-130, -320]],
  ['t2', 'k4', 'street', [140, -268], [262, -196]],
  // West
  ['w2', 'r2', 'street', [-850, 80]],
  ['r2', 'q2', 'street', [-590, 150]],
  ['q2', 'a3', 'street', [-330, 285]],
  ['w3', 'r3', 'collector', [-840, 440]],
  ['r3', 'q1', 'collector', [-560, 458]],
  ['q1', 'a4', 'collector', [-320, 500]],
  ['q1', 'q2', 'street'],
  ['q2', 'u2', 'street', [-480, 50]],
  ['a3', 'k9', 'street', [-140, 302]],
  ['q1', 'n1', 'street', [-500, 640], [-585, 830]],
  // North
  ['a4', 'p1', 'collector', [-40, 628]],
  ['p1', 'b3', 'collector', [260, 605]],
  ['b3', 'f1', 'collector', [590, 590]],
  ['f1', 'e3', 'collector', [865, 545]],
  ['k8', 'p1', 'street', [84, 480]],
  ['p1', 'n3', 'street', [120, 800]],
  // Right bank
  ['d1', 'f2', 'street', [600, 130]],
  ['f2', 'f1', 'street', [640, 450]],
  ['f1', 'n4', 'street', [700, 790]],
  ['d1', 'g1', 'street', [560, -280]],
  ['g1', 's4', 'street', [690, -750]],
  ['f2', 'd2', 'street', [720, 215]],
];

const RIVER: readonly (readonly [from: string, to: string])[] = [
  ['rs', 'b2'],
  ['b2', 'b1'],
  ['b1', 'b3'],
  ['b3', 'rn'],
];

type Row = readonly [
  x: number,
  y: number,
  kind: QuarterKind,
  precinct: string,
  sheet: number,
  ...(QuarterBrief['civic'] & object),
];

/** A place inside each quarter, its kind, precinct and map sheet, and what it keeps blocks for. */
const QUARTERS: readonly Row[] = [
  // Left bank: old town and inner city
  [130, 125, 'market-square', '0021', 1],
  [20, -45, 'old-town', '0021', 2],
  [135, -25, 'old-town', '0021', 2],
  [265, -10, 'old-town', '0021', 3],
  [310, 140, 'old-town', '0021', 3, 'church'],
  [265, 275, 'old-town', '0021', 4],
  [140, 270, 'old-town', '0021', 4],
  [-10, 260, 'old-town', '0021', 5],
  [-20, 80, 'old-town', '0021', 5],
  [-165, 150, 'park', '0021', 6],
  [-350, 120, 'inner-blocks', '0021', 7, 'shops'],
  [-560, -20, 'tenements', '0021', 10],
  [-375, -290, 'tenements', '0021', 10, 'church'],
  [-130, -250, 'tenements', '0021', 10, 'square'],
  [-80, -400, 'tenements', '0021', 10],
  [165, -190, 'inner-blocks', '0021', 10],
  [230, -340, 'riverside', '0021', 11],
  [-310, 390, 'tenements', '0021', 12],
  [-56, 460, 'tenements', '0021', 13, 'school'],
  [350, 480, 'riverside', '0021', 14],
  // Beyond the railway
  [-800, -700, 'industry', '0022', 1],
  [-860, -170, 'industry', '0022', 2],
  [-860, 260, 'allotments', '0022', 3],
  [-850, 730, 'houses', '0022', 4, 'kindergarten'],
  // North
  [-600, 310, 'older-houses', '0023', 1, 'shops'],
  [-570, 660, 'allotments', '0023', 2],
  [-420, 740, 'older-houses', '0023', 3, 'church'],
  [-30, 800, 'villas', '0023', 4, 'health'],
  [250, 790, 'campus', '0023', 5],
  // South
  [-560, -700, 'new-estate', '0024', 1],
  [-330, -830, 'terraces', '0024', 2],
  [-370, -600, 'terraces', '0024', 2],
  [-100, -730, 'slab-estate', '0024', 3, 'school', 'kindergarten', 'shops'],
  [190, -700, 'allotments', '0024', 4],
  // Right bank
  [475, -310, 'villas', '0025', 1],
  [500, -750, 'slab-estate', '0025', 2, 'school', 'shops'],
  [800, -730, 'houses', '0025', 3, 'square'],
  [780, -240, 'houses', '0025', 4, 'school', 'church'],
  [655, 150, 'new-estate', '0025', 5],
  [565, 280, 'riverside', '0025', 6],
  [800, 330, 'slab-estate', '0025', 7, 'kindergarten', 'shops'],
  [850, 770, 'villas', '0025', 8],
  [580, 830, 'villas', '0025', 9],
];

/** The quarter with faults planted on purpose. */
const PLANTED = { precinct: '0025', sheet: 4 };

export function districtSkeleton(seed: number): Skeleton {
  const names = Object.keys(NODES);
  const index = new Map(names.map((name, i) => [name, i]));
  const nodes = names.map((name): SkeletonNode => {
    const [at, roundM] = NODES[name] as (typeof NODES)[string];
    const onWater = name === 'rs' || name === 'rn' || name.startsWith('b');
    const moved = onWater ? at : nudge(seed, at);
    return roundM === undefined ? { at: moved } : { at: moved, roundM };
  });
  const at = (name: string) => {
    const found = index.get(name);
    if (found === undefined) throw new Error(`No node ${name}`);
    return found;
  };
  const edges = EDGES.map(([from, to, kind, ...via]): SkeletonEdge => {
    const [a, b] = [at(from), at(to)];
    const points = [nodes[a]?.at as Xy, ...via.map((p) => nudge(seed, p)), nodes[b]?.at as Xy];
    return { from: a, to: b, kind, path: smoothPath(points) };
  });
  for (const [from, to] of RIVER) edges.push(riverEdge(nodes, at(from), at(to)));
  const quarters = QUARTERS.map(
    ([x, y, kind, precinct, sheet, ...civic]): QuarterBrief => ({
      at: [x, y],
      kind,
      precinct,
      sheet,
      civic,
      planted: precinct === PLANTED.precinct && sheet === PLANTED.sheet,
    }),
  );
  return { nodes, edges, quarters };
}

/** The seed moves everything a little, the same at the same place, so that streets keep their relations. */
function nudge(seed: number, p: Xy): Xy {
  return add(p, [
    smoothNoise(seed + 11, p[0] / 300, p[1] / 300) * 11,
    smoothNoise(seed + 12, p[0] / 300, p[1] / 300) * 11,
  ]);
}

export function riverEdge(nodes: readonly SkeletonNode[], from: number, to: number): SkeletonEdge {
  const start = nodes[from]?.at as Xy;
  const end = nodes[to]?.at as Xy;
  const steps = Math.max(2, Math.round(distance(start, end) / 24));
  const path = Array.from(
    { length: steps + 1 },
    (_, i): Xy => onRiver(start[1] + ((end[1] - start[1]) * i) / steps),
  );
  return { from, to, kind: 'river', path };
}
