import { dig } from '../state/dig.ts';
import { globeFrame, globeMap, planFrame, planMap } from '../state/map-view.ts';
import { mode, pointer } from '../state/twin-state.ts';

/** The outline of the excavation over one view; the pointer trails a line while it is drawn. */
export function DigOverlay({ pane }: { pane: 'plan' | 'globe' }) {
  const now = dig.value;
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  if (!now || !view || now.corners.length === 0) return null;
  // Reading the counter draws this again with every picture of the map.
  void (pane === 'plan' ? planFrame : globeFrame).value;
  const corners = now.corners
    .map(([e, n]) => view.pixelOf({ at: [e, n] }))
    .filter((pixel) => pixel !== undefined);
  const trailed = now.isDrawing && pointer.value ? view.pixelOf(pointer.value) : undefined;
  if (corners.length === 0) return null;
  const path = (trailed ? [...corners, trailed] : corners)
    .map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('');
  return (
    <svg
      class={`measure-drawing dig-drawing ${pane} ${mode.value === 'split' ? 'half' : ''}`}
      aria-hidden="true"
    >
      <path d={`${path}Z`} class="measure-casing" />
      <path d={`${path}Z`} class="measure-area" />
      {now.isDrawing && corners.map(([x, y], index) => <circle key={index} cx={x} cy={y} r="4.5" />)}
    </svg>
  );
}
