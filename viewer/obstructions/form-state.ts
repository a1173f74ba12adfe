/** The form of an obstruction: what is filled in, what of it can be sent, and what the city has against it. */

import { computed, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type {
  Impact,
  Mode,
  NewObstruction,
  Obstruction,
  ObstructionKind,
  ObstructionTrial,
} from '../../core/wire/obstruction.ts';
import { type Check, followChecked } from '../state/live-check.ts';
import { said, t } from '../text/text.ts';
import { detourLine, drawnPlace, takePlace } from './drawing.ts';
import { tryObstruction } from './obstruction-api.ts';

export interface FormValues {
  readonly name: string;
  readonly kind: ObstructionKind;
  readonly impact: Impact;
  readonly lanesLeft: number;
  readonly openDirection: 'forward' | 'backward';
  readonly modes: readonly Mode[];
  /** As `<input type="datetime-local">` has them, in the reader's clock. */
  readonly from: string;
  readonly to: string;
  readonly daily: boolean;
  readonly dailyFrom: string;
  readonly dailyTo: string;
  readonly network: string;
  readonly owner: string;
  readonly detour: string;
  readonly description: string;
  readonly decision: string;
  readonly basis: string;
  readonly contactName: string;
  readonly contactPhone: string;
}

const DAY_MS = 86_400_000;

/** The one that is written: a new one has no id. */
export const editing = signal<{ readonly of: Obstruction | undefined } | undefined>(undefined);
export const form = signal<FormValues>(emptyForm());

function emptyForm(): FormValues {
  const tomorrow = new Date(Date.now() + DAY_MS);
  tomorrow.setHours(7, 0, 0, 0);
  return {
    name: '',
    kind: 'roadworks',
    impact: 'closed',
    lanesLeft: 1,
    openDirection: 'forward',
    modes: ['car', 'bus'],
    from: localText(tomorrow),
    to: localText(new Date(tomorrow.getTime() + 5 * DAY_MS)),
    daily: false,
    dailyFrom: '22:00',
    dailyTo: '05:00',
    network: '',
    owner: '',
    detour: '',
    description: '',
    decision: '',
    basis: '',
    contactName: '',
    contactPhone: '',
  };
}

function localText(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

export function startForm(of?: Obstruction): void {
  const window = of?.windows[0];
  form.value = of
    ? {
        ...emptyForm(),
        name: of.name,
        kind: of.kind,
        impact: of.impact,
        lanesLeft: of.lanesLeft ?? 1,
        openDirection: of.openDirection ?? 'forward',
        modes: of.modes,
        from: window ? localText(new Date(window.from)) : '',
        to: window ? localText(new Date(window.to)) : '',
        daily: window?.daily !== undefined,
        dailyFrom: window?.daily?.from ?? '22:00',
        dailyTo: window?.daily?.to ?? '05:00',
        network: of.network ?? '',
        owner: of.owner,
        detour: of.detour?.text ?? '',
        description: of.description ?? '',
        decision: of.decision?.number ?? '',
        basis: of.decision?.basis ?? '',
        contactName: of.staff?.contact?.name ?? '',
        contactPhone: of.staff?.contact?.phone ?? '',
      }
    : emptyForm();
  takePlace(of?.place, of?.detour?.line ?? []);
  editing.value = { of };
}

export function stopForm(): void {
  takePlace(undefined, []);
  editing.value = undefined;
}

const iso = (local: string): string | undefined => {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};

const given = (text: string): string | undefined => text.trim() || undefined;

/** The obstruction as the service takes it; undefined while something is missing. */
export const written = computed<NewObstruction | undefined>(() => {
  const values = form.value;
  const place = drawnPlace.value;
  const [from, to] = [iso(values.from), iso(values.to)];
  const [name, owner] = [given(values.name), given(values.owner)];
  if (!place || !from || !to || !name || !owner || values.modes.length === 0) return undefined;
  const { daily, dailyFrom, dailyTo, impact, lanesLeft, openDirection } = values;
  const [detour, decision, basis] = [given(values.detour), given(values.decision), given(values.basis)];
  const [contactName, phone] = [given(values.contactName), given(values.contactPhone)];
  const others = editing.value?.of?.windows.slice(1) ?? [];
  const days = editing.value?.of?.windows[0]?.daily?.days;
  return {
    name,
    owner,
    kind: values.kind,
    place,
    windows: [
      { from, to, ...(daily && { daily: { from: dailyFrom, to: dailyTo, ...(days && { days }) } }) },
      ...others,
    ],
    impact,
    modes: [...values.modes],
    ...(impact === 'narrowed' && { lanesLeft }),
    ...(impact === 'one_direction' && { openDirection }),
    ...(values.network !== '' && { network: values.network as NonNullable<NewObstruction['network']> }),
    ...((detour !== undefined || detourLine.value.length > 1) && {
      detour: {
        text: detour ?? t('obsDetour'),
        ...(detourLine.value.length > 1 && { line: detourLine.value }),
      },
    }),
    ...(given(values.description) !== undefined && { description: values.description.trim() }),
    ...(decision !== undefined && { decision: { number: decision, ...(basis !== undefined && { basis }) } }),
    ...((contactName ?? phone) !== undefined && {
      contact: {
        ...(contactName !== undefined && { name: contactName }),
        ...(phone !== undefined && { phone }),
      },
    }),
  };
});

/** What the service thinks of it as it is filled in now. */
export const check = signal<Check<ObstructionTrial>>({ kind: 'none' });

const PAUSE_MS = 350;

/** Asks after every pause. Returns how to stop. */
export const followCheck = (): (() => void) =>
  followChecked({
    check,
    pauseMs: PAUSE_MS,
    question: () => {
      const content = written.value;
      const of = editing.value?.of;
      return content && ((signal) => tryObstruction(content, of, signal));
    },
    reasonOf: (error) => reasonOf(error),
    spokenTrial: ({ conflicts }) =>
      conflicts.length > 0 ? conflicts.map(({ message }) => said(message)).join('. ') : t('obsNoConflicts'),
    spokenRefusal: (reason) => reason,
  });
