/** Colours of hours of sun: dark to light, told apart without seeing hues; losses and gains in two hues and strengths. */
import type { Word } from '../text/text.ts';
import { type ShownMap, type SunMap, shownMap, treesShown } from './sun-study.ts';

export interface SunClass {
  /** Up to so many minutes, of sun or of change. */
  readonly belowMin: number;
  readonly ink: string;
  readonly word: Word;
  readonly values: Readonly<Record<string, number>>;
}

const hours = (from: number, to: number, ink: string): SunClass => ({
  belowMin: to * 60,
  ink,
  ...(Number.isFinite(to)
    ? { word: 'sunHoursFromTo', values: { from, to } }
    : { word: 'sunHoursOver', values: { from } }),
});

const HOURS: readonly SunClass[] = [
  hours(0, 1, '#1d2d6b'),
  hours(1, 2, '#3b4f8f'),
  hours(2, 3, '#66769b'),
  hours(3, 4, '#9a9c94'),
  hours(4, 6, '#c9b77c'),
  hours(6, 8, '#efd257'),
  hours(8, Number.POSITIVE_INFINITY, '#fff19a'),
];

const change = (belowMin: number, ink: string, word: Word, values = {}): SunClass => ({
  ...{ belowMin, ink, word, values },
});

/** @param errorMin changes up to it are none */
const changes = (errorMin: number): readonly SunClass[] => [
  change(-240, '#4a1a6b', 'sunLosesOver', { from: 4 }),
  change(-120, '#8650a8', 'sunLosesFromTo', { from: 2, to: 4 }),
  change(-errorMin, '#c4a5d8', 'sunLosesUpTo', { to: 2 }),
  change(errorMin + 1, 'transparent', 'sunSame', { minutes: errorMin }),
  change(120, '#f3c68b', 'sunGainsUpTo', { to: 2 }),
  change(Number.POSITIVE_INFINITY, '#c9711a', 'sunGainsOver', { from: 2 }),
];

export const classesOf = (shown: ShownMap, { result }: SunMap): readonly SunClass[] =>
  shown === 'change' ? changes(result.errorMin) : HOURS;

const ALPHA = 190;
/** Tells what was studied where nothing is drawn. */
const EDGE = '#7a7a7a';

/** The map that is chosen as a picture, its first row in the north. Follows the choice. */
export function paintSunMap(map: SunMap): HTMLCanvasElement {
  const shown = map.hasChange ? shownMap.value : 'after';
  const { columns, rows } = map;
  const { before, after } = (treesShown.value ? map.withTrees : undefined) ?? map.bare;
  const classes = classesOf(shown, map);
  const inks = classes.map(({ ink }) => rgbOf(ink));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [columns, rows];
  const picture = new ImageData(columns, rows);
  for (let at = 0; at < columns * rows; at++) {
    const [was, is] = [before[at] ?? -1, after[at] ?? -1];
    const hidden = shown === 'change' ? was < 0 || is < 0 : (shown === 'before' ? was : is) < 0;
    if (hidden) continue;
    const value = shown === 'change' ? is - was : shown === 'before' ? was : is;
    const ink = inks[classes.findIndex(({ belowMin }) => value < belowMin)];
    if (!ink) continue;
    const row = rows - 1 - Math.floor(at / columns);
    picture.data.set([...ink, ALPHA], (row * columns + (at % columns)) * 4);
  }
  const context = canvas.getContext('2d');
  context?.putImageData(picture, 0, 0);
  if (context) {
    context.strokeStyle = EDGE;
    context.strokeRect(0.5, 0.5, columns - 1, rows - 1);
  }
  return canvas;
}

const rgbOf = (ink: string): readonly [number, number, number] | undefined => {
  const value = Number.parseInt(ink.slice(1), 16);
  return ink.startsWith('#') ? [value >> 16, (value >> 8) & 255, value & 255] : undefined;
};
