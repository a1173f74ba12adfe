/** Letters along lines. */

import { runsOf } from './label-places.ts';
import type { PixelShapes } from './pixel-shapes.ts';

export interface LetterPlace {
  readonly letter: string;
  /** Middle of the letter on the line. */
  readonly x: number;
  readonly y: number;
  /** Radians, clockwise as y goes down. */
  readonly angle: number;
}

/** A line with the lengths from its start to each of its positions. */
export interface MeasuredLine {
  readonly positions: readonly number[];
  readonly lengths: readonly number[];
  readonly length: number;
}

/** Ends nearer than this are one place. */
const SAME_PX = 1.5;
/** Sharper bends between two letters make a word hard to read. */
const SHARPEST_BEND = 0.45;

/** Sections of one name joined where they meet, the longest first. */
export function joinedLines(sections: readonly { readonly shapes: PixelShapes; readonly feature: number }[]) {
  const lines = sections.flatMap(({ shapes, feature }) => {
    const [from, to] = runsOf(shapes, feature);
    return Array.from({ length: to - from }, (_, i) => {
      const run = from + i;
      return Array.from(shapes.positions.subarray(shapes.ends[run - 1] ?? 0, shapes.ends[run] ?? 0));
    });
  });
  const joined: number[][] = [];
  while (lines.length > 0) {
    let line = lines.pop() ?? [];
    for (let i = 0; i < lines.length; i++) {
      const longer = joinOf(line, lines[i] ?? []);
      if (!longer) continue;
      line = longer;
      lines.splice(i, 1);
      i = -1;
    }
    joined.push(line);
  }
  return joined.map(measured).toSorted((a, b) => b.length - a.length);
}

function joinOf(a: number[], b: number[]): number[] | undefined {
  const [aStart, aEnd, bStart, bEnd] = [startOf(a), endOf(a), startOf(b), endOf(b)];
  if (isSame(aEnd, bStart)) return [...a, ...b.slice(2)];
  if (isSame(bEnd, aStart)) return [...b, ...a.slice(2)];
  if (isSame(aEnd, bEnd)) return [...a, ...turned(b).slice(2)];
  if (isSame(aStart, bStart)) return [...turned(a), ...b.slice(2)];
  return undefined;
}

type Place = readonly [number, number];
const startOf = (line: readonly number[]): Place => [line[0] ?? 0, line[1] ?? 0];
const endOf = (line: readonly number[]): Place => [line.at(-2) ?? 0, line.at(-1) ?? 0];
const isSame = (a: Place, b: Place) => Math.abs(a[0] - b[0]) < SAME_PX && Math.abs(a[1] - b[1]) < SAME_PX;

function turned(line: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = line.length - 2; i >= 0; i -= 2) out.push(line[i] ?? 0, line[i + 1] ?? 0);
  return out;
}

function measured(positions: readonly number[]): MeasuredLine {
  const lengths = [0];
  for (let i = 2; i < positions.length; i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = positions.slice(i - 2, i + 2);
    lengths.push((lengths.at(-1) ?? 0) + Math.hypot(bx - ax, by - ay));
  }
  return { positions, lengths, length: lengths.at(-1) ?? 0 };
}

/**
 * The letters of a text along a line with their middle at `offset`, turned so that it can be read; undefined when
 * the line bends too sharply there.
 * @param widths of the letters, pixels
 */
export function lettersAlong(
  line: MeasuredLine,
  text: readonly string[],
  widths: readonly number[],
  offset: number,
): readonly LetterPlace[] | undefined {
  const total = widths.reduce((sum, width) => sum + width, 0);
  const start = offset - total / 2;
  if (start < 0 || start + total > line.length) return undefined;
  const from = pointAt(line, start);
  const to = pointAt(line, start + total);
  const isForward = to.x >= from.x;
  const places: LetterPlace[] = [];
  let along = 0;
  let before: number | undefined;
  for (const [index, letter] of text.entries()) {
    const width = widths[index] ?? 0;
    const middle = along + width / 2;
    const { x, y, angle } = pointAt(line, isForward ? start + middle : start + total - middle);
    const upright = isForward ? angle : angle + Math.PI;
    const bend =
      before === undefined ? 0 : Math.abs(Math.atan2(Math.sin(upright - before), Math.cos(upright - before)));
    if (bend > SHARPEST_BEND) return undefined;
    places.push({ letter, x, y, angle: upright });
    before = upright;
    along += width;
  }
  return places;
}

function pointAt({ positions, lengths }: MeasuredLine, at: number) {
  let i = 1;
  while (i < lengths.length - 1 && (lengths[i] ?? 0) < at) i++;
  const [ax = 0, ay = 0, bx = 0, by = 0] = positions.slice(2 * i - 2, 2 * i + 2);
  const [low = 0, high = 0] = [lengths[i - 1], lengths[i]];
  const share = high > low ? (at - low) / (high - low) : 0;
  return { x: ax + (bx - ax) * share, y: ay + (by - ay) * share, angle: Math.atan2(by - ay, bx - ax) };
}
