import type { TargetedPointerEvent } from 'preact';
import { useRef } from 'preact/hooks';
import { globeFrame, globeMap, type MapView, planFrame, planMap } from '../state/map-view.ts';
import { mode } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { isochrones } from './isochrones-state.ts';
import type { PutSite } from './siting-query.ts';
import { changeSite, chosenSite, removeSite, sitingAsk, sitingOpen } from './siting-state.ts';

/** Keys move a site so far, m; with Shift farther. */
const [STEP_M, LONG_STEP_M] = [10, 50];
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Over one view: the new sites, to be dragged or moved by keys, and how far one walks from the chosen one. */
export function SitingOverlay({ pane }: { pane: 'plan' | 'globe' }) {
  const room = useRef<HTMLDivElement>(null);
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  if (!view || !sitingOpen.value) return null;
  // Reading the counter draws this again with every picture of the map.
  void (pane === 'plan' ? planFrame : globeFrame).value;
  const half = mode.value === 'split' ? 'half' : '';
  return (
    <>
      <svg class={`measure-drawing siting-drawing ${pane} ${half}`} aria-hidden="true">
        {isochrones.value?.map(({ minutes, area }) => (
          <path
            key={minutes}
            class="siting-isochrone"
            d={area.flatMap((rings) => rings.map((ring) => pathOf(view, ring))).join('')}
          />
        ))}
      </svg>
      <div ref={room} class={`siting-marks ${pane} ${half}`}>
        {sitingAsk.value.sites.map((site, index) => (
          <Mark key={index} view={view} site={site} index={index} room={room} />
        ))}
      </div>
    </>
  );
}

function Mark({
  view,
  site,
  index,
  room,
}: {
  view: MapView;
  site: PutSite;
  index: number;
  room: { readonly current: HTMLDivElement | null };
}) {
  const held = useRef(false);
  const pixel = view.pixelOf({ at: [site.e, site.n] });
  if (!pixel) return null;
  const drag = (event: TargetedPointerEvent<HTMLButtonElement>) => {
    const box = room.current?.getBoundingClientRect();
    if (!held.current || !box) return;
    const offset = [event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2] as const;
    const place = view.placeAt(offset);
    if (place) changeSite(index, { e: Math.round(place.at[0]), n: Math.round(place.at[1]) });
  };
  return (
    <button
      type="button"
      class="siting-mark"
      style={{ left: `${pixel[0]}px`, top: `${pixel[1]}px` }}
      aria-pressed={chosenSite.value === index}
      aria-label={t('sitingMark', { n: index + 1 })}
      title={t('sitingMarkHint')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = true;
        chosenSite.value = index;
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        held.current = false;
      }}
      onPointerCancel={() => {
        held.current = false;
      }}
      onClick={() => {
        chosenSite.value = index;
      }}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (step && !event.altKey) {
          event.preventDefault();
          event.stopPropagation();
          const metres = event.shiftKey ? LONG_STEP_M : STEP_M;
          changeSite(index, { e: site.e + step[0] * metres, n: site.n + step[1] * metres });
        } else if (event.key === 'Delete') removeSite(index);
      }}
    >
      {index + 1}
    </button>
  );
}

const pathOf = (view: MapView, ring: readonly (readonly [number, number])[]): string => {
  const pixels = ring.flatMap((at) => {
    const pixel = view.pixelOf({ at });
    return pixel ? [pixel] : [];
  });
  if (pixels.length < 3) return '';
  return `${pixels.map(([x, y], k) => `${k === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')}Z`;
};
