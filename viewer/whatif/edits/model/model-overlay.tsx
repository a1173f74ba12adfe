import { useRef } from 'preact/hooks';
import { globeFrame, globeMap, type PixelOffset, planFrame, planMap } from '../../../state/map-view.ts';
import { mode } from '../../../state/twin-state.ts';
import { modelOutline, modelStand, moveTo } from './model-work.ts';

/** What the model covers, over one view: to be dragged, with an arrow that looks ahead. */
export function ModelOverlay({ pane }: { pane: 'plan' | 'globe' }) {
  const svg = useRef<SVGSVGElement>(null);
  const grip = useRef<readonly [number, number] | undefined>(undefined);
  const outline = modelOutline.value;
  const stand = modelStand.value;
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  if (!stand || !view || outline.length < 3) return null;
  // Reading the counter draws this again with every picture of the map.
  void (pane === 'plan' ? planFrame : globeFrame).value;
  const pixels = outline.map((at) => view.pixelOf({ at })).filter((pixel) => pixel !== undefined);
  const middle = view.pixelOf({ at: stand.at });
  const placeOf = (event: PointerEvent) => {
    const box = svg.current?.getBoundingClientRect();
    if (!box) return undefined;
    const offset: PixelOffset = [
      event.clientX - box.x - box.width / 2,
      event.clientY - box.y - box.height / 2,
    ];
    return view.placeAt(offset)?.at;
  };
  return (
    <svg
      ref={svg}
      class={`measure-drawing model-drawing ${pane} ${mode.value === 'split' ? 'half' : ''}`}
      aria-hidden="true"
    >
      <path
        class="model-grip"
        d={`M${pixels.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`}
        onPointerDown={(event) => {
          const at = placeOf(event);
          if (!at) return;
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          grip.current = [stand.at[0] - at[0], stand.at[1] - at[1]];
        }}
        onPointerMove={(event) => {
          const held = grip.current;
          const at = held && placeOf(event);
          if (at) moveTo([at[0] + held[0], at[1] + held[1]]);
        }}
        onPointerUp={() => {
          grip.current = undefined;
        }}
        onPointerCancel={() => {
          grip.current = undefined;
        }}
      />
      {middle && <circle cx={middle[0]} cy={middle[1]} r="4.5" />}
    </svg>
  );
}
