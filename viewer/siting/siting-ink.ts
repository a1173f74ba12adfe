/** How people are drawn by what sites mean for them: told apart by shape and strength, not by hue alone. */
import { signal } from '@preact/signals';
import { WALK_CLASSES, walkClassOf } from '../../core/analysis/siting/walk-classes.ts';
import type { SitingPreviewReply } from '../../core/wire/siting-answer.ts';
import { type Theme, withAlpha } from '../style/ink.ts';
import type { Word } from '../text/text.ts';

export type SitedPoint = SitingPreviewReply['points'][number];

/** Who is served and who gains, the walk, or how many people there are. */
export const SITING_MAPS = ['reach', 'walk', 'people'] as const;
export type SitingMap = (typeof SITING_MAPS)[number];
export const sitingMap = signal<SitingMap>('reach');

type Shape = 'disk' | 'ring' | 'bold' | 'cross' | 'square';

export interface SitingClass {
  readonly ink: Readonly<Record<Theme, string>>;
  readonly shape: Shape;
  readonly word: Word;
  readonly values?: Readonly<Record<string, number>>;
}

/** A facility that is there, over everybody. */
export const STANDING: SitingClass = {
  ...{ ink: { light: '#1f262d', dark: '#f3efe4' }, shape: 'square', word: 'sitingStanding' },
};
const STANDING_PX = 9;

const REACH = {
  served: { ink: { light: '#5b7fa6', dark: '#86a9cf' }, shape: 'disk', word: 'sitingServed' },
  gains: { ink: { light: '#0a7d4f', dark: '#4fd39a' }, shape: 'bold', word: 'sitingGains' },
  loses: { ink: { light: '#a83232', dark: '#ff9a8f' }, shape: 'cross', word: 'sitingLoses' },
  unserved: { ink: { light: '#a0470a', dark: '#f0a868' }, shape: 'ring', word: 'sitingUnserved' },
} as const satisfies Record<string, SitingClass>;

const WALKS = WALK_CLASSES.map(
  ({ fromMin: from, belowMin: to, ink }): SitingClass =>
    Number.isFinite(to)
      ? { ink, shape: 'disk', word: 'sitingWalkTo', values: { from, to } }
      : { ink, shape: 'ring', word: 'sitingWalkOver', values: { from } },
);

/** People of a square, light to dark. */
const HEAT: readonly (readonly [light: string, dark: string])[] = [
  ['#fbe3c0', '#3d3226'],
  ['#f5c187', '#6b4a28'],
  ['#e8924f', '#a3632b'],
  ['#c9602b', '#d98a44'],
  ['#8f3413', '#ffc183'],
];

/** What the circles and squares of the map that is chosen mean. */
export function classesOf(
  shown: SitingMap,
  points: readonly SitedPoint[],
  squareM: number,
): readonly SitingClass[] {
  switch (shown) {
    case 'reach':
      return Object.values(REACH).filter(
        (each) =>
          each.shape !== 'cross' ||
          points.some(({ walkAfter, walkBefore }) => (walkAfter ?? 1e9) > (walkBefore ?? 1e9)),
      );
    case 'walk':
      return WALKS;
    case 'people': {
      const ends = heatEnds(squaresOf(points, squareM));
      return HEAT.map(([light, dark], k) => ({
        ink: { light, dark },
        shape: 'square',
        word: 'sitingPeopleUpTo',
        values: { from: k === 0 ? 0 : (ends[k - 1] ?? 0), to: ends[k] ?? 0 },
      }));
    }
  }
}

function reachOf({ walkBefore, walkAfter }: SitedPoint, withinMin: number): SitingClass {
  const [was, is] = [(walkBefore ?? Infinity) <= withinMin, (walkAfter ?? Infinity) <= withinMin];
  return is ? (was ? REACH.served : REACH.gains) : was ? REACH.loses : REACH.unserved;
}

const walkOf = ({ walkAfter }: SitedPoint): SitingClass => WALKS[walkClassOf(walkAfter)] ?? REACH.unserved;

export interface Painted {
  readonly points: readonly SitedPoint[];
  /** Facilities that stay. */
  readonly standing: readonly { readonly e: number; readonly n: number }[];
  readonly withinMin: number;
  readonly from: 'buildings' | 'cells';
  readonly shown: SitingMap;
  readonly theme: Theme;
}

/** The side of the squares in which people are counted, m. */
export const squareSideM = (from: Painted['from']): number => (from === 'cells' ? 250 : 100);
/** The largest circle, so that neighbours can be told apart, m. */
const LARGEST_M = { cells: 105, buildings: 16 } as const;
const LEAST_PX = 2.2;

