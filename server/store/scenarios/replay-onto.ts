/**
 * Making the edits of a stack anew over another city, one after the other, each over what those before it leave.
 * Rebase and merge are this with different rules.
 */
import { TwinError } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { differentObjects } from '../../../core/scenario/compare-settled.ts';
import { conflictWords } from '../../../core/scenario/conflict-words.ts';
import { renameObjects } from '../../../core/scenario/rename-objects.ts';
import { replay } from '../../../core/scenario/replay.ts';
import { objectKey } from '../../../core/scenario/scenario-row.ts';
import { isChangeable } from '../../../core/wire/edits/changeable-layers.ts';
import type { Settled, StoredEdit } from '../../../core/wire/scenario.ts';
import type { ReplayConflict, ReplayReport, Resolution } from '../../../core/wire/scenario-life.ts';
import type { ScenarioState } from '../../access/view.ts';
import type { Connection } from '../connection.ts';
import { writeScenarioRows } from '../scenario-rows.ts';
import { shapesOfEdits } from '../scenario-shapes.ts';
import { type EditedCity, type GroundHere, objectsSeen } from '../settle/edited-city.ts';
import { waitingEdits } from './waiting-edits.ts';
import type { Workshop } from './workshop.ts';

type Kind = Exclude<ReplayConflict['kind'], 'taken-out'>;
export type Choice = Resolution['choice'];

/** `renew`: as it is made in the new city; `keep`: its rows as they were; `leave`: without it. */
type Treatment = 'renew' | 'keep' | 'leave';

/** What a choice does to an edit in conflict, the one that is assumed first. */
export type ReplayRules = Readonly<Record<Kind, Options>>;
type Options = readonly (readonly [Choice, Treatment])[];

/** Where edits are made anew; the connection holds the lock of the scenario. */
export interface NewGround {
  readonly connection: Connection;
  readonly workshop: Workshop;
  /** Over the new base, at the revision that the change makes. */
  readonly state: ScenarioState;
  /** Edits whose rows the scenario holds already. */
  readonly standing: readonly StoredEdit[];
  /** Whether the city around an edit is known to be the one that it was made in, so that nobody needs to ask. */
  isUntouched(edit: StoredEdit): boolean;
  /** Told of every edit that does not stand as it stood. */
  onTouched(edit: StoredEdit): void;
}

export interface Replayed {
  /** In their order, with what the new city said. */
  readonly taken: readonly StoredEdit[];
  readonly left: readonly StoredEdit[];
  readonly conflicts: readonly ReplayConflict[];
  readonly findings: ReplayReport['findings'];
}

interface Anew {
  readonly edit: StoredEdit;
  readonly findings: readonly ReplayReport['findings'][number]['finding'][];
}

export async function replayOnto(
  place: NewGround,
  edits: readonly StoredEdit[],
  rules: ReplayRules,
  resolutions: ReadonlyMap<string, Choice>,
): Promise<Replayed> {
  const rows = rowWriter(place);
  const taken: StoredEdit[] = [];
  const left: StoredEdit[] = [];
  const conflicts: ReplayConflict[] = [];
  const findings: ReplayReport['findings'] = [];
  const own = new Set<string>();
  const names = new Map<string, string>();

  const { signal, hear } = place.workshop;
  for (const [index, given] of edits.entries()) {
    signal?.throwIfAborted();
    hear?.(index / edits.length);
    const old = renameObjects(given, names);
    if (place.isUntouched(old)) {
      await rows.add(old);
      taken.push(old);
    } else {
      const anew = await tryAnew(rows, old, names);
      const found = await conflictOf(rows.city, old, anew, (key) => own.has(key), place.workshop.layers);
      const resolved = found && resolve(found, old, rules[found.kind], resolutions.get(old.id));
      if (resolved) conflicts.push(resolved.conflict);
      const treatment = resolved?.treatment ?? 'renew';
      const result = treatment === 'renew' && !(anew instanceof TwinError) ? anew.edit : old;
      if (treatment === 'leave') left.push(given);
      else {
        await rows.add(result);
        taken.push(result);
        if (result !== old && !(anew instanceof TwinError)) {
          findings.push(...anew.findings.map((finding) => ({ edit: old.id, finding })));
        }
      }
      if (resolved) for (const each of [old, result]) place.onTouched(each);
    }
    for (const object of old.objects) own.add(objectKey(object));
  }
  await rows.flush();
  return { taken, left, conflicts, findings };
}

