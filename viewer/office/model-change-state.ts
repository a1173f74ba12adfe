/** One change of the 3D model, as the office fills it in, looks at its preview and makes it. */
import { signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { ModelChangeAnswer } from '../../core/wire/model-change.ts';
import { addressIn, postJson } from '../api/city-api.ts';
import { announce } from '../state/announcer.ts';
import { t } from '../text/text.ts';
import { filterMismatches } from './model-state.ts';

export const CHANGE_KINDS = ['built', 'under_construction', 'demolished', 'split', 'merge'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** As typed. */
interface ChangeDraft {
  readonly kind: ChangeKind;
  /** Ids of buildings of the 3D model, separated by commas. */
  readonly buildings: string;
  readonly since: string;
  readonly source: string;
  readonly accuracyM: string;
  readonly accuracyBasis: string;
  readonly registerId: string;
  /** Two places as `easting northing`, separated by a semicolon. */
  readonly line: string;
}

const EMPTY: ChangeDraft = {
  ...{ kind: 'built', buildings: '', since: '', source: '', accuracyM: '', accuracyBasis: '' },
  ...{ registerId: '', line: '' },
};

/** Undefined: the form is closed. */
export const changeDraft = signal<ChangeDraft | undefined>(undefined);
export const changeAnswer = signal<ModelChangeAnswer | undefined>(undefined);
export const changeProblem = signal<string | undefined>(undefined);
/** Sent again by mistake it is not made again. */
let setId = '';

/** Opens the form for a building, or for none yet. */
export function beginChange(building = '', registerId = ''): void {
  changeDraft.value = { ...EMPTY, buildings: building, registerId };
  forgetAnswer();
}

export function endChange(): void {
  changeDraft.value = undefined;
  forgetAnswer();
}

export function draftChange(more: Partial<ChangeDraft>): void {
  changeDraft.value = { ...EMPTY, ...changeDraft.peek(), ...more };
  forgetAnswer();
}

function forgetAnswer(): void {
  changeAnswer.value = undefined;
  changeProblem.value = undefined;
  setId = crypto.randomUUID();
}

/** Checks the change, or makes it. */
export async function sendChange(isPreview: boolean): Promise<void> {
  const draft = changeDraft.peek();
  if (!draft) return;
  try {
    const body = { id: setId, changes: [changeOf(draft)] };
    const address = addressIn('', `api/model/changes?dryRun=${isPreview}`);
    changeAnswer.value = (await (await postJson(address, body)).json()) as ModelChangeAnswer;
    changeProblem.value = undefined;
    if (isPreview) return;
    announce(t('modelChanged'));
    // The list is read again.
    filterMismatches({});
  } catch (error) {
    changeAnswer.value = undefined;
    changeProblem.value = reasonOf(error);
  }
}

/** Ids separated by commas, as typed. */
export const idsIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');

const numberIn = (text: string): number => Number(text.trim().replace(',', '.'));

/** Easting and northing, EPSG:2177, metres. */
export type Place = readonly [easting: number, northing: number];

/** Places typed as `easting northing; easting northing`; what is no place is left out. */
export const placesIn = (line: string): readonly Place[] =>
  line.split(';').flatMap((typed): readonly Place[] => {
    const [easting = Number.NaN, northing = Number.NaN] = typed.trim().split(/\s+/).map(numberIn);
    return Number.isFinite(easting) && Number.isFinite(northing) ? [[easting, northing]] : [];
  });

/** The same places as text, to the centimetre. */
export const writePlaces = (places: readonly Place[]): string =>
  places.map((place) => place.map((value) => value.toFixed(2)).join(' ')).join('; ');

function changeOf({
  kind,
  buildings,
  since,
  source,
  accuracyM,
  accuracyBasis,
  registerId,
  line,
}: ChangeDraft) {
  const ids = idsIn(buildings);
  const [building = ''] = ids;
  const grounds = {
    source,
    ...(accuracyM.trim() !== '' && { accuracyM: numberIn(accuracyM) }),
    ...(accuracyBasis !== '' && { accuracyBasis }),
  };
  if (kind === 'merge') return { op: 'merge', buildings: ids, into: building, ...grounds };
  if (kind === 'split') {
    return {
      op: 'split',
      building,
      line: placesIn(line),
      parts: [{ id: `${building}-1` }, { id: `${building}-2` }],
      ...grounds,
    };
  }
  const register = registerId.trim() === '' || kind === 'demolished' ? {} : { registerId: registerId.trim() };
  return { op: 'state', building, state: kind, since, ...register, ...grounds };
}
