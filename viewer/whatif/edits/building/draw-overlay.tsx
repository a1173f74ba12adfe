import { formatQuantity } from '../../../format/number.ts';
import { globeFrame, globeMap, planFrame, planMap } from '../../../state/map-view.ts';
import { mode } from '../../../state/twin-state.ts';
import { drawing, flaw, nextCorner } from './drawing.ts';
import type { Place } from './footprint.ts';

type Pixel = readonly [x: number, y: number];

const SHORTEST_LABELLED_PX = 40;

/** The footprint that is being drawn, over one view: its sides with lengths, the corner that would come next, its flaw. */
export function DrawOverlay({ pane }: { pane: 'plan' | 'globe' }) {
  const now = drawing.value;
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  if (!now || !view) return null;
  // Reading the counter draws this again with every picture of the map.
  void (pane === 'plan' ? planFrame : globeFrame).value;
  const next = nextCorner.value;
  const ring: readonly Place[] = next ? [...now.corners, next] : now.corners;
  const pixelOf = (at: Place) => view.pixelOf({ at });
  const pixels = ring.map(pixelOf);
  const seen = pixels.filter((pixel) => pixel !== undefined);
  const wrong = flaw.value?.at && pixelOf(flaw.value.at);
  const nextPixel = next && pixelOf(next);
  return (
    <svg
      class={`measure-drawing draw-footprint ${pane} ${mode.value === 'split' ? 'half' : ''}`}
      aria-hidden="true"
    >
      <path d={pathOf(seen)} class="measure-casing" />
      <path d={pathOf(seen)} class={`draw-shape ${flaw.value ? 'wrong' : ''}`} />
      {now.corners.map((corner, index) => {
        const pixel = pixelOf(corner);
        return pixel ? <circle key={index} cx={pixel[0]} cy={pixel[1]} r={index === 0 ? 5.5 : 4.5} /> : null;
      })}
      {nextPixel && <circle cx={nextPixel[0]} cy={nextPixel[1]} r="3" class="draw-next" />}
      {ring.map((corner, index) => {
        const following = index + 1 < ring.length || now.closed ? (index + 1) % ring.length : undefined;
        if (following === undefined || ring.length < 2) return null;
        const [to, a, b] = [ring[following], pixels[index], pixels[following]];
        return to && a && b ? <Side key={index} a={a} b={b} lengthM={lengthM(corner, to)} /> : null;
      })}
      {wrong && <path d={`M${wrong[0] - 7} ${wrong[1] - 7}l14 14m0 -14l-14 14`} class="draw-wrong" />}
    </svg>
  );
}

const lengthM = (a: Place, b: Place): number => Math.hypot(b[0] - a[0], b[1] - a[1]);

function Side({ a, b, lengthM: metres }: { a: Pixel; b: Pixel; lengthM: number }) {
  if (Math.hypot(b[0] - a[0], b[1] - a[1]) < SHORTEST_LABELLED_PX) return null;
  return (
    <text x={(a[0] + b[0]) / 2} y={(a[1] + b[1]) / 2 - 6}>
      {formatQuantity(metres, 'm', 2)}
    </text>
  );
}

const pathOf = (pixels: readonly Pixel[]): string =>
  pixels.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('') +
  (pixels.length > 2 ? 'Z' : '');
