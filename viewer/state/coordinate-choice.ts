/** The system in which coordinates are read and copied. */
import { signal } from '@preact/signals';
import { plainCoordinates } from '../format/coordinates.ts';
import { copyText } from './copy-text.ts';
import type { Pointed } from './map-view.ts';

/** EPSG code. */
export const chosenSrid = signal(2177);

/** Copies a place as `N E`, with its height in metres after them where it has one. */
export function copyCoordinates(place: Pointed | undefined): void {
  if (!place) return;
  const height = place.heightM === undefined ? '' : ` ${place.heightM.toFixed(2)}`;
  void copyText(plainCoordinates(place.at, chosenSrid.value) + height);
}
