/** Where the 3D model and the register differ, as the office asks for it. */
import { signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { Mismatch, MismatchAnswer, MismatchKind } from '../../core/wire/model-mismatches.ts';
import { ask } from '../api/ask.ts';
import { addressIn, getJson } from '../api/city-api.ts';
import { writeLink } from '../state/link.ts';
import { LOADING, type Load, loadAlong } from '../state/load.ts';
import { saveFile } from '../state/save-file.ts';
import { session } from '../state/session.ts';
import { tableProblem } from './office-state.ts';

/** As typed; empty = the default of the service. */
export interface MismatchFilter {
  readonly kind: MismatchKind | '';
  readonly areaM2: string;
  readonly heightM: string;
  readonly storeys: string;
}

/** Of the table on the screen; a file holds all that the service tells. */
const SHOWN = 200;
const MOST = 10_000;
const PAUSE_MS = 400;
const SCALE = 500;

export const mismatchFilter = signal<MismatchFilter>({ kind: '', areaM2: '5', heightM: '1', storeys: '0' });
export const mismatches = signal<Load<MismatchAnswer>>(LOADING);

export function filterMismatches(change: Partial<MismatchFilter>): void {
  mismatchFilter.value = { ...mismatchFilter.peek(), ...change };
}

function queryOf(more: Readonly<Record<string, string>>): string {
  const given = Object.entries({ ...mismatchFilter.value, ...more }).filter(
    ([, value]) => value.trim() !== '',
  );
  return new URLSearchParams(given.map(([name, value]) => [name, value.trim()])).toString();
}

/** Keeps the table in step with the filter. @returns how to stop */
export const followMismatches = (): (() => void) =>
  loadAlong(
    mismatches,
    () => {
      void session.value;
      const query = queryOf({ limit: String(SHOWN) });
      return (abort) => getJson<MismatchAnswer>(`api/model/mismatches?${query}`, abort, '');
    },
    PAUSE_MS,
  );

export async function saveMismatches(): Promise<void> {
  try {
    const reply = await ask(
      addressIn('', `api/model/mismatches?${queryOf({ limit: String(MOST), f: 'csv' })}`),
    );
    saveFile(await reply.blob(), 'model-mismatches.csv');
    tableProblem.value = undefined;
  } catch (error) {
    tableProblem.value = reasonOf(error);
  }
}

/** The map at the building, which is selected: as the model has it where it is there, else as the register has it. */
export function linkTo({ register, model, at: [eastingM, northingM] }: Mismatch): string {
  const selection =
    model !== null ? { layer: 'buildings_3d', id: model } : { layer: 'buildings', id: register ?? '' };
  return `./#${writeLink({ mode: '2d', plan: { eastingM, northingM, scaleDenominator: SCALE }, selection })}`;
}
