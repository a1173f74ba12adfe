import { copyCoordinates } from '../state/coordinate-choice.ts';
import { announceCrosshair, centreCrosshair, crosshair, moveCrosshair } from '../state/crosshair.ts';
import { isSilenced } from '../state/letter-keys.ts';
import { type MapTool, mapTool } from '../state/map-tool.ts';
import { globeMap, type MapView, type PixelOffset, planMap } from '../state/map-view.ts';
import { catalogue, flyTo } from '../state/twin-state.ts';

const PAN_PX = 96;
const CROSS_PX = 16;
const TURN_DEG = 15;
const TILT_DEG = 8;

type Action = (view: MapView) => void;

const ACTIONS: Readonly<Record<string, Action>> = {
  ArrowLeft: (view) => view.panBy(-PAN_PX, 0),
  ArrowRight: (view) => view.panBy(PAN_PX, 0),
  ArrowUp: (view) => view.panBy(0, PAN_PX),
  ArrowDown: (view) => view.panBy(0, -PAN_PX),
  '+': (view) => view.zoomBy(1),
  '=': (view) => view.zoomBy(1),
  '-': (view) => view.zoomBy(-1),
  Enter: (view) => view.identify(crosshair.value),
  q: (view) => view.turnBy(-TURN_DEG),
  e: (view) => view.turnBy(TURN_DEG),
  r: (view) => view.tiltBy(TILT_DEG),
  f: (view) => view.tiltBy(-TILT_DEG),
  n: (view) => view.northUp(),
  p: (view) => copyCoordinates(view.placeAt(crosshair.value)),
  h: showCity,
};

/** While a tool is in use, the cross sets its points. */
const TOOL_ACTIONS: Readonly<Record<string, (tool: MapTool, view: MapView) => void>> = {
  ' ': (tool, view) => {
    const place = view.placeAt(crosshair.value);
    if (place) tool.point(place, false);
  },
  Enter: (tool) => tool.finish(),
  Backspace: (tool) => tool.back(),
};

const CROSS_STEPS: Readonly<Record<string, PixelOffset>> = {
  ArrowLeft: [-CROSS_PX, 0],
  ArrowRight: [CROSS_PX, 0],
  ArrowUp: [0, -CROSS_PX],
  ArrowDown: [0, CROSS_PX],
};

/** Keys act only while a map has focus, so that they never meet those of a screen reader or a field. */
export function onMapKey(event: KeyboardEvent, pane: 'plan' | 'globe'): void {
  const { target, currentTarget, key } = event;
  if (target !== currentTarget || event.ctrlKey || event.metaKey || event.altKey || isSilenced(key)) return;
  const view = pane === 'plan' ? planMap.value : globeMap.value;
  if (!view) return;
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (mapTool.peek()?.key?.(name, event.shiftKey)) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  const action = event.shiftKey ? (crossAction(key, currentTarget) ?? actionOf(key)) : actionOf(key);
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action(view);
}

function actionOf(key: string): Action | undefined {
  const name = key.length === 1 ? key.toLowerCase() : key;
  const tool = mapTool.peek();
  const act = tool && TOOL_ACTIONS[name];
  return act ? (view) => act(tool, view) : ACTIONS[name];
}

function crossAction(key: string, pane: EventTarget | null): Action | undefined {
  const step = CROSS_STEPS[key];
  if (!step || !(pane instanceof Element)) return undefined;
  return (view) => {
    moveCrosshair(step, { width: pane.clientWidth, height: pane.clientHeight });
    announceCrosshair(view);
  };
}

/** Flies to the extent of the city's data. */
export function showCity(): void {
  centreCrosshair();
  const state = catalogue.peek();
  if (state.kind === 'ready' && state.value.city.extent) flyTo(state.value.city.extent);
}