/** Keeps the rows of the scenario at what the stack so far makes of it. */
function rowWriter({ connection, workshop, standing, ...place }: NewGround) {
  const { who, layers, ground } = workshop;
  const { id, base, revision } = place.state;
  const changeable = layers.filter(({ name }) => isChangeable(name));
  const speaking = new Map<string, StoredEdit[]>();
  const order = new Map<string, number>();
  let state = place.state;
  const stack: StoredEdit[] = [];
  // Not from the store, which holds edits that come later in the stack too.
  const shaped: GroundHere = {
    lowestM: (outline) => ground.lowestM(outline, shapesOfEdits(stack)),
    earthwork: (shape) => ground.earthwork(shape, shapesOfEdits(stack)),
  };
  const note = (edit: StoredEdit): void => {
    stack.push(edit);
    order.set(edit.id, order.size);
    for (const object of edit.objects) {
      const key = objectKey(object);
      const speakers = speaking.get(key);
      if (speakers) speakers.push(edit);
      else speaking.set(key, [edit]);
    }
  };
  for (const edit of standing) note(edit);

  const write = async (objects: StoredEdit['objects']): Promise<void> => {
    const deciding = new Set(objects.flatMap((object) => speaking.get(objectKey(object)) ?? []));
    const inOrder = [...deciding].toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
    const made = replay(inOrder);
    const edited = await writeScenarioRows(connection, { id, base, revision }, made, objects, changeable);
    state = { ...state, layers: edited };
  };
  const city = (): EditedCity => ({ connection, view: { who, scenario: state }, layers, ground: shaped });
  const waiting = waitingEdits(city, write);
  return {
    async add(edit: StoredEdit): Promise<void> {
      note(edit);
      await waiting.add(edit);
    },
    settle: waiting.settle,
    flush: waiting.flush,
    /** The city after all edits so far. */
    async city(): Promise<EditedCity> {
      await waiting.flush();
      return city();
    },
  };
}

/** The edit as it would be made in this city, or why it cannot. */
async function tryAnew(
  rows: ReturnType<typeof rowWriter>,
  old: StoredEdit,
  names: Map<string, string>,
): Promise<Anew | TwinError> {
  try {
    const { settled, findings } = await rows.settle(old.edit, old);
    return { edit: { ...withKnownIds(old, settled, names) }, findings };
  } catch (error) {
    if (error instanceof TwinError && error.kind !== 'internal' && error.kind !== 'unavailable') return error;
    throw error;
  }
}

const DRAWN_BY_LOT = /^PLAN\./;

/**
 * Ids that are drawn by lot stay those that later edits, and other scenarios, know the object by. Where an id follows
 * from the city and is another now, later edits are told.
 */
function withKnownIds(old: StoredEdit, settled: Settled, names: Map<string, string>): StoredEdit {
  const added = (objects: Settled['objects'], layer: string) =>
    objects.filter((object) => object.change === 'added' && object.layer === layer).map(({ id }) => id);
  const restored = new Map<string, string>();
  for (const layer of new Set(settled.objects.map((object) => object.layer))) {
    const known = added(old.objects, layer);
    for (const [index, id] of added(settled.objects, layer).entries()) {
      const was = known[index];
      if (was === undefined || was === id) continue;
      if (DRAWN_BY_LOT.test(was)) restored.set(id, was);
      else names.set(was, id);
    }
  }
  const { id, author, madeAt, edit } = old;
  return { id, author, madeAt, edit, ...renameObjects(settled, restored) };
}

interface Found<K extends ReplayConflict['kind'] = Kind> extends Pick<ReplayConflict, 'objects' | 'message'> {
  readonly kind: K;
}

async function conflictOf(
  city: () => Promise<EditedCity>,
  old: StoredEdit,
  anew: Anew | TwinError,
  isOwn: (key: string) => boolean,
  layers: readonly Layer[],
): Promise<Found | undefined> {
  if (!(anew instanceof TwinError)) {
    const objects = [...differentObjects(old.objects, anew.edit.objects, isOwn)];
    return objects.length > 0
      ? { kind: 'changed', objects, message: conflictWords('changed', objects, '', layers) }
      : undefined;
  }
  const missing = await missingOf(await city(), old);
  const kind = missing.length > 0 ? 'gone' : 'invalid';
  return { kind, objects: missing, message: conflictWords(kind, missing, anew.message, layers) };
}

/** Objects that the edit changes or removes and that this city does not have. */
async function missingOf(city: EditedCity, { objects }: StoredEdit): Promise<ReplayConflict['objects']> {
  const missing: ReplayConflict['objects'] = [];
  for (const { layer, id, change } of objects) {
    if (change === 'added') continue;
    const [found] = await objectsSeen(city, layer, [id]);
    if (!found) missing.push({ layer, id, attributes: [] });
  }
  return missing;
}

/**
 * @param options what can be chosen, what is assumed first
 * @throws TwinError invalid-parameter for a choice that there is not
 */
export function resolve(
  { kind, objects, message }: Found<ReplayConflict['kind']>,
  { id, edit }: StoredEdit,
  options: Options,
  choice: Choice | undefined,
): { readonly conflict: ReplayConflict; readonly treatment: Treatment } {
  const [first] = options;
  const chosen = choice === undefined ? first : options.find(([word]) => word === choice);
  if (!first || !chosen) {
    throw new TwinError(
      'invalid-parameter',
      `Edit ${id} (${edit.kind}): ${message.en}. Choose ${options.map(([word]) => word).join(' or ')}, not ${choice}`,
      { parameter: 'resolutions' },
    );
  }
  const conflict: ReplayConflict = {
    edit: id,
    editKind: edit.kind,
    kind,
    message,
    objects,
    choices: options.map(([word]) => word),
    ...(choice !== undefined && { choice }),
    assumed: first[0],
  };
  return { conflict, treatment: chosen[1] };
}
