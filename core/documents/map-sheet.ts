/** Maps in scale on sheets of paper: which paper, where the frame stands, what each sheet shows. All lengths on paper are millimetres. */
import type { Language, Text } from '../feature/layer.ts';
import type { Symbol2d } from '../feature/symbol.ts';
import type { Bbox } from '../geo/bbox.ts';
import type { MapPaper } from '../wire/order.ts';
import type { Drawing } from './drawing.ts';
import { scaleBarM } from './scale-bar.ts';

/** Short and long side (ISO 216). */
const SIDES: Readonly<Record<MapPaper, readonly [number, number]>> = {
  ...{ A4: [210, 297], A3: [297, 420], A2: [420, 594], A1: [594, 841], A0: [841, 1189] },
};
const PAPERS = Object.keys(SIDES) as MapPaper[];
/** Around the frame; plotters reach no further. */
const MARGIN_MM = 10;
/** Below the map: legend and stamp. */
export const FOOT_MM = 62;
const GAP_MM = 3;
/** Crosses of the grid stand this far from each other on paper, as on the base map. */
const GRID_MM = 100;
/** Otherwise lines stand nearer, where their coordinates are round. */
const WHOLE_STEP_M = 5;
/** More would be a book. */
export const MOST_SHEETS = 36;
/** Neighbouring sheets show this much of each other. */
const OVERLAP_MM = 10;

export interface SheetPlan {
  readonly paper: MapPaper;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly scaleDenominator: number;
  /** Of the map on each sheet. */
  readonly frame: PaperBox;
  /** Below it. */
  readonly foot: PaperBox;
  /** What the sheets show, row by row from the north-west. */
  readonly boxes: readonly Bbox[];
}

