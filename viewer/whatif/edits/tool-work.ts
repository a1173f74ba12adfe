/** The tool in hand: what has been pointed at, drawn and filled in with it, and what that amounts to. */

import { computed, signal } from '@preact/signals';
import { reasonOf } from '../../../core/errors.ts';
import type { Xy } from '../../../core/geo/plane.ts';
import type { Edit } from '../../../core/wire/scenario.ts';
import { fetchItem, fetchItemsAt } from '../../api/city-api.ts';
import { announce, note } from '../../state/announcer.ts';
import type { Selection } from '../../state/link.ts';
import { dropTool, type MapTool, takeTool } from '../../state/map-tool.ts';
import type { Pointed } from '../../state/map-view.ts';
import { layerNamed, metresPerPixel, pointer, select, setLayer, settingOf } from '../../state/twin-state.ts';
import { t } from '../../text/text.ts';
import { cityBox } from './building/parcel-corners.ts';
import type { EditTool, Picked, Value, Values, Work } from './edit-tool.ts';

const EMPTY: Work = { objects: [], places: [], closed: false, values: {} };

export const toolInHand = signal<EditTool | undefined>(undefined);
export const work = signal<Work>(EMPTY);
/** Whether the service is being asked what lies where somebody pointed. */
export const picking = signal(false);

/** What comes next on the map; undefined when nothing is left to point at. */
export const nextStep = computed<'pick' | 'draw' | undefined>(() => {
  const tool = toolInHand.value;
  const { objects, closed } = work.value;
  if (!tool) return undefined;
  if (tool.picks && objects.length < (tool.picks.atLeast ?? 1)) return 'pick';
  if (tool.draws) return closed ? undefined : 'draw';
  return tool.picks && objects.length < (tool.picks.atMost ?? 1) ? 'pick' : undefined;
});

/** What the work amounts to; undefined while something is missing. */
export const composed = computed<readonly Edit[] | undefined>(() => {
  const edits = toolInHand.value?.compose(work.value);
  const said = work.value.values['note'];
  if (!edits || edits.length === 0 || typeof said !== 'string' || said.trim() === '') {
    return edits?.length === 0 ? undefined : edits;
  }
  return edits.map((edit) => ({ ...edit, note: said.trim() }));
});

const MAP_TOOL: MapTool = {
  point: (place) => point(place),
  finish: () => closeShape(),
  back: () => takePlaceBack(),
  cancel: () => cancelTool(),
};

/** Takes a tool in hand, with an object that is pointed at already. */
export function startTool(tool: EditTool, picked?: Picked): void {
  select(undefined);
  if (tool.open) {
    tool.open();
    return;
  }
  toolInHand.value = tool;
  work.value = { ...EMPTY, values: usualValues(tool) };
  for (const name of tool.picks?.layers ?? []) showLayer(name);
  takeTool(MAP_TOOL);
  if (picked) addObject(picked);
  else announce(t(tool.picks?.hint ?? tool.draws?.hint ?? tool.title));
}

/** Gives clicks on the map to the tool in hand, if there is one. */
export function resumeTool(): void {
  if (toolInHand.peek()) takeTool(MAP_TOOL);
}

/** Gives clicks on the map back; the work stays until somebody returns to it. */
export const restTool = (): void => dropTool(MAP_TOOL);

export function putToolDown(): void {
  restTool();
  toolInHand.value = undefined;
  work.value = EMPTY;
}

/** The same tool again for the next object; what was filled in by hand stays. */
export function startAgain(): void {
  const { values } = work.peek();
  work.value = { ...EMPTY, values };
}

/** Esc, one level at a time: what is drawn, then what is picked, then the tool. */
export function cancelTool(): void {
  const { places, objects } = work.peek();
  if (places.length > 0) clearPlaces();
  else if (objects.length > 0) work.value = { ...work.peek(), objects: [] };
  else putToolDown();
}

/** What cannot be seen cannot be pointed at. */
function showLayer(name: string): void {
  const layer = layerNamed(name);
  if (layer?.dimension === 2 && !settingOf(layer).visible) setLayer(layer, { visible: true });
}

function usualValues({ fields = [] }: EditTool): Values {
  return Object.fromEntries(fields.map(({ name, usual }) => [name, usual]));
}

export function setValue(name: string, value: Value | undefined): void {
  work.value = { ...work.peek(), values: { ...work.peek().values, [name]: value } };
}

async function point(pointed: Pointed): Promise<void> {
  if (nextStep.peek() === 'draw') addPlace(pointed.at);
  else if (toolInHand.peek()?.picks) await pickAt(pointed);
}

const NEAR_PX = 8;
/** Lies in an area, not merely beside it. */
const EXACT_M = 0.05;
let asking: AbortController | undefined;

