/** A document for print as plain data: what is said, in order. How it looks is up to who writes it (PDF, HTML). */
import type { Language } from '../feature/layer.ts';

export interface PrintDocument {
  readonly language: Language;
  readonly title: string;
  readonly subject: string;
  readonly author: string;
  /** Of the youngest thing that it tells of, never of its writing: the same content has the same date. */
  readonly date: Date;
  /** Default `A4`. */
  readonly paper?: Paper;
  /** Stands at the foot of every page, as a verification code. */
  readonly footer?: string;
  readonly blocks: readonly Block[];
}

export const PAPERS = ['A4', 'A4-landscape', 'A3', 'A3-landscape'] as const;
export type Paper = (typeof PAPERS)[number];

/** The paper that remains between the margins, millimetres. */
export const ROOM_MM: Readonly<Record<Paper, { readonly widthMm: number; readonly heightMm: number }>> = {
  A4: { widthMm: 174, heightMm: 255 },
  'A4-landscape': { widthMm: 261, heightMm: 168 },
  A3: { widthMm: 261, heightMm: 378 },
  'A3-landscape': { widthMm: 384, heightMm: 255 },
};

export type Block =
  | Heading
  | Paragraph
  | Note
  | List
  | FactList
  | Table
  | Figure
  | Legend
  | BarChart
  | { readonly kind: 'page-break' };

export interface Heading {
  readonly kind: 'heading';
  /** The first heading is of level 1, and no level is left out. */
  readonly level: 1 | 2 | 3;
  readonly text: string;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly text: string;
  readonly tone?: 'quiet';
}

/** Set apart from the text around it. */
export interface Note {
  readonly kind: 'note';
  readonly tone: 'info' | 'warning';
  readonly text: string;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly string[];
}

/** Names and what they are: two columns without a head. */
export interface FactList {
  readonly kind: 'facts';
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  /** The first cell of each row names the row. */
  readonly rows: readonly (readonly string[])[];
}

export interface TableColumn {
  readonly title: string;
  /** Of the width, beside the shares of the other columns. */
  readonly share: number;
  /** Numbers stand at the end of their cells. */
  readonly isNumber?: boolean;
}

export interface Figure {
  readonly kind: 'figure';
  /** An opaque PNG, or a JPEG. */
  readonly picture: { readonly file: Uint8Array; readonly widthPx: number; readonly heightPx: number };
  /** In words, for who does not see it. */
  readonly alt: string;
  readonly caption: string;
  /** On paper; default the width between the margins. */
  readonly widthMm?: number;
  /** Of a map with north at its top: 1:n on paper at `widthMm`. A bar and an arrow are drawn over it. */
  readonly scaleDenominator?: number;
}

/** What the signs of a drawing mean. */
export interface Legend {
  readonly kind: 'legend';
  readonly entries: readonly LegendEntry[];
}

export interface LegendEntry {
  readonly label: string;
  /** `#rrggbb`. */
  readonly stroke: string;
  readonly line: 'solid' | 'dashed' | 'dotted';
  /** `#rrggbb`; absent = a line, not an area. */
  readonly fill?: string;
  /** Default 1. */
  readonly fillOpacity?: number;
}

/** Values with their doubts beside each other, at one scale around a common zero. */
export interface BarChart {
  readonly kind: 'bars';
  readonly title: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value may be off by ± this. */
  readonly bound: number;
  /** Value and bound as people read them. */
  readonly text: string;
}
