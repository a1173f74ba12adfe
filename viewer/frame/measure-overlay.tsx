import { formatQuantity } from '../format/number.ts';
import { globeFrame, globeMap, type Pointed, planFrame, planMap } from '../state/map-view.ts';
import { isOutline, measurement } from '../state/measure.ts';
import { measuredOf } from '../state/measured.ts';
import { mode, pointer } from '../state/twin-state.ts';

type Pixel = readonly [x: number, y: number];

/** The points of a measurement drawn over one view, with the length of each part; the pointer trails a line. */
export function MeasureOverlay({ pane }: { pane: 'plan' | 'globe' }) {
  const now = measurement.value;
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  if (!now || !view || now.points.length === 0) return null;
  // Reading the counter draws this again with every picture of the map.
  void (pane === 'plan' ? planFrame : globeFrame).value;
  const isArea = isOutline(now.kind);
  const pixels = now.points.map((place) => view.pixelOf(place));
  const pointing: Pointed | undefined = now.finished ? undefined : pointer.value;
  const trailed = pointing && view.pixelOf(pointing);
  const seen = pixels.filter((pixel) => pixel !== undefined);
  const path = pathOf(trailed ? [...seen, trailed] : seen, isArea && seen.length > 1);
  const parts = measuredOf(now.points, isArea)?.segmentsM ?? [];
  return (
    <svg class={`measure-drawing ${pane} ${mode.value === 'split' ? 'half' : ''}`} aria-hidden="true">
      <path d={path} class="measure-casing" />
      <path d={path} class={isArea ? 'measure-area' : 'measure-line'} />
      {seen.map(([x, y], index) => (
        <circle key={index} cx={x} cy={y} r="4.5" />
      ))}
      {now.kind !== 'height' &&
        parts.map((lengthM, index) => {
          const [a, b] = [pixels[index], pixels[(index + 1) % pixels.length]];
          return a && b ? <PartLabel key={`${index} ${lengthM}`} a={a} b={b} lengthM={lengthM} /> : null;
        })}
    </svg>
  );
}

const SHORTEST_LABELLED_PX = 44;

function PartLabel({ a, b, lengthM }: { a: Pixel; b: Pixel; lengthM: number }) {
  if (Math.hypot(b[0] - a[0], b[1] - a[1]) < SHORTEST_LABELLED_PX) return null;
  return (
    <text x={(a[0] + b[0]) / 2} y={(a[1] + b[1]) / 2 - 6}>
      {formatQuantity(lengthM, 'm', 2)}
    </text>
  );
}

const pathOf = (pixels: readonly Pixel[], closed: boolean): string =>
  pixels.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('') +
  (closed ? 'Z' : '');
