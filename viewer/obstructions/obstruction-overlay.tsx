import { middleOf as middleOfRing } from '../../core/geo/plane.ts';
import { lengthOf, placeAt } from '../../core/geo/polyline.ts';
import type { Obstruction } from '../../core/wire/obstruction.ts';
import { globeFrame, globeMap, type MapView, planFrame, planMap } from '../state/map-view.ts';
import { OBSTRUCTIONS } from '../state/obstruction-news.ts';
import { layerNamed, metresPerPixel, mode, settingOf } from '../state/twin-state.ts';
import { detourLine, drawnLine, nextPoint, pen, points } from './drawing.ts';
import { editing } from './form-state.ts';
import { ImpactShape } from './impact-sign.tsx';
import { listed, opened, phaseOf } from './obstruction-state.ts';

type Place = readonly [number, number];

/** Signs are left out where they would cover the city. */
const FARTHEST_M_PER_PX = 8;

/** Over one view: the signs of what is published, the open one with its detour, and what is being drawn. */
export function ObstructionOverlay({ pane }: { pane: 'plan' | 'globe' }) {
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  if (!view) return null;
  // Reading the counter draws this again with every picture of the map.
  void (pane === 'plan' ? planFrame : globeFrame).value;
  const open = opened.value.kind === 'ready' && !editing.value ? opened.value.obstruction : undefined;
  return (
    <svg
      class={`measure-drawing obs-drawing ${pane} ${mode.value === 'split' ? 'half' : ''}`}
      aria-hidden="true"
    >
      {open?.lines.map((line, index) => (
        <path key={index} class="obs-open" d={pathOf(view, line)} />
      ))}
      {open?.detour?.line && <path class="obs-detour" d={pathOf(view, open.detour.line)} />}
      {editing.value && <Drawn view={view} />}
      <Signs view={view} open={open} />
    </svg>
  );
}

function Drawn({ view }: { view: MapView }) {
  const next = nextPoint.value && view.pixelOf({ at: nextPoint.value });
  const clicked = pen.value ? points.value[pen.value] : [];
  return (
    <>
      <path class="obs-drawn-casing" d={pathOf(view, drawnLine.value)} />
      <path class="obs-drawn" d={pathOf(view, drawnLine.value)} />
      <path class="obs-drawn area" d={pathOf(view, points.value.area, points.value.area.length > 2)} />
      <path class="obs-detour" d={pathOf(view, detourLine.value)} />
      {clicked.map((at, index) => {
        const pixel = view.pixelOf({ at });
        return pixel ? <circle key={index} cx={pixel[0]} cy={pixel[1]} r="4.5" /> : null;
      })}
      {next && <circle class="next" cx={next[0]} cy={next[1]} r="5" />}
    </>
  );
}

function Signs({ view, open }: { view: MapView; open: Obstruction | undefined }) {
  const state = listed.value;
  const layer = layerNamed(OBSTRUCTIONS);
  if (state.kind !== 'ready' || !layer || !settingOf(layer).visible) return null;
  if (metresPerPixel.value > FARTHEST_M_PER_PX) return null;
  const shown = state.value.obstructions.filter(
    ({ state: step, id }) => step === 'published' || id === open?.id,
  );
  return (
    <>
      {shown.map((each) => {
        const pixel = view.pixelOf({ at: middleOf(each) });
        if (!pixel) return null;
        return (
          <g key={each.id} transform={`translate(${pixel[0].toFixed(1)} ${pixel[1].toFixed(1)})`}>
            <ImpactShape impact={each.impact} phase={phaseOf(each, state.value.nowMs)} />
          </g>
        );
      })}
    </>
  );
}

/** The middle of its longest line, else of the corners of its ground. */
function middleOf({ lines, area }: Obstruction): Place {
  const [line] = lines.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  return line && line.length > 1
    ? placeAt(line, lengthOf(line) / 2).point
    : middleOfRing(area[0]?.[0] ?? [[0, 0]]);
}

function pathOf(view: MapView, line: readonly Place[], closed = false): string {
  const pixels = line.map((at) => view.pixelOf({ at })).filter((pixel) => pixel !== undefined);
  if (pixels.length < 2) return '';
  return (
    pixels.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('') +
    (closed ? 'Z' : '')
  );
}
