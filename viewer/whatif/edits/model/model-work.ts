/** The model that is being placed: what was read, where it stands, and the tool that moves it. */
import { computed, effect, signal } from '@preact/signals';
import { reasonOf } from '../../../../core/errors.ts';
import { hullOf, type Xy } from '../../../../core/geo/plane.ts';
import type { AddModel } from '../../../../core/wire/edits/building-model.ts';
import { fetchItemsAt, type ItemFeature } from '../../../api/city-api.ts';
import { announce } from '../../../state/announcer.ts';
import { dropTool, type MapTool, takeTool } from '../../../state/map-tool.ts';
import { planView, select } from '../../../state/twin-state.ts';
import { t } from '../../../text/text.ts';
import { cityBox } from '../building/parcel-corners.ts';
import type { ModelBody, ModelNote } from './model-body.ts';
import type { ModelAnswer } from './read-model.worker.ts';

export type ModelRead =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy'; readonly file: string }
  | { readonly kind: 'failed'; readonly file: string; readonly note: ModelNote }
  | { readonly kind: 'ready'; readonly file: string; readonly body: ModelBody };

export interface ModelStand {
  /** EPSG:2177, easting first. */
  readonly at: Xy;
  /** Counter-clockwise. */
  readonly turnDeg: number;
  readonly raiseM: number;
  /** Height of the foot that the file says; undefined = on the ground. */
  readonly footHeightM?: number | undefined;
}

export interface ModelForm {
  readonly storeys: number;
  readonly kind: AddModel['function'];
  readonly name: string;
}

export const isPlacing = signal(false);
export const modelRead = signal<ModelRead>({ kind: 'none' });
export const modelStand = signal<ModelStand | undefined>(undefined);
export const modelForm = signal<ModelForm>({ storeys: 2, kind: 'm', name: '' });

const STOREY_M = 3.2;
const STEP_M = { usual: 1, fine: 0.1 };
const TURN_DEG = { usual: 5, fine: 1 };

const TOOL: MapTool = {
  point: ({ at }) => moveTo(at),
  finish() {},
  back: () => turnBy(-TURN_DEG.usual),
  cancel: () => stopPlacing(),
  key: (key, isFine) => onModelKey(key, isFine),
};

export function startPlacing(): void {
  select(undefined);
  isPlacing.value = true;
  resumePlacing();
  announce(t('modelStarted'));
}

/** Gives clicks and arrows on the map to an unfinished model, if there is one. */
export function resumePlacing(): void {
  if (isPlacing.peek()) takeTool(TOOL);
}

export const restPlacing = (): void => dropTool(TOOL);

export function stopPlacing(): void {
  reading?.terminate();
  isPlacing.value = false;
  modelRead.value = { kind: 'none' };
  modelStand.value = undefined;
  modelForm.value = { ...modelForm.peek(), name: '' };
  restPlacing();
}

let reading: Worker | undefined;

