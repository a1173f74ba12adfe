/** Files handed in: one on its way, those that the service works on, and what was found in the one that is open. */
import { signal } from '@preact/signals';
import { reasonOf } from '../../../core/errors.ts';
import type { FeatureMapping } from '../../../core/wire/feature-mapping.ts';
import type { DataLoad, FindingPage, LoadFinding } from '../../../core/wire/load.ts';
import { ask } from '../../api/ask.ts';
import { addressIn, getJson } from '../../api/city-api.ts';
import { sendFile } from '../../api/send-file.ts';
import { announce } from '../../state/announcer.ts';
import { LOADING, type Load, loadInto } from '../../state/load.ts';
import { saveFile } from '../../state/save-file.ts';
import { t } from '../../text/text.ts';

export interface LoadOptions {
  readonly source: string;
  readonly steward: string;
  readonly licence: string;
  readonly crs: string;
  readonly isWhole: boolean;
  readonly allowOutside: boolean;
  /** A raster shows roofs and trees, not the ground. */
  readonly isSurface: boolean;
  readonly mapping: string;
  readonly mappingName: string;
}

export const options = signal<LoadOptions>({
  ...{ source: '', steward: '', licence: '', crs: '', isWhole: false, allowOutside: false, isSurface: false },
  ...{ mapping: '', mappingName: '' },
});
export const change = (more: Partial<LoadOptions>): void => {
  options.value = { ...options.peek(), ...more };
};

export const sending = signal<
  { readonly name: string; readonly done: number; readonly total: number } | undefined
>(undefined);
export const loads = signal<Load<readonly DataLoad[]>>(LOADING);
/** Id of the load whose report is shown. */
export const opened = signal<string | undefined>(undefined);
export const findings = signal<Load<FindingPage>>(LOADING);
/** Why the last wish was not met. */
export const problem = signal<string | undefined>(undefined);

const LOOK_MS = 700;
const PAGE = 200;
const ROOT = 'api/loads';
let sender: AbortController | undefined;

export const isUnderWay = ({ state }: DataLoad): boolean => state === 'waiting' || state === 'running';

export const stopSending = (): void => sender?.abort(new DOMException('', 'AbortError'));

/** Hands a file in to be looked through. */
export async function handIn(file: File): Promise<void> {
  if (sending.peek()) return;
  sender = new AbortController();
  problem.value = undefined;
  sending.value = { name: file.name, done: 0, total: file.size };
  try {
    const { signal: stop } = sender;
    const load = await sendFile<DataLoad>(addressOfFile(file), file, stop, (done, total) => {
      sending.value = { name: file.name, done, total };
    });
    await openLoad(load.id);
  } catch (error) {
    if (!sender.signal.aborted) problem.value = t('loadsNotSent', { reason: reasonOf(error) });
  } finally {
    sending.value = undefined;
  }
}

function addressOfFile(file: File): string {
  const { source, steward, licence, crs, isWhole, allowOutside, isSurface, mapping } = options.peek();
  const scope = isWhole ? 'all' : '';
  const asked = { name: file.name, source, steward, licence, crs, scope, mapping };
  const given = Object.entries(asked).filter(([, value]) => value.trim() !== '');
  if (isSurface) given.push(['kind', 'dsm']);
  if (allowOutside) given.push(['allowOutside', 'true']);
  return addressIn('', `${ROOT}?${new URLSearchParams(given)}`);
}

export async function openLoad(id: string | undefined): Promise<void> {
  opened.value = id;
  findings.value = LOADING;
  await look();
}

/** Follows the work of the service while there is any. @returns how to stop */
export function followLoads(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const again = async () => {
    await look();
    if (!isOver) timer = setTimeout(again, LOOK_MS);
  };
  void again();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/** What findings were read for: they change when the work on a load ends. */
let readFor = '';

async function look(): Promise<void> {
  const before = loads.peek();
  const isQuiet = before.kind === 'ready' && !before.value.some(isUnderWay);
  const id = opened.peek();
  if (isQuiet && (id === undefined || before.value.some((load) => load.id === id && readFor === keyOf(load))))
    return;
  await loadInto(
    loads,
    async () => (await getJson<{ loads: readonly DataLoad[] }>(ROOT, undefined, '')).loads,
  );
  const load = openedLoad();
  if (!load || isUnderWay(load) || readFor === keyOf(load)) return;
  const key = keyOf(load);
  await loadInto(
    findings,
    () => page(load.id),
    () => opened.peek() === load.id,
  );
  if (readFor !== key) announce(t('loadsFindings'));
  readFor = key;
}

const keyOf = ({ id, state, endedAt }: DataLoad): string => `${id} ${state} ${endedAt}`;

export const openedLoad = (): DataLoad | undefined => {
  const all = loads.value;
  return all.kind === 'ready' ? all.value.find(({ id }) => id === opened.value) : undefined;
};

const page = (id: string, after?: number): Promise<FindingPage> => {
  const query = { limit: String(PAGE), ...(after !== undefined && { after: String(after) }) };
  return getJson(`${ROOT}/${id}/findings?${new URLSearchParams(query)}`, undefined, '');
};

export async function moreFindings(): Promise<void> {
  const [id, now] = [opened.peek(), findings.peek()];
  if (id === undefined || now.kind !== 'ready' || now.value.next === null) return;
  const { next, findings: before } = now.value;
  await wish(async () => {
    const more = await page(id, next);
    findings.value = { kind: 'ready', value: { ...more, findings: [...before, ...more.findings] } };
  });
}

export const takeLoad = (id: string): Promise<void> => changeLoad(`${id}/take`, 'POST');
export const cancelLoad = (id: string): Promise<void> => changeLoad(id, 'DELETE');

/** Looks a table through by a mapping. @param crs empty = as in the file */
export const mapLoad = (id: string, mapping: FeatureMapping, crs: string): Promise<void> =>
  changeLoad(`${id}/mapping?${new URLSearchParams({ crs })}`, 'PUT', {
    ...{ headers: { 'content-type': 'application/json' }, body: JSON.stringify(mapping) },
  });

const changeLoad = (path: string, method: string, sent: RequestInit = {}): Promise<void> =>
  wish(async () => {
    await ask(addressIn('', `${ROOT}/${path}`), { method, ...sent });
    loads.value = LOADING;
    await look();
  });

/** Through the page itself: a link could not say who asks. */
export const saveLoadFile = (id: string, name: string): Promise<void> =>
  wish(async () => {
    const reply = await ask(addressIn('', `${ROOT}/${id}/${name}`));
    saveFile(await reply.blob(), name.replace('.', `-${id.slice(0, 8)}.`));
  }, 'loadsFileFailed');

async function wish(
  work: () => Promise<void>,
  word: 'loadsNotDone' | 'loadsFileFailed' = 'loadsNotDone',
): Promise<void> {
  try {
    await work();
    problem.value = undefined;
  } catch (error) {
    problem.value = t(word, { reason: reasonOf(error) });
  }
}

export const placedFindings = (): readonly (LoadFinding & {
  readonly place: readonly [number, number];
})[] => {
  const now = findings.value;
  return now.kind === 'ready'
    ? now.value.findings.flatMap((finding) => (finding.place ? [{ ...finding, place: finding.place }] : []))
    : [];
};
