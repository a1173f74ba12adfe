import { effect, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import { fetchItem, fetchItemsAt, type ItemFeature } from '../api/city-api.ts';
import { language, said, t } from '../text/text.ts';
import { announce, note } from './announcer.ts';
import { isInScale } from './layer-scale.ts';
import type { Selection } from './link.ts';
import { OBSTRUCTIONS, unpublished } from './obstruction-news.ts';
import { SENSORS } from './sensors-name.ts';
import { catalogue, layerNamed, layers, select, selection, settingOf } from './twin-state.ts';
import { VEHICLES } from './vehicles-name.ts';

export type SelectedItem =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly selection: Selection }
  | { readonly kind: 'missing'; readonly selection: Selection }
  | { readonly kind: 'failed'; readonly selection: Selection; readonly reason: string }
  | { readonly kind: 'ready'; readonly selection: Selection; readonly item: ItemFeature };

export const selectedItem = signal<SelectedItem>({ kind: 'none' });
/** Other objects at the place that was pointed at, the selected one included. */
export const foundHere = signal<readonly Selection[]>([]);

const reload = signal(0);
export const reloadSelected = (): void => {
  reload.value++;
};

/** What the selected object is in the registers: a 3D model stands for its register building. */
export function registerObjectOf(state: SelectedItem): Selection | undefined {
  if (state.kind === 'none') return undefined;
  if (state.selection.layer !== 'buildings_3d') return state.selection;
  if (state.kind !== 'ready') return undefined;
  const id = state.item.properties['building_id'];
  return typeof id === 'string' ? { layer: 'buildings', id } : undefined;
}

/** Loads the selected object whenever the selection changes. */
export function followSelection(): () => void {
  let running: AbortController | undefined;
  return effect(() => {
    reload.value;
    const wanted = selection.value;
    running?.abort();
    // A sensor or vehicle is no object of a layer, nor is a draft; their cards follow their own state.
    const isDraft = wanted?.layer === OBSTRUCTIONS && unpublished.value.has(wanted.id);
    if (!wanted || wanted.layer === SENSORS || wanted.layer === VEHICLES || isDraft) {
      selectedItem.value = { kind: 'none' };
      return;
    }
    if (catalogue.value.kind !== 'ready') return;
    const controller = new AbortController();
    running = controller;
    selectedItem.value = { kind: 'loading', selection: wanted };
    fetchItem(wanted.layer, wanted.id, controller.signal).then(
      (item) => {
        if (controller.signal.aborted) return;
        selectedItem.value = item
          ? { kind: 'ready', selection: wanted, item }
          : { kind: 'missing', selection: wanted };
        sayResult(wanted, item !== undefined);
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        const reason = reasonOf(error);
        selectedItem.value = { kind: 'failed', selection: wanted, reason };
        announce(t('selectionFailed', { reason }));
      },
    );
  });
}

function sayResult(wanted: Selection, found: boolean): void {
  language.peek();
  const layer = layerNamed(wanted.layer);
  const name = layer ? said(layer.title) : wanted.layer;
  announce(
    found
      ? `${t('selection')}: ${name}, ${wanted.id}`
      : t('selectionMissing', { id: wanted.id, layer: name }),
  );
}

/** The layer that a work space is about: its objects are meant before those that lie above them. */
export const favouredLayer = signal<string | undefined>(undefined);

/** Selects the topmost of the objects found at a place; none clears the selection. */
export function selectFound(found: readonly Selection[]): void {
  foundHere.value = found;
  const first = found.find(({ layer }) => layer === favouredLayer.peek()) ?? found[0];
  if (first) select(first);
  else {
    select(undefined);
    note(t('selectionNothing'));
  }
}

let asking: AbortController | undefined;

/** Lies in what is under a click, not merely beside it. */
const EXACT_M = 0.05;

/** Whether its inside counts: a layer of mere boundaries must not cover what lies in them. */
export const hasArea = ({ geometryType, style }: WireLayer): boolean =>
  geometryType.endsWith('Polygon') && (style.fill !== undefined || style.classes !== undefined);

/**
 * Asks the service what lies at a place of EPSG:2177, topmost layer first, and selects it.
 * @param nearM how far a line or point may be
 * @param onTop what is known to lie above all that
 */
export async function identifyAt(
  place: readonly [number, number],
  nearM: number,
  onTop: readonly Selection[] = [],
): Promise<void> {
  asking?.abort();
  const controller = new AbortController();
  asking = controller;
  const asked = layers.value
    .filter((layer) => layer.dimension === 2 && settingOf(layer).visible && layer.status.count > 0)
    .filter(isInScale)
    .toReversed()
    .sort((a, b) => Number(isBoundary(a)) - Number(isBoundary(b)));
  try {
    const answers = await Promise.all(
      asked.map(async ({ name, geometryType }) => {
        const toleranceM = geometryType.endsWith('Polygon') ? EXACT_M : nearM;
        const items = await fetchItemsAt(name, place, toleranceM, controller.signal);
        return items.map(({ id }) => ({ layer: name, id }));
      }),
    );
    const isNew = ({ layer, id }: Selection) => !onTop.some((top) => top.layer === layer && top.id === id);
    if (!controller.signal.aborted) selectFound([...onTop, ...answers.flat().filter(isNew)]);
  } catch (error) {
    if (controller.signal.aborted) return;
    if (onTop.length > 0) selectFound(onTop);
    else note(t('selectionFailed', { reason: reasonOf(error) }));
  }
}

const isBoundary = (layer: WireLayer): boolean => layer.geometryType.endsWith('Polygon') && !hasArea(layer);
