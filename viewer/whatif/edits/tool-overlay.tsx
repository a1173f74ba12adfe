import type { Geometry, Position } from '../../../core/geo/geometry.ts';
import { globeFrame, globeMap, type MapView, planFrame, planMap } from '../../state/map-view.ts';
import { mode } from '../../state/twin-state.ts';
import { nextPlace, toolInHand, work } from './tool-work.ts';

/** Over one view: what is picked with the tool in hand, what is drawn with it, and what would come of it. */
export function ToolOverlay({ pane }: { pane: 'plan' | 'globe' }) {
  const tool = toolInHand.value;
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  if (!tool || !view) return null;
  // Reading the counter draws this again with every picture of the map.
  void (pane === 'plan' ? planFrame : globeFrame).value;
  const { objects, places, closed } = work.value;
  const preview = tool.preview?.(work.value);
  const shape = tool.draws?.shape;
  const next = nextPlace.value;
  const line = next && !closed ? [...places, next] : places;
  return (
    <svg
      class={`measure-drawing tool-drawing ${pane} ${mode.value === 'split' ? 'half' : ''}`}
      aria-hidden="true"
    >
      {objects.map(({ layer, id, item }) =>
        item.geometry ? <Shape key={`${layer}/${id}`} of={item.geometry} view={view} name="picked" /> : null,
      )}
      {preview && <Shape of={preview} view={view} name="preview" />}
      {(shape === 'line' || shape === 'area') && (
        <>
          <path class="measure-casing" d={pathOf(view, line, shape === 'area' && line.length > 2)} />
          <path class={`tool-${shape}`} d={pathOf(view, line, shape === 'area' && line.length > 2)} />
        </>
      )}
      {places.map((at, index) => {
        const pixel = view.pixelOf({ at });
        return pixel ? <circle key={index} cx={pixel[0]} cy={pixel[1]} r="5" /> : null;
      })}
    </svg>
  );
}

function Shape({ of, view, name }: { of: Geometry; view: MapView; name: 'picked' | 'preview' }) {
  if (of.type === 'Point' || of.type === 'MultiPoint') {
    const points = of.type === 'Point' ? [of.coordinates] : of.coordinates;
    return (
      <>
        {points.map(([e, n], index) => {
          const pixel = view.pixelOf({ at: [e, n] });
          return pixel ? <circle key={index} class={name} cx={pixel[0]} cy={pixel[1]} r="9" /> : null;
        })}
      </>
    );
  }
  const isArea = of.type === 'Polygon' || of.type === 'MultiPolygon';
  return (
    <path
      class={`${name} ${isArea ? 'area' : ''}`}
      d={linesOf(of)
        .map((line) => pathOf(view, line, isArea))
        .join('')}
    />
  );
}

function linesOf(geometry: Geometry): readonly (readonly Position[])[] {
  switch (geometry.type) {
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates;
    case 'MultiPolygon':
      return geometry.coordinates.flat();
    default:
      return [];
  }
}

function pathOf(view: MapView, line: readonly Position[], closed: boolean): string {
  const pixels = line.map(([e, n]) => view.pixelOf({ at: [e, n] })).filter((pixel) => pixel !== undefined);
  if (pixels.length < 2) return '';
  return (
    pixels.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('') +
    (closed ? 'Z' : '')
  );
}