/** Reads the file beside the page; an earlier one that is still being read is let go. */
export async function readFile(file: File | undefined): Promise<void> {
  if (!file) return;
  reading?.terminate();
  const worker = new Worker(new URL('./read-model.worker.ts', import.meta.url), { type: 'module' });
  reading = worker;
  modelRead.value = { kind: 'busy', file: file.name };
  const fail = (note: ModelNote) => {
    if (reading !== worker) return;
    modelRead.value = { kind: 'failed', file: file.name, note };
    announce(t(note.word, note.with));
  };
  worker.addEventListener('message', ({ data }: MessageEvent<ModelAnswer>) => {
    worker.terminate();
    if (reading !== worker) return;
    if ('problem' in data) fail(data.problem);
    else take(file.name, data.body);
  });
  worker.addEventListener('error', ({ message }) => fail({ word: 'modelBroken', with: { reason: message } }));
  try {
    worker.postMessage(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    fail({ word: 'modelBroken', with: { reason: reasonOf(error) } });
  }
}

function take(file: string, body: ModelBody): void {
  const { place } = body;
  const isHere = place !== undefined && isInCity(place.at);
  const notes = place && !isHere ? [...body.notes, { word: 'modelElsewhereCity' } as const] : body.notes;
  modelRead.value = { kind: 'ready', file, body: { ...body, notes } };
  const storeys = Math.min(100, Math.max(1, Math.round(body.sizeM[2] / STOREY_M)));
  modelForm.value = { ...modelForm.peek(), storeys, name: file.replace(/\.[^.]+$/, '').slice(0, 120) };
  const view = planView.peek();
  const middle: Xy = view ? [view.eastingM, view.northingM] : [0, 0];
  modelStand.value = isHere
    ? { at: rounded(place.at), turnDeg: tenth(place.turnDeg), raiseM: 0, footHeightM: place.footHeightM }
    : { at: rounded(modelStand.peek()?.at ?? middle), turnDeg: 0, raiseM: 0 };
  announce(t('modelReadDone', { file }));
}

function isInCity([e, n]: Xy): boolean {
  const box = cityBox();
  return box !== undefined && e >= box[0] && n >= box[1] && e <= box[2] && n <= box[3];
}

/** Whole centimetres, as the service keeps places. */
const rounded = ([e, n]: Xy): Xy => [Math.round(e * 100) / 100, Math.round(n * 100) / 100];
const tenth = (value: number): number => Math.round(value * 10) / 10;

export function changeStand(change: Partial<ModelStand>): void {
  const now = modelStand.peek();
  if (now) modelStand.value = { ...now, ...change };
}

export const moveTo = (at: Xy): void => changeStand({ at: rounded(at) });

function moveBy(eastM: number, northM: number): void {
  const now = modelStand.peek();
  if (now) moveTo([now.at[0] + eastM, now.at[1] + northM]);
}

function turnBy(degrees: number): void {
  const now = modelStand.peek();
  if (now) changeStand({ turnDeg: tenth((((now.turnDeg + degrees) % 360) + 360) % 360) });
}

const MOVES: Readonly<Record<string, Xy>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Arrows move it east, west, north and south; Q and E turn it; Shift makes small steps. */
export function onModelKey(key: string, isFine: boolean): boolean {
  if (!modelStand.peek()) return false;
  const move = MOVES[key];
  const step = isFine ? 'fine' : 'usual';
  if (move) moveBy(move[0] * STEP_M[step], move[1] * STEP_M[step]);
  else if (key === 'q') turnBy(TURN_DEG[step]);
  else if (key === 'e') turnBy(-TURN_DEG[step]);
  else return false;
  return true;
}

/** What the model covers at most, counted from where it stands and not turned. */
const hull = computed<readonly Xy[]>(() => {
  const read = modelRead.value;
  if (read.kind !== 'ready') return [];
  return hullOf(read.body.cornersMm.map(([x, y]): Xy => [x / 1000, y / 1000]));
});

/** Its outline where it stands, EPSG:2177; open. */
export const modelOutline = computed<readonly Xy[]>(() => {
  const stand = modelStand.value;
  if (!stand) return [];
  const angle = (stand.turnDeg * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return hull.value.map(([x, y]): Xy => [stand.at[0] + x * cos - y * sin, stand.at[1] + x * sin + y * cos]);
});

/** The edit as the service takes it. */
export const placedModel = computed<AddModel | undefined>(() => {
  const read = modelRead.value;
  const stand = modelStand.value;
  if (read.kind !== 'ready' || !stand) return undefined;
  const { cornersMm, faces, surfaceKinds, format } = read.body;
  const { storeys, kind, name } = modelForm.value;
  return {
    ...{ kind: 'add-model', cornersMm, faces, ...(surfaceKinds !== undefined && { surfaceKinds }) },
    at: [stand.at[0], stand.at[1]],
    ...{ turnDeg: stand.turnDeg, raiseM: stand.raiseM },
    ...(stand.footHeightM !== undefined && { footHeightM: Math.round(stand.footHeightM * 1000) / 1000 }),
    ...{ storeys, function: kind },
    ...(name.trim() !== '' && { name: name.trim() }),
    source: { format, file: read.file.slice(0, 200) },
  };
});

/** The parcel and the zones of plans under the middle of the model. */
export type Under =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'ready';
      readonly parcels: readonly ItemFeature[];
      readonly zones: readonly ItemFeature[];
    };

export const under = signal<Under>({ kind: 'none' });
const PAUSE_MS = 150;
const EXACT_M = 0.05;

/** Asks after every pause in moving. Returns how to stop. */
export function followUnder(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  const place = computed(() => modelStand.value?.at.join());
  const stop = effect(() => {
    place.value;
    clearTimeout(timer);
    asking?.abort();
    const at = modelStand.peek()?.at;
    if (!at) {
      under.value = { kind: 'none' };
      return;
    }
    timer = setTimeout(() => {
      const controller = new AbortController();
      asking = controller;
      if (under.peek().kind !== 'ready') under.value = { kind: 'busy' };
      const here = (layer: string) => fetchItemsAt(layer, at, EXACT_M, controller.signal);
      Promise.all([here('parcels'), here('plan_zones')]).then(
        ([parcels, zones]) => {
          if (!controller.signal.aborted) under.value = { kind: 'ready', parcels, zones };
        },
        (error: unknown) => {
          if (!controller.signal.aborted) under.value = { kind: 'failed', reason: reasonOf(error) };
        },
      );
    }, PAUSE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    asking?.abort();
  };
}
