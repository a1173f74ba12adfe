/** Pictures of the 3D view, finer than the screen. */
import { signal } from '@preact/signals';

export interface GlobePicture {
  /** A copy: the view goes on drawing. */
  readonly canvas: HTMLCanvasElement;
  /** Of the picture, at what its middle shows; undefined when that is the sky. */
  readonly metresPerPixel: number | undefined;
  /** Clockwise from north. */
  readonly headingDeg: number;
  /** Whether everything that it shows had been loaded. */
  readonly isComplete: boolean;
}

export interface GlobeCamera {
  /** Of the view, in CSS pixels. */
  size(): readonly [width: number, height: number];
  /** The longest side that the graphics can draw. */
  readonly mostPx: number;
  /**
   * @param factor pixels of the picture for each CSS pixel
   * @throws the reason of the signal
   */
  take(factor: number, signal: AbortSignal): Promise<GlobePicture>;
}

/** Undefined while there is no globe. */
export const globeCamera = signal<GlobeCamera | undefined>(undefined);
