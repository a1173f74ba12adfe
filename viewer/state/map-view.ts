/** What the frame can ask of a view, whether plan or globe. */
import { signal } from '@preact/signals';
import type { Selection } from './link.ts';

/** A place somebody points at: EPSG:2177, and on the globe its height in the height system of the city, m. */
export interface Pointed {
  readonly at: readonly [easting: number, northing: number];
  readonly heightM?: number;
  /** The solid it lies on. */
  readonly on?: Selection;
}

/** CSS pixels from the middle of a view, right and down. */
export type PixelOffset = readonly [right: number, down: number];

export const MIDDLE: PixelOffset = [0, 0];

export interface MapView {
  panBy(rightPx: number, upPx: number): void;
  /** Positive zooms in; one step doubles the scale. */
  zoomBy(steps: number): void;
  turnBy(degrees: number): void;
  tiltBy(degrees: number): void;
  northUp(): void;
  /** Changes the scale around the centre. */
  showScale(scaleDenominator: number): void;
  /** @param box minE, minN, maxE, maxN in EPSG:2177 */
  showBox(box: readonly [number, number, number, number]): void;
  /** Selects what lies under a pixel. */
  identify(offset: PixelOffset): void;
  /** The topmost object under a pixel, as far as the view knows without asking the service. */
  topAt(offset: PixelOffset): Selection | undefined;
  /** The place under a pixel; undefined past the horizon. */
  placeAt(offset: PixelOffset): Pointed | undefined;
  /** Where a place is drawn, pixels from the upper left corner; undefined behind the eye. */
  pixelOf(place: Pointed): readonly [x: number, y: number] | undefined;
}

export const planMap = signal<MapView | undefined>(undefined);
export const globeMap = signal<MapView | undefined>(undefined);

/** Counts the pictures that each view has drawn: what lies over the map follows them. */
export const planFrame = signal(0);
export const globeFrame = signal(0);
