import type { Geometry } from '../../core/geo/geometry.ts';
import { workSpace } from '../frame/layout.ts';
import { drawnRing, isDrawing } from '../state/checked-parcel.ts';
import { globeFrame, globeMap, type MapView, planFrame, planMap } from '../state/map-view.ts';
import { mode } from '../state/twin-state.ts';
import { shapesOf } from './finding-shape.ts';
import { CHECK_SPACE, listOutlines, pointedFinding } from './parcel-state.ts';

type Place = readonly number[];

/** Over one view: the finding under the pointer, the area that is drawn, and what a list or building is checked by. */
export function ParcelOverlay({ pane }: { pane: 'plan' | 'globe' }) {
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  const ring = drawnRing.value;
  const geometry = pointedFinding.value?.geometry;
  const listed = listOutlines.value;
  if (!view || workSpace.value !== CHECK_SPACE || (!ring && !geometry && listed.length === 0)) return null;
  // Reading the counter draws this again with every picture of the map.
  void (pane === 'plan' ? planFrame : globeFrame).value;
  return (
    <svg
      class={`measure-drawing parcel-drawing ${pane} ${mode.value === 'split' ? 'half' : ''}`}
      aria-hidden="true"
    >
      {listed.map(({ shapes, isBuilding }, index) => (
        <path
          key={index}
          class={isBuilding ? 'parcel-drawn' : 'parcel-listed'}
          d={shapes.map((shape) => outlineOf(view, shape)).join('')}
        />
      ))}
      {ring && <path class="parcel-drawn" d={pathOf(view, ring, !isDrawing.value)} />}
      {isDrawing.value &&
        ring?.map((at, index) => {
          const pixel = view.pixelOf({ at });
          return pixel ? <circle key={index} cx={pixel[0]} cy={pixel[1]} r="4.5" /> : null;
        })}
      {geometry && shapesOf(geometry).map((shape, index) => <Shape key={index} view={view} shape={shape} />)}
    </svg>
  );
}

function outlineOf(view: MapView, shape: Geometry): string {
  if (shape.type === 'Polygon') return ringsOf(view, shape.coordinates);
  return shape.type === 'MultiPolygon' ? shape.coordinates.map((rings) => ringsOf(view, rings)).join('') : '';
}

function Shape({ view, shape }: { view: MapView; shape: Geometry }) {
  switch (shape.type) {
    case 'Point':
      return <Dot view={view} at={shape.coordinates} />;
    case 'MultiPoint':
      return (
        <>
          {shape.coordinates.map((at, index) => (
            <Dot key={index} view={view} at={at} />
          ))}
        </>
      );
    case 'LineString':
      return <path class="parcel-line" d={pathOf(view, shape.coordinates)} />;
    case 'MultiLineString':
      return <path class="parcel-line" d={shape.coordinates.map((line) => pathOf(view, line)).join('')} />;
    case 'Polygon':
    case 'MultiPolygon':
      return <path class="parcel-area" d={outlineOf(view, shape)} />;
  }
}

function Dot({ view, at }: { view: MapView; at: Place }) {
  const pixel = view.pixelOf({ at: [at[0] ?? 0, at[1] ?? 0] });
  return pixel ? <circle class="parcel-point" cx={pixel[0]} cy={pixel[1]} r="8" /> : null;
}

const ringsOf = (view: MapView, rings: readonly (readonly Place[])[]): string =>
  rings.map((ring) => pathOf(view, ring, true)).join('');

function pathOf(view: MapView, line: readonly Place[], closed = false): string {
  const pixels = line.flatMap(([e = 0, n = 0]) => {
    const pixel = view.pixelOf({ at: [e, n] });
    return pixel ? [pixel] : [];
  });
  if (pixels.length < 2) return '';
  const steps = pixels.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`);
  return steps.join('') + (closed ? 'Z' : '');
}
