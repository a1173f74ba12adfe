import { globeMap, type MapView, planMap } from '../state/map-view.ts';
import { catalogue, flyTo } from '../state/twin-state.ts';

const PAN_PX = 96;
const TURN_DEG = 15;
const TILT_DEG = 8;

const ACTIONS: Readonly<Record<string, (view: MapView) => void>> = {
  ArrowLeft: (view) => view.panBy(-PAN_PX, 0),
  ArrowRight: (view) => view.panBy(PAN_PX, 0),
  ArrowUp: (view) => view.panBy(0, PAN_PX),
  ArrowDown: (view) => view.panBy(0, -PAN_PX),
  '+': (view) => view.zoomBy(1),
  '=': (view) => view.zoomBy(1),
  '-': (view) => view.zoomBy(-1),
  Enter: (view) => view.identifyCentre(),
  q: (view) => view.turnBy(-TURN_DEG),
  e: (view) => view.turnBy(TURN_DEG),
  r: (view) => view.tiltBy(TILT_DEG),
  f: (view) => view.tiltBy(-TILT_DEG),
  n: (view) => view.northUp(),
  h: showCity,
};

/** Keys act only while a map has focus, so that they never meet those of a screen reader or a field. */
export function onMapKey(event: KeyboardEvent, pane: 'plan' | 'globe'): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!view || !action) return;
  event.preventDefault();
  event.stopPropagation();
  action(view);
}

/** Flies to the extent of the city's data. */
export function showCity(): void {
  const state = catalogue.peek();
  if (state.kind === 'ready' && state.reply.city.extent) flyTo(state.reply.city.extent);
}