export interface PaperBox {
  readonly leftMm: number;
  readonly topMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/**
 * The smallest paper that holds the box at the scale; where `largest` does not, as many sheets of it as it takes.
 * @param box in a plane CRS, m
 */
export function planSheets(box: Bbox, scaleDenominator: number, largest: MapPaper): SheetPlan {
  const allowed = PAPERS.slice(0, PAPERS.indexOf(largest) + 1);
  const widthMm = ((box.maxX - box.minX) * 1_000) / scaleDenominator;
  const heightMm = ((box.maxY - box.minY) * 1_000) / scaleDenominator;
  const formats = allowed.flatMap((paper) => {
    const [short, long] = SIDES[paper];
    return [layout(paper, short, long), layout(paper, long, short)];
  });
  const countsOf = ({ frame }: (typeof formats)[number]) => {
    const countOf = (lengthMm: number, roomMm: number) =>
      lengthMm <= roomMm ? 1 : Math.ceil((lengthMm - OVERLAP_MM) / (roomMm - OVERLAP_MM));
    return { columns: countOf(widthMm, frame.widthMm), rows: countOf(heightMm, frame.heightMm) };
  };
  const sheetsOn = (format: (typeof formats)[number]) => countsOf(format).columns * countsOf(format).rows;
  const [upright = layout('A4', 210, 297), across = upright] = formats.slice(-2);
  const chosen =
    formats.find((format) => sheetsOn(format) === 1) ??
    (sheetsOn(across) < sheetsOn(upright) ? across : upright);
  const { frame } = chosen;
  const { columns, rows } = countsOf(chosen);
  const onGround = (mm: number) => (mm * scaleDenominator) / 1_000;
  const [stepX, stepY] = [onGround(frame.widthMm - OVERLAP_MM), onGround(frame.heightMm - OVERLAP_MM)];
  // Whole metres, so that the corners of the frame are round.
  const west = Math.round((box.minX + box.maxX) / 2 - (onGround(frame.widthMm) + (columns - 1) * stepX) / 2);
  const north = Math.round((box.minY + box.maxY) / 2 + (onGround(frame.heightMm) + (rows - 1) * stepY) / 2);
  const boxes = Array.from({ length: columns * rows }, (_, index): Bbox => {
    const minX = west + (index % columns) * stepX;
    const maxY = north - Math.floor(index / columns) * stepY;
    return {
      ...{ minX, maxY, maxX: minX + onGround(frame.widthMm), minY: maxY - onGround(frame.heightMm) },
      srid: box.srid,
    };
  });
  return { ...chosen, scaleDenominator, boxes };
}

/** Where the foot has room for its stamp and signs. */
const LEAST_INSIDE_MM = 180;

/**
 * One sheet as large as a map of a given size takes.
 * @param box what the map shows, in a plane CRS, m
 */
export function sheetAround(
  box: Bbox,
  { widthMm, heightMm, scaleDenominator }: { widthMm: number; heightMm: number; scaleDenominator: number },
): PaperMapFile['plan'] {
  const insideMm = Math.max(LEAST_INSIDE_MM, widthMm);
  const leftMm = MARGIN_MM + (insideMm - widthMm) / 2;
  const footMm = MARGIN_MM + heightMm + GAP_MM;
  return {
    ...{ widthMm: insideMm + 2 * MARGIN_MM, heightMm: footMm + FOOT_MM + MARGIN_MM, scaleDenominator },
    frame: { leftMm, topMm: MARGIN_MM, widthMm, heightMm },
    foot: { leftMm: MARGIN_MM, topMm: footMm, widthMm: insideMm, heightMm: FOOT_MM },
    boxes: [box],
  };
}

/** As it is written; a scale that follows from a box is seldom round. */
export const scaleText = (denominator: number): string =>
  `1:${denominator < 10 ? denominator.toPrecision(2) : Math.round(denominator)}`;

function layout(paper: MapPaper, widthMm: number, heightMm: number) {
  const [leftMm, insideMm] = [MARGIN_MM, widthMm - 2 * MARGIN_MM];
  const mapMm = heightMm - 2 * MARGIN_MM - FOOT_MM - GAP_MM;
  const frame = { leftMm, topMm: MARGIN_MM, widthMm: insideMm, heightMm: mapMm };
  const foot = { leftMm, topMm: MARGIN_MM + mapMm + GAP_MM, widthMm: insideMm, heightMm: FOOT_MM };
  return { paper, widthMm, heightMm, frame, foot };
}

/** Lines of the grid within a frame, m: eastings and northings that are whole multiples of the step. */
export function gridLines({ minX, minY, maxX, maxY }: Bbox, scaleDenominator: number) {
  const widest = (GRID_MM * scaleDenominator) / 1_000;
  const step = widest % WHOLE_STEP_M === 0 ? widest : scaleBarM(widest);
  const between = (from: number, to: number) => {
    const first = Math.ceil(from / step);
    return Array.from(
      { length: Math.max(0, Math.floor(to / step) - first + 1) },
      (_, i) => (first + i) * step,
    );
  };
  return { eastings: between(minX, maxX), northings: between(minY, maxY) };
}

/** A sign of the map, and what it means. */
export interface SheetSign {
  readonly label: string;
  readonly shape: 'area' | 'line' | 'point';
  readonly symbol: Symbol2d;
}

export interface MapSheet {
  readonly box: Bbox;
  /** As wide and high as the frame. */
  readonly drawing: Drawing;
  /** Of what is to be seen on this sheet, the topmost first. */
  readonly signs: readonly SheetSign[];
}

/** Sheets of one map; the same map is the same file. */
export interface PaperMapFile {
  readonly language: Language;
  readonly title: string;
  readonly author: string;
  /** Of the youngest thing that it tells of. */
  readonly date: Date;
  readonly plan: Omit<SheetPlan, 'paper'>;
  readonly pxPerMm: number;
  readonly sheets: readonly MapSheet[];
  /** The outer rings of the ground that is mapped, m: drawn on the overview. */
  readonly outline: readonly (readonly (readonly [number, number])[])[];
  /** Names and values, in the stamp of each sheet. */
  readonly stamp: readonly { readonly name: string; readonly value: string }[];
  /** What the map is not, below the stamp. */
  readonly notes: readonly string[];
  /** Across each map, pale; undefined = nothing is. */
  readonly watermark: string | undefined;
}

export const SHEET_WORDS = {
  scale: { pl: 'Skala', en: 'Scale' },
  sheet: { pl: 'Arkusz', en: 'Sheet' },
  of: { pl: 'z', en: 'of' },
  legend: { pl: 'Objaśnienia', en: 'Legend' },
  overview: { pl: 'Skorowidz arkuszy', en: 'Index of sheets' },
} as const satisfies Readonly<Record<string, Text>>;