/** Takes the object of a fitting layer that lies where somebody pointed. */
async function pickAt({ at, on }: Pointed): Promise<void> {
  const layers = toolInHand.peek()?.picks?.layers ?? [];
  asking?.abort();
  const controller = new AbortController();
  asking = controller;
  picking.value = true;
  try {
    const found = on && layers.includes(on.layer) ? await itemOf(on) : await firstAt(layers, at, controller);
    if (controller.signal.aborted) return;
    if (found) addObject(found);
    else note(t('pickNothing'));
  } catch (error) {
    if (controller.signal.aborted) return;
    note(t('selectionFailed', { reason: reasonOf(error) }));
  } finally {
    if (asking === controller) picking.value = false;
  }
}

async function itemOf({ layer, id }: Selection): Promise<Picked | undefined> {
  const item = await fetchItem(layer, id);
  return item && { layer, id, item };
}

async function firstAt(
  layers: readonly string[],
  at: Xy,
  { signal }: AbortController,
): Promise<Picked | undefined> {
  for (const name of layers) {
    const layer = layerNamed(name);
    if (!layer || layer.dimension === 3) continue;
    const isArea = layer.geometryType.endsWith('Polygon');
    const [item] = await fetchItemsAt(name, at, isArea ? EXACT_M : NEAR_PX * metresPerPixel.peek(), signal);
    if (item) return { layer: name, id: item.id, item };
  }
  return undefined;
}

/** Picks an object; one that is picked already is let go, and where only one is wanted it takes the other's place. */
export function addObject(picked: Picked): void {
  const tool = toolInHand.peek();
  if (!tool?.picks) return;
  const { objects, values } = work.peek();
  const others = objects.filter(({ layer, id }) => layer !== picked.layer || id !== picked.id);
  const isNew = others.length === objects.length;
  const atMost = tool.picks.atMost ?? 1;
  const next = isNew ? [...others, picked].slice(-atMost) : others;
  const begun = isNew && atMost === 1 ? valuesOf(tool, picked) : {};
  work.value = { ...work.peek(), objects: next, values: { ...values, ...begun } };
  announce(t(isNew ? 'picked' : 'pickedNot', { what: nameOf(picked) }));
}

/** What fields begin with: the properties of the object. */
function valuesOf({ fields = [] }: EditTool, { layer, item }: Picked): Values {
  return Object.fromEntries(
    fields.flatMap(({ name, property }) =>
      property?.[0] === layer ? [[name, item.properties[property[1]] ?? undefined]] : [],
    ),
  );
}

/** What people call an object. */
export function nameOf({ id, item }: Picked): string {
  const name = item.properties['name'];
  return typeof name === 'string' && name !== '' ? `${name} (${id})` : id;
}

const SAME_PLACE_PX = 4;

const rounded = ([e, n]: Xy): Xy => [Math.round(e * 100) / 100, Math.round(n * 100) / 100];

function addPlace(at: Xy): void {
  const shape = toolInHand.peek()?.draws?.shape;
  const { places } = work.peek();
  const box = cityBox();
  if (box && (at[0] < box[0] || at[1] < box[1] || at[0] > box[2] || at[1] > box[3])) {
    note(t('toolOutside'));
    return;
  }
  const sameM = SAME_PLACE_PX * metresPerPixel.peek();
  const isSame = (other: Xy | undefined) =>
    other !== undefined && Math.hypot(other[0] - at[0], other[1] - at[1]) < sameM;
  if (shape === 'area' && places.length > 2 && isSame(places[0])) {
    closeShape();
    return;
  }
  if (shape !== 'point' && isSame(places.at(-1))) return;
  const next = shape === 'point' ? [rounded(at)] : [...places, rounded(at)];
  work.value = { ...work.peek(), places: next };
  announce(t('drawCorner', { n: next.length }));
}

const FEWEST = { point: 1, points: 1, line: 2, area: 3 } as const;

/** Whether enough is drawn for a shape of the tool. */
export const isShapeWhole = computed(
  () => work.value.places.length >= FEWEST[toolInHand.value?.draws?.shape ?? 'point'],
);

export function closeShape(): void {
  const shape = toolInHand.peek()?.draws?.shape;
  const goesOn = shape === 'point' || shape === 'points' || work.peek().closed;
  if (shape === undefined || goesOn || !isShapeWhole.peek()) return;
  work.value = { ...work.peek(), closed: true };
  announce(t('drawClosed'));
}

/** Opens a closed shape again, or takes the last place back. */
export function takePlaceBack(): void {
  const now = work.peek();
  work.value = { ...now, places: now.closed ? now.places : now.places.slice(0, -1), closed: false };
}

export function clearPlaces(): void {
  work.value = { ...work.peek(), places: [], closed: false };
}

/** Where a click would draw now. */
export const nextPlace = computed<Xy | undefined>(() =>
  nextStep.value === 'draw' && toolInHand.value?.draws?.shape !== 'point' ? pointer.value?.at : undefined,
);
