/** What is known of the parcel, building, list or drawn area that is being checked. The panel and the maps read these signals. */

import { batch, computed, effect, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import type { ChecksReply, Finding, ParcelCheck } from '../../core/wire/parcel-check.ts';
import type { Dossier } from '../../core/wire/parcel-dossier.ts';
import { ServiceError } from '../api/ask.ts';
import { panelOpen, sheetStop, workSpace } from '../frame/layout.ts';
import { announce } from '../state/announcer.ts';
import {
  BUILDINGS,
  checkedBuilding,
  checkedParcel,
  drawnRing,
  isDrawing,
  lawDay,
  listedIds,
  PARCELS,
} from '../state/checked-parcel.ts';
import type { ViewLink } from '../state/link.ts';
import { LOADING, type Load } from '../state/load.ts';
import { session } from '../state/session.ts';
import { cityPrefix, tilesKey } from '../state/shown-city.ts';
import { catalogue, flyTo, type PlanBox, selection } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { stopArea } from './drawn-area.ts';
import { shapesOf } from './finding-shape.ts';
import { fetchCheck, fetchChecks, fetchDossier, type ListAsked } from './parcel-api.ts';

export type Answer<T> =
  | Load<T>
  | { readonly kind: 'none' }
  | {
      readonly kind: 'missing';
      /** Ids that look alike, and parcels that lie there now. */
      readonly suggestions: readonly string[];
      readonly successors: readonly string[];
    };

export const CHECK_SPACE = 'check';

export const check = signal<Answer<ParcelCheck>>({ kind: 'none' });
export const dossier = signal<Answer<Dossier>>({ kind: 'none' });
/** A list as a file: CSV or GeoPackage. */
export const listFile = signal<File | undefined>(undefined);
/** The list that is asked for: a building with its ground, else a file that was chosen, else the ids. */
export const listAsked = computed<ListAsked | undefined>(() => {
  if (checkedBuilding.value !== undefined) return { buildings: [checkedBuilding.value] };
  if (listFile.value) return { file: listFile.value };
  return listedIds.value.length > 0 ? { parcels: listedIds.value } : undefined;
});
export const listCheck = signal<Answer<ChecksReply>>({ kind: 'none' });
/** Where everything lies that the answer on the screen tells of as a list. */
export const listOutlines = computed<readonly ListOutline[]>(() => {
  const answer = listCheck.value;
  const tellsOfOne = checkedParcel.value !== undefined || drawnRing.value !== undefined;
  if (answer.kind !== 'ready' || tellsOfOne) return [];
  return (answer.value.outlines ?? []).map(({ id, geometry }) => ({
    shapes: shapesOf(geometry),
    isBuilding: id === checkedBuilding.value,
  }));
});
interface ListOutline {
  readonly shapes: readonly Geometry[];
  readonly isBuilding: boolean;
}
/** The finding under the pointer or the keyboard, drawn on the map. */
export const pointedFinding = signal<Finding | undefined>(undefined);

const again = signal(0);
export const checkAgain = (): void => {
  again.value++;
};

/** Follows what is selected, drawn or listed, in the city that is shown. Returns how to stop. */
export function followParcel(): () => void {
  const stops = [
    effect(adoptSelection),
    loading(check, () => {
      const [id, ring, law] = [
        checkedParcel.value,
        isDrawing.value ? undefined : drawnRing.value,
        lawDay.value,
      ];
      if (ring) {
        const read = async (abort: AbortSignal) => {
          const [made] = (await fetchChecks({ ring }, law, abort)).checks;
          if (!made) throw new Error(t('parcelNoAnswer'));
          return made;
        };
        return { of: [ring, law], read };
      }
      return id === undefined ? undefined : { of: [id, law], read: (abort) => fetchCheck(id, law, abort) };
    }),
    loading(dossier, () => {
      const id = checkedParcel.value;
      return id === undefined ? undefined : { of: [id], read: (abort) => fetchDossier(id, abort) };
    }),
    loading(listCheck, () => {
      const [asked, law] = [listAsked.value, lawDay.value];
      const of = [{ ...asked, file: fileKey(listFile.value) }, law];
      return asked && { of, read: (abort) => fetchChecks(asked, law, abort) };
    }),
    effect(() => {
      const answer = check.value;
      pointedFinding.value = undefined;
      if (answer.kind === 'ready') {
        const applying = answer.value.findings.filter(({ state }) => state === 'applies').length;
        announce(t('parcelAnnounce', { id: answer.value.parcel.id, n: applying }));
        if (fliesThere) flyTo(answer.value.parcel.bbox);
        fliesThere = false;
      }
    }),
    effect(() => {
      const answer = listCheck.value;
      if (answer.kind !== 'ready') return;
      sayBuilding(answer.value);
      const boxes = answer.value.checks.map(({ parcel }) => parcel.bbox);
      if (fliesThere && boxes.length > 0 && checkedParcel.peek() === undefined) flyTo(boxAround(boxes));
      fliesThere = false;
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function sayBuilding({ checks }: ChecksReply): void {
  const id = checkedBuilding.peek();
  const outline = checks.find(({ parcel }) => parcel.id === id);
  if (id === undefined || !outline || checkedParcel.peek() !== undefined) return;
  const applying = outline.findings.filter(({ state }) => state === 'applies').length;
  announce(t('buildingAnnounce', { id, n: applying, parcels: checks.length - 1 }));
}

/** In this work space the parcel that is selected is the one that is checked. */
function adoptSelection(): void {
  const picked = selection.value;
  if (workSpace.value !== CHECK_SPACE || picked?.layer !== PARCELS) return;
  if (checkedParcel.peek() === picked.id) return;
  stopArea();
  checkedParcel.value = picked.id;
}

/** Asks of a building, in the state of the city that is shown, what constrains it and the ground that it stands on. */
export function checkBuilding(id: string): void {
  stopArea();
  batch(() => {
    checkedParcel.value = undefined;
    checkedBuilding.value = id;
    workSpace.value = CHECK_SPACE;
    panelOpen.value = true;
  });
}

export function closeBuilding(): void {
  checkedBuilding.value = undefined;
}

/** A link to a check opens this work space, and flies there unless it says where to look from. */
export function openParcelOf({ plan, globe }: Pick<ViewLink, 'plan' | 'globe'>): void {
  workSpace.value = CHECK_SPACE;
  // On a phone the sheet lies folded until somebody wants something of it.
  sheetStop.value = 'half';
  fliesThere = !plan && !globe;
}

const boxAround = (boxes: readonly PlanBox[]): PlanBox => [
  Math.min(...boxes.map(([minE]) => minE)),
  Math.min(...boxes.map(([, minN]) => minN)),
  Math.max(...boxes.map(([, , maxE]) => maxE)),
  Math.max(...boxes.map(([, , , maxN]) => maxN)),
];

/** Whether the map goes to the parcel once it is known where that is. */
let fliesThere = false;

export function closeParcel(): void {
  stopArea();
  checkedParcel.value = undefined;
  if (selection.peek()?.layer === PARCELS) selection.value = undefined;
}

/** A question: by `of` (as JSON) it is known again. */
interface Question<T> {
  readonly of: readonly unknown[];
  readonly read: (abort: AbortSignal) => Promise<T>;
}

/** Keeps an answer in step with what is asked of it alone, and with the city, its edits and the reader. */
function loading<T>(answer: { value: Answer<T> }, wanted: () => Question<T> | undefined): () => void {
  let running: AbortController | undefined;
  let asked = '';
  const stop = effect(() => {
    const city = `${cityPrefix.value} ${session.value?.who ?? ''} ${again.value} ${tilesKey(PARCELS)} ${tilesKey(BUILDINGS)}`;
    const isOpen = catalogue.value.kind === 'ready' && workSpace.value === CHECK_SPACE;
    const question = wanted();
    const now = `${city} ${JSON.stringify(question?.of)}`;
    // Leaving the work space and coming back asks for nothing new.
    if (!isOpen || now === asked) return;
    asked = now;
    running?.abort();
    if (!question) {
      answer.value = { kind: 'none' };
      return;
    }
    const controller = new AbortController();
    running = controller;
    answer.value = LOADING;
    question.read(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted) answer.value = { kind: 'ready', value };
      },
      (error: unknown) => {
        if (!controller.signal.aborted) answer.value = failureOf(error);
      },
    );
  });
  return () => {
    stop();
    running?.abort();
  };
}

const fileKey = (file: File | undefined): string =>
  file ? `${file.name} ${file.size} ${file.lastModified}` : '';

function failureOf(error: unknown): Answer<never> {
  if (error instanceof ServiceError && error.status === 404) {
    const ids = (name: string): readonly string[] => {
      const found = error.members[name];
      return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : [];
    };
    return { kind: 'missing', suggestions: ids('suggestions'), successors: ids('successors') };
  }
  return { kind: 'failed', reason: reasonOf(error) };
}
