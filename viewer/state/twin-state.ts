/**
 * The one state of the viewer: what is shown, from where, and what is selected. Plan, globe, panels and the
 * address all read and write these signals and never each other.
 */
import { batch, computed, signal } from '@preact/signals';
import type { LayersReply, WireLayer } from '../../core/wire/city.ts';
import type { GlobeView, LayerSetting, Mode, PlanView, Selection } from './link.ts';
import { LOADING, type Load } from './load.ts';
import type { Pointed } from './map-view.ts';

/** Who moved the camera last; the other view follows. */
export type Leader = 'plan' | 'globe' | 'link';

export type GlobeState =
  | { readonly kind: 'idle' | 'loading' | 'ready' }
  | { readonly kind: 'failed'; readonly reason: string };

/** minE, minN, maxE, maxN in EPSG:2177. */
export type PlanBox = readonly [number, number, number, number];

export const catalogue = signal<Load<LayersReply>>(LOADING);
export const mode = signal<Mode>('2d');
export const planView = signal<PlanView | undefined>(undefined);
export const globeView = signal<GlobeView | undefined>(undefined);
export const leader = signal<Leader>('link');
export const selection = signal<Selection | undefined>(undefined);
export const layerSettings = signal<Readonly<Record<string, LayerSetting>>>({});
/** A box that the active view should fly to; a new object for each flight. */
export const flight = signal<{ readonly box: PlanBox } | undefined>(undefined);
/** The place under the pointer; on the globe with the height of the ground there. */
export const pointer = signal<Pointed | undefined>(undefined);
/** Metres per CSS pixel at the centre of the leading view. */
export const metresPerPixel = signal(1);
export const globeState = signal<GlobeState>({ kind: 'idle' });
/** Set once by main: whether this browser can draw the globe at all. */
export const webglAvailable = signal(true);
/** Tiles that failed since the page was opened; said on the map, never swallowed. */
export const failedTiles = signal(0);

/** As the map stacks them, from below: the city's by their drawing order, then other datasets. */
export const layers = computed<readonly WireLayer[]>(() =>
  catalogue.value.kind === 'ready'
    ? catalogue.value.value.layers.toSorted(
        (a, b) => Number(a.dataset !== 'city') - Number(b.dataset !== 'city') || a.drawOrder - b.drawOrder,
      )
    : [],
);

export const layerNamed = (name: string): WireLayer | undefined =>
  layers.value.find((layer) => layer.name === name);

const SHOWN: LayerSetting = { visible: true, opacity: 1 };
const HIDDEN: LayerSetting = { visible: false, opacity: 1 };

/** How a layer is shown: the reader's choice, else as the catalogue says, foreign datasets hidden. */
export function settingOf(layer: Pick<WireLayer, 'name' | 'dataset' | 'initiallyVisible'>): LayerSetting {
  const isShown = layer.dataset === 'city' && layer.initiallyVisible;
  return layerSettings.value[layer.name] ?? (isShown ? SHOWN : HIDDEN);
}

export const setLayer = (layer: WireLayer, change: Partial<LayerSetting>): void => setLayers([layer], change);

export function setLayers(changed: readonly WireLayer[], change: Partial<LayerSetting>): void {
  const next = changed.map((layer) => [layer.name, { ...settingOf(layer), ...change }] as const);
  layerSettings.value = { ...layerSettings.value, ...Object.fromEntries(next) };
}

/** The scale of the leading view, 1:n with the standard pixel of 0.28 mm (OGC 17-083r4). */
export const scaleDenominator = computed(() => metresPerPixel.value / 0.00028);

export const showsPlan = computed(() => mode.value !== '3d' || globeState.value.kind !== 'ready');
export const showsGlobe = computed(() => mode.value !== '2d' && webglAvailable.value);

export function select(next: Selection | undefined): void {
  const now = selection.peek();
  if (now?.layer === next?.layer && now?.id === next?.id) return;
  selection.value = next;
}

export function flyTo(box: PlanBox): void {
  flight.value = { box };
}

/** The camera moved in one view; the other one, if it is on the screen, follows. */
export function moveCamera(by: Leader, views: { plan?: PlanView; globe?: GlobeView }): void {
  batch(() => {
    leader.value = by;
    if (views.plan) planView.value = views.plan;
    if (views.globe) globeView.value = views.globe;
  });
}