/** Where a place is drawn, pixels. */
type Place = (e: number, n: number) => readonly [x: number, y: number];

/** Draws everybody, and what is there. @param pxPerM of the picture @param pxPerPoint of the screen */
export function paintPoints(
  context: CanvasRenderingContext2D,
  painted: Painted,
  place: Place,
  pxPerM: number,
  pxPerPoint = 1,
): void {
  if (painted.shown === 'people') paintSquares(context, painted, place);
  else paintCircles(context, painted, place, pxPerM);
  const { standing, theme } = painted;
  context.fillStyle = STANDING.ink[theme];
  context.strokeStyle = paperOf(theme);
  context.lineWidth = 1.5 * pxPerPoint;
  const side = STANDING_PX * pxPerPoint;
  for (const { e, n } of standing) {
    const [x, y] = place(e, n);
    context.fillRect(x - side / 2, y - side / 2, side, side);
    context.strokeRect(x - side / 2, y - side / 2, side, side);
  }
}

const paperOf = (theme: Theme): string => (theme === 'dark' ? '#12171d' : '#fcfaf4');

function paintCircles(
  context: CanvasRenderingContext2D,
  { points, shown, from, theme, withinMin }: Painted,
  place: Place,
  pxPerM: number,
): void {
  const most = points.reduce((largest, { people }) => Math.max(largest, people), 1e-9);
  const paper = paperOf(theme);
  for (const point of points) {
    const { shape, ink } = shown === 'reach' ? reachOf(point, withinMin) : walkOf(point);
    const [x, y] = place(point.e, point.n);
    const radius = Math.max(LEAST_PX, Math.sqrt(point.people / most) * LARGEST_M[from] * pxPerM);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    const colour = ink[theme];
    if (shape !== 'ring') {
      context.fillStyle = withAlpha(colour, shape === 'disk' ? 0.62 : 0.85);
      context.fill();
    } else {
      context.fillStyle = withAlpha(colour, 0.12);
      context.fill();
    }
    context.lineWidth =
      shape === 'ring' ? Math.max(1.6, Math.min(3, radius / 4)) : shape === 'disk' ? 0.8 : 2;
    context.strokeStyle =
      shape === 'ring' ? colour : shape === 'disk' ? paper : theme === 'dark' ? '#ffffff' : '#06301f';
    context.stroke();
    if (shape === 'cross') {
      context.beginPath();
      context.moveTo(x - radius, y - radius);
      context.lineTo(x + radius, y + radius);
      context.moveTo(x + radius, y - radius);
      context.lineTo(x - radius, y + radius);
      context.stroke();
    }
  }
}

function paintSquares(
  context: CanvasRenderingContext2D,
  { points, from, theme }: Painted,
  place: Place,
): void {
  const side = squareSideM(from);
  const squares = squaresOf(points, side);
  const ends = heatEnds(squares);
  for (const { e, n, people } of squares.values()) {
    const level = Math.max(
      0,
      ends.findIndex((end) => people <= end),
    );
    const [light, dark] = HEAT[level] ?? ['#8f3413', '#ffc183'];
    const half = side / 2;
    context.beginPath();
    for (const [de, dn] of [
      [-half, -half],
      [half, -half],
      [half, half],
      [-half, half],
    ] as const) {
      context.lineTo(...place(e + de, n + dn));
    }
    context.closePath();
    context.fillStyle = withAlpha(theme === 'dark' ? dark : light, 0.66);
    context.fill();
  }
}

interface Square {
  readonly e: number;
  readonly n: number;
  people: number;
}

/** People by square; cells are their own squares. */
function squaresOf(points: readonly SitedPoint[], side: number): ReadonlyMap<string, Square> {
  const squares = new Map<string, Square>();
  for (const { e, n, people } of points) {
    const middle =
      side === squareSideM('cells') ? ([e, n] as const) : ([snap(e, side), snap(n, side)] as const);
    const key = middle.join();
    const known = squares.get(key);
    if (known) known.people += people;
    else squares.set(key, { e: middle[0], n: middle[1], people });
  }
  return squares;
}

const snap = (value: number, side: number): number => (Math.floor(value / side) + 0.5) * side;

/** Upper ends of the classes of people, round numbers; the last one holds everybody. */
function heatEnds(squares: ReadonlyMap<string, Square>): readonly number[] {
  const most = Math.max(1, ...[...squares.values()].map(({ people }) => people));
  return HEAT.map((_, k) =>
    k === HEAT.length - 1
      ? Math.ceil(most)
      : Math.max(k + 1, Math.round((most * (k + 1) ** 1.5) / HEAT.length ** 1.5)),
  );
}
