import { effect, signal } from '@preact/signals';
import { fetchItem, fetchItemsAt, type ItemFeature } from '../api/city-api.ts';
import { language, said, t } from '../text/text.ts';
import { announce, note } from './announcer.ts';
import type { Selection } from './link.ts';
import {
  catalogue,
  layerNamed,
  layers,
  scaleDenominator,
  select,
  selection,
  settingOf,
} from './twin-state.ts';

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

/** Loads the selected object whenever the selection changes. */
export function followSelection(): () => void {
  let running: AbortController | undefined;
  return effect(() => {
    reload.value;
    const wanted = selection.value;
    running?.abort();
    if (!wanted) {
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
        const reason = error instanceof Error ? error.message : String(error);
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

/** Selects the topmost of the objects found at a place; none clears the selection. */
export function selectFound(found: readonly Selection[]): void {
  foundHere.value = found;
  const first = found[0];
  if (first) select(first);
  else {
    select(undefined);
    note(t('selectionNothing'));
  }
}

let asking: AbortController | undefined;

/** Asks the service what lies at a place of EPSG:2177, topmost layer first, and selects it. */
export async function identifyAt(place: readonly [number, number], toleranceM: number): Promise<void> {
  asking?.abort();
  const controller = new AbortController();
  asking = controller;
  const asked = layers.value
    .filter((layer) => layer.dimension === 2 && settingOf(layer).visible && layer.status.count > 0)
    .filter(({ maxScaleDenominator = Infinity }) => scaleDenominator.value <= maxScaleDenominator)
    .toReversed();
  try {
    const answers = await Promise.all(
      asked.map(async ({ name }) =>
        (await fetchItemsAt(name, place, toleranceM, controller.signal)).map(({ id }) => ({
          layer: name,
          id,
        })),
      ),
    );
    if (!controller.signal.aborted) selectFound(answers.flat());
  } catch (error) {
    if (controller.signal.aborted) return;
    note(t('selectionFailed', { reason: error instanceof Error ? error.message : String(error) }));
  }
}
