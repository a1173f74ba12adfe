/** A cross that Shift and the arrows move over the map, where Enter and Space point. */
import { signal } from '@preact/signals';
import { readCoordinates } from '../format/coordinates.ts';
import { said } from '../text/text.ts';
import { announce } from './announcer.ts';
import { chosenSrid } from './coordinate-choice.ts';
import { type MapView, MIDDLE, type PixelOffset } from './map-view.ts';
import { layerNamed } from './twin-state.ts';

export const crosshair = signal<PixelOffset>(MIDDLE);

/** From the edge of the map, so that the cross stays in sight. */
const EDGE_PX = 12;

/** Moves the cross by pixels, never out of a view of this size. */
export function moveCrosshair(
  [right, down]: PixelOffset,
  { width, height }: { width: number; height: number },
): void {
  const [x, y] = crosshair.value;
  const within = (value: number, sizePx: number) => {
    const most = Math.max(0, sizePx / 2 - EDGE_PX);
    return Math.max(-most, Math.min(most, value));
  };
  crosshair.value = [within(x + right, width), within(y + down, height)];
}

export function centreCrosshair(): void {
  crosshair.value = MIDDLE;
}

const SPOKEN_AFTER_MS = 250;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says what lies under the cross once it rests: the topmost object, else the coordinates. */
export function announceCrosshair(view: MapView): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const top = view.topAt(crosshair.peek());
    if (top) {
      const layer = layerNamed(top.layer);
      announce(`${layer ? said(layer.title) : top.layer}, ${top.id}`);
      return;
    }
    const place = view.placeAt(crosshair.peek());
    if (!place) return;
    const [n, e] = readCoordinates(place.at, chosenSrid.peek());
    announce(`N ${n}, E ${e}`);
  }, SPOKEN_AFTER_MS);
}
