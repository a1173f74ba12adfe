/** What the office reads: the register of use page by page, its statistics, accounts. */
import { signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type {
  Account,
  AccountChange,
  AccountLock,
  ClientAccount,
  OfficeAccount,
  SavedAccount,
} from '../../core/wire/account.ts';
import type { UsePage, UseTable } from '../../core/wire/data-use.ts';
import { ask } from '../api/ask.ts';
import { addressIn, getJson } from '../api/city-api.ts';
import { LOADING, type Load, loadAlong, loadInto } from '../state/load.ts';
import { session } from '../state/session.ts';

/** Of the register; empty = not asked for. */
export interface UseFilter {
  readonly year: string;
  readonly profile: string;
  readonly caseNumber: string;
  readonly account: string;
  readonly layer: string;
}
export const NO_FILTER: UseFilter = { year: '', profile: '', caseNumber: '', account: '', layer: '' };

const PAGE_ROWS = 50;
/** Of a table that is saved. */
const MOST_ROWS = 1_000;
const PAUSE_MS = 300;

export const useFilter = signal<UseFilter>(NO_FILTER);
/** Where each page up to the one shown begins; the first begins at the newest. */
export const pageStarts = signal<readonly (number | undefined)[]>([undefined]);
export const usePage = signal<Load<UsePage>>(LOADING);
export const uses = signal<Load<UseTable>>(LOADING);
export const accounts = signal<Load<readonly Account[]>>(LOADING);

function queryOf(more: Readonly<Record<string, string>>): string {
  const given = Object.entries({ ...useFilter.value, ...more }).filter(([name, value]) =>
    // A year is asked for once all of it is typed.
    name === 'year' ? /^\d{4}$/.test(value.trim()) : value.trim() !== '',
  );
  return new URLSearchParams(given.map(([name, value]) => [name, value.trim()])).toString();
}

export function filterUses(change: Partial<UseFilter>): void {
  useFilter.value = { ...useFilter.peek(), ...change };
  pageStarts.value = [undefined];
}

/** Keeps the page in step with the filter. @returns how to stop */
export const followUses = (): (() => void) =>
  loadAlong(
    usePage,
    () => {
      void session.value;
      const after = pageStarts.value.at(-1);
      const query = queryOf({ limit: String(PAGE_ROWS), after: after === undefined ? '' : String(after) });
      return (abort) => getJson<UsePage>(`api/orders/register?${query}`, abort, '');
    },
    PAUSE_MS,
  );

export const readUses = (): Promise<void> =>
  loadInto(uses, () => getJson<UseTable>('api/uses?by=year', undefined, ''));

export const readAccounts = (): Promise<void> =>
  loadInto(accounts, async () => {
    const { accounts: all } = await getJson<{ accounts: readonly Account[] }>('api/accounts', undefined, '');
    return all;
  });

export const readChanges = async (name: string): Promise<readonly AccountChange[]> =>
  (
    await getJson<{ changes: readonly AccountChange[] }>(
      `api/accounts/${encodeURIComponent(name)}/changes`,
      undefined,
      '',
    )
  ).changes;

/** @throws ServiceError in words that can be shown */
export const saveAccount = (name: string, client: ClientAccount) => put(name, '', client);
/** @throws ServiceError in words that can be shown */
export const saveOfficeAccount = (name: string, account: OfficeAccount) => put(name, '/office', account);
/** @throws ServiceError in words that can be shown */
export const lockAccount = (name: string, lock: AccountLock) => put(name, '/lock', lock);

async function put(name: string, part: string, said: object): Promise<SavedAccount> {
  const reply = await ask(addressIn('', `api/accounts/${encodeURIComponent(name)}${part}`), {
    ...{ method: 'PUT', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify(said),
  });
  const saved = (await reply.json()) as SavedAccount;
  await readAccounts();
  return saved;
}

/** Why a table could not be saved; undefined = it was, or none was asked for. */
export const tableProblem = signal<string | undefined>(undefined);

/** Saves the register as filtered, or the counts by month, as CSV: a link could not say who asks. */
export async function saveTable(which: 'register' | 'uses'): Promise<void> {
  const address =
    which === 'register'
      ? `api/orders/register?${queryOf({ limit: String(MOST_ROWS), f: 'csv' })}`
      : 'api/uses?by=month&f=csv';
  try {
    const reply = await ask(addressIn('', address));
    const saved = URL.createObjectURL(await reply.blob());
    const link = document.createElement('a');
    link.href = saved;
    link.download = which === 'register' ? 'use-register.csv' : 'uses.csv';
    link.click();
    URL.revokeObjectURL(saved);
    tableProblem.value = undefined;
  } catch (error) {
    tableProblem.value = reasonOf(error);
  }
}
