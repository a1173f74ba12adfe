import { workSpace } from '../frame/layout.ts';
import { globeFrame, globeMap, planFrame, planMap } from '../state/map-view.ts';
import { mode } from '../state/twin-state.ts';
import { drawnArea, isDrawingArea } from './order-area.ts';
import { givenArea } from './order-file.ts';
import { areaKind, ORDER_SPACE } from './order-state.ts';

/** The area of an order that is drawn or came in a file, over one view. */
export function OrderOverlay({ pane }: { pane: 'plan' | 'globe' }) {
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  const rings = shownRings();
  if (!view || workSpace.value !== ORDER_SPACE || rings.length === 0) return null;
  // Reading the counter draws this again with every picture of the map.
  void (pane === 'plan' ? planFrame : globeFrame).value;
  const drawn = rings.map((ring) =>
    ring.flatMap((at) => {
      const pixel = view.pixelOf({ at });
      return pixel ? [pixel] : [];
    }),
  );
  const isOpen = areaKind.value === 'polygon' && isDrawingArea.value;
  const path = drawn
    .map(
      (pixels) =>
        pixels.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('') + (isOpen ? '' : 'Z'),
    )
    .join('');
  return (
    <svg
      class={`measure-drawing parcel-drawing ${pane} ${mode.value === 'split' ? 'half' : ''}`}
      aria-hidden="true"
    >
      <path class="parcel-drawn" fill-rule="evenodd" d={path} />
      {isOpen && drawn.flat().map(([x, y], index) => <circle key={index} cx={x} cy={y} r="4.5" />)}
    </svg>
  );
}

type Ring = readonly (readonly [easting: number, northing: number])[];

/** What is drawn, or came in a file: EPSG:2177. */
function shownRings(): readonly Ring[] {
  if (areaKind.value === 'polygon') return drawnArea.value.length > 0 ? [drawnArea.value] : [];
  const given = areaKind.value === 'file' ? givenArea.value : undefined;
  if (given?.kind !== 'ready') return [];
  const { geometry } = given.value.area;
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return [];
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flat().map((ring) => ring.map(([e, n]) => [e, n] as const));
}
