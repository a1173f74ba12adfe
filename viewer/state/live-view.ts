/** What of the live city is on the screen: which sensors on the maps, and which curves. Part of a link. */
import { signal } from '@preact/signals';

/** Whether sensors are drawn on the maps. */
export const sensorsShown = signal(true);
/** Kinds of sensors that are left out there; the empty one is for sensors of no kind. */
export const kindsHidden = signal<ReadonlySet<string>>(new Set());

export const CHART_SPANS = ['hour', 'day', 'week', 'month', 'year'] as const;
export type ChartSpan = (typeof CHART_SPANS)[number];

/** A span ends with the shown time and moves with it; the other stays where it was put. */
export type ChartRange =
  | { readonly span: ChartSpan }
  /** Milliseconds since 1970. */
  | { readonly fromMs: number; readonly toMs: number };

/** More curves than this cannot be told apart. */
export const MOST_CURVES = 6;

export interface ChartView {
  /** Ids of the datastreams, in the order in which they were added. */
  readonly datastreams: readonly number[];
  readonly range: ChartRange;
}

/** The chart that is open. */
export const chartView = signal<ChartView | undefined>(undefined);
