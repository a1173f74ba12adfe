/** What the auditor reads: who did what, page by page, as filtered. */
import { signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { AuditPage } from '../../core/wire/audit.ts';
import { ask } from '../api/ask.ts';
import { addressIn, getJson } from '../api/city-api.ts';
import { LOADING, type Load, loadAlong } from '../state/load.ts';
import { session } from '../state/session.ts';

/** Empty = not asked for. */
export interface AuditFilter {
  readonly who: string;
  readonly subject: string;
  readonly text: string;
  readonly from: string;
  readonly to: string;
}
export const NO_AUDIT_FILTER: AuditFilter = { who: '', subject: '', text: '', from: '', to: '' };

const PAGE_ROWS = 50;
/** Of a table that is saved. */
const MOST_ROWS = 1_000;
const PAUSE_MS = 300;

export const auditFilter = signal<AuditFilter>(NO_AUDIT_FILTER);
/** Where each page up to the one shown begins; the first begins at the newest. */
export const auditStarts = signal<readonly (number | undefined)[]>([undefined]);
export const auditPage = signal<Load<AuditPage>>(LOADING);
/** Why the table could not be saved; undefined = it was, or none was asked for. */
export const auditProblem = signal<string | undefined>(undefined);

export function filterAudit(change: Partial<AuditFilter>): void {
  auditFilter.value = { ...auditFilter.peek(), ...change };
  auditStarts.value = [undefined];
}

function addressOf(more: Readonly<Record<string, string>>): string {
  const given = Object.entries({ ...auditFilter.value, ...more }).filter(([, value]) => value.trim() !== '');
  return `api/audit?${new URLSearchParams(given.map(([name, value]) => [name, value.trim()]))}`;
}

/** Keeps the page in step with the filter. @returns how to stop */
export const followAudit = (): (() => void) =>
  loadAlong(
    auditPage,
    () => {
      void session.value;
      const address = addressOf({
        limit: String(PAGE_ROWS),
        before: String(auditStarts.value.at(-1) ?? ''),
      });
      return (abort) => getJson<AuditPage>(address, abort, '');
    },
    PAUSE_MS,
  );

/** As filtered, as CSV: a link could not say who asks. */
export async function saveAudit(): Promise<void> {
  try {
    const reply = await ask(addressIn('', addressOf({ limit: String(MOST_ROWS), f: 'csv' })));
    const saved = URL.createObjectURL(await reply.blob());
    const link = document.createElement('a');
    link.href = saved;
    link.download = 'audit.csv';
    link.click();
    URL.revokeObjectURL(saved);
    auditProblem.value = undefined;
  } catch (error) {
    auditProblem.value = reasonOf(error);
  }
}
