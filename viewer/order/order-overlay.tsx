import { workSpace } from '../frame/layout.ts';
import { globeFrame, globeMap, planFrame, planMap } from '../state/map-view.ts';
import { mode } from '../state/twin-state.ts';
import { drawnArea, isDrawingArea } from './order-area.ts';
import { areaKind, ORDER_SPACE } from './order-state.ts';

/** The drawn area of an order over one view. */
export function OrderOverlay({ pane }: { pane: 'plan' | 'globe' }) {
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  const ring = drawnArea.value;
  const isShown = workSpace.value === ORDER_SPACE && areaKind.value === 'polygon' && ring.length > 0;
  if (!view || !isShown) return null;
  // Reading the counter draws this again with every picture of the map.
  void (pane === 'plan' ? planFrame : globeFrame).value;
  const pixels = ring.flatMap((at) => {
    const pixel = view.pixelOf({ at });
    return pixel ? [pixel] : [];
  });
  const path = pixels.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  return (
    <svg
      class={`measure-drawing parcel-drawing ${pane} ${mode.value === 'split' ? 'half' : ''}`}
      aria-hidden="true"
    >
      <path class="parcel-drawn" d={isDrawingArea.value ? path : `${path}Z`} />
      {isDrawingArea.value && pixels.map(([x, y], index) => <circle key={index} cx={x} cy={y} r="4.5" />)}
    </svg>
  );
}
