/** EGiB of a county by its WFS: every page as a file of a folder, which is loaded as one file then. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { conflict, invalidParameter, notFound, notSupported } from '../../core/errors.ts';
import { COUNTY_CLASSES } from '../../core/formats/county-wfs/reader.ts';
import { childText, descendantsOf, type XmlElement } from '../../core/xml/element.ts';
import { FILE_LIMITS, parseXml } from '../../core/xml/reader.ts';
import { PULLED, type PulledPages, type PulledType } from '../exchange/pulled-pages.ts';
import { type FetchOptions, openPageFetcher, type PageFetcher } from './fetch-page.ts';

export interface PullOptions extends Pick<FetchOptions, 'allowPrivate' | 'signal' | 'onRetry'> {
  /** Where the service is; parameters of its own stay. */
  readonly url: string;
  /** Where pages are kept. */
  readonly folder: string;
  /** Names of types as the service has them; without them every class of the specification that it offers. */
  readonly types?: readonly string[] | undefined;
  readonly pageSize?: number;
  /** Between two requests. */
  readonly paceMs?: number;
  readonly pausesMs?: readonly number[];
  readonly timeoutMs?: number;
  readonly onPage: (told: {
    readonly type: string;
    readonly pages: number;
    readonly objects: number;
  }) => void;
}

const PAGE_SIZE = 1_000;
const PACE_MS = 200;
const PAUSES_MS = [1_000, 4_000, 15_000];
const TIMEOUT_MS = 60_000;
/** Of one answer, which is looked through as a whole. */
const MOST_PAGE_BYTES = 400_000_000;
const MOST_PAGES = 100_000;

/**
 * Fetches what is not there yet. A service of WFS 2.0 is asked page by page, older ones for all at once; one that does not
 * know of pages gives the same page again, and that is the end.
 * @returns the folder, to be loaded
 * @throws TwinError unavailable when the service does not answer (what came stays, and the next call goes on from there),
 *   not-supported when it is no such service, conflict when the folder holds pages of another one
 */
export async function pullWfs(options: PullOptions): Promise<string> {
  const { folder, pausesMs = PAUSES_MS, timeoutMs = TIMEOUT_MS } = options;
  const base = serviceUrl(options.url);
  await mkdir(folder, { recursive: true });
  const state = await stateIn(folder, base.href);
  const fetcher = openPageFetcher({ ...options, pausesMs, timeoutMs, mostBytes: MOST_PAGE_BYTES });
  try {
    const { version, offered } = await capabilitiesOf(base, folder, fetcher);
    const types = wantedTypes(offered, options.types);
    for (const type of types) await pullType({ ...options, base, version, fetcher }, type, state);
  } finally {
    fetcher.close();
  }
  return folder;
}

function serviceUrl(text: string): URL {
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw invalidParameter(
      'url',
      `"${text.slice(0, 200)}" is no address of a service, such as https://example.org/wfs`,
    );
  }
  const url = new URL(text);
  for (const name of [...url.searchParams.keys()]) {
    if (/^(?:service|request|version)$/i.test(name)) url.searchParams.delete(name);
  }
  return url;
}

async function stateIn(folder: string, url: string): Promise<PulledPages> {
  const text = await readFile(join(folder, PULLED), 'utf8').catch(() => undefined);
  if (text === undefined) return { url, types: [] };
  const state = JSON.parse(text) as PulledPages;
  if (state.url !== url)
    throw conflict(`The folder ${folder} holds pages of ${state.url}; name another`, 'folder');
  return state;
}

const keepState = (folder: string, state: PulledPages): Promise<void> =>
  writeFile(join(folder, PULLED), `${JSON.stringify(state, undefined, 2)}\n`);

function asked(base: URL, parameters: Readonly<Record<string, string | number>>): URL {
  const url = new URL(base);
  url.searchParams.set('SERVICE', 'WFS');
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value));
  return url;
}

async function capabilitiesOf(base: URL, folder: string, fetcher: PageFetcher) {
  const path = join(folder, 'capabilities.xml');
  await fetcher.toFile(asked(base, { REQUEST: 'GetCapabilities' }), path);
  const root = parsed(await readFile(path, 'utf8'));
  if (root.local !== 'WFS_Capabilities')
    throw notSupported(`The service answers with ${root.local}, it is no WFS`);
  const version = root.attributes['version'] ?? '1.1.0';
  const offered = [...descendantsOf(root)]
    .filter(({ local }) => local === 'FeatureType')
    .flatMap((type) => childText(type, 'Name')?.trim() ?? []);
  return { version, offered };
}

function parsed(text: string): XmlElement {
  const root = parseXml(text, FILE_LIMITS);
  if (/Exception/.test(root.local)) {
    const said = [...descendantsOf(root)].find(({ local }) =>
      /^(?:ExceptionText|ServiceException)$/.test(local),
    );
    throw notSupported(`The service refuses: ${said?.text.trim().slice(0, 500) ?? root.local}`);
  }
  return root;
}

const localOf = (type: string): string => (type.split(':').at(-1) ?? type).toLowerCase();

function wantedTypes(offered: readonly string[], wished: readonly string[] | undefined): readonly string[] {
  const types = wished ?? offered.filter((type) => localOf(type) in COUNTY_CLASSES);
  if (types.length === 0) {
    throw notSupported(`The service offers ${offered.join(', ') || 'nothing'}; of EGiB it offers nothing`);
  }
  for (const type of types) {
    if (!offered.includes(type))
      throw notFound(`The service offers ${offered.join(', ')}, and not ${type}`, 'type');
    if (!(localOf(type) in COUNTY_CLASSES)) {
      throw notSupported(
        `${type} is none of ${Object.keys(COUNTY_CLASSES).join(', ')}, which can be read`,
        'type',
      );
    }
  }
  return types;
}

interface Pulling extends PullOptions {
  readonly base: URL;
  readonly version: string;
  readonly fetcher: PageFetcher;
}

async function pullType(pulling: Pulling, type: string, state: PulledPages): Promise<void> {
  const { base, version, fetcher, folder, signal } = pulling;
  const { pageSize = PAGE_SIZE, paceMs = PACE_MS, onPage } = pulling;
  const hasPages = version.startsWith('2.');
  let pulled: PulledType = state.types.find(({ name }) => name === type) ?? {
    name: type,
    pages: [],
    isWhole: false,
  };
  const keep = async (next: PulledType) => {
    pulled = next;
    const others = state.types.filter(({ name }) => name !== type);
    Object.assign(state, { types: [...others, next] });
    await keepState(folder, state);
  };
  while (!pulled.isWhole) {
    signal.throwIfAborted();
    if (pulled.pages.length >= MOST_PAGES) throw notSupported(`${type} has more than ${MOST_PAGES} pages`);
    const objects = pulled.pages.reduce((sum, page) => sum + page.objects, 0);
    const file = `${localOf(type).replaceAll(/[^a-z0-9]/g, '_')}-${String(pulled.pages.length + 1).padStart(5, '0')}.gml`;
    const url = hasPages
      ? asked(base, {
          ...{ VERSION: version, REQUEST: 'GetFeature', TYPENAMES: type },
          COUNT: pageSize,
          STARTINDEX: objects,
        })
      : asked(base, { VERSION: version, REQUEST: 'GetFeature', TYPENAME: type });
    await fetcher.toFile(url, join(folder, file));
    const page = await pageIn(folder, file, localOf(type));
    const isAgain = pulled.pages.some(({ first }) => first !== undefined && first === page.first);
    if (page.objects === 0 || isAgain) {
      await rm(join(folder, file));
      await keep({ ...pulled, isWhole: true });
    } else {
      // The last one says how many there are, or that there is no next.
      const isWhole = !hasPages || (page.matched !== undefined && objects + page.objects >= page.matched);
      const { matched: _, ...kept } = page;
      await keep({ ...pulled, pages: [...pulled.pages, kept], isWhole });
    }
    onPage({
      type,
      pages: pulled.pages.length,
      objects: pulled.pages.reduce((sum, each) => sum + each.objects, 0),
    });
    await sleep(paceMs, undefined, { signal }).catch(() => {});
  }
}

/** What a page holds, counted by the tags of its objects: some servers tell no numbers, or wrong ones. */
async function pageIn(folder: string, file: string, local: string) {
  const bytes = await readFile(join(folder, file));
  const text = bytes.toString('latin1');
  const head = text.slice(0, 20_000);
  if (!/<(?:[\w.-]+:)?FeatureCollection[\s>]/.test(head)) {
    parsed(bytes.toString('utf8'));
    throw notSupported('The service answers GetFeature with something that is no FeatureCollection');
  }
  if (!/<\/(?:[\w.-]+:)?FeatureCollection\s*>\s*$|FeatureCollection\b[^>]*\/>\s*$/.test(text)) {
    throw notSupported(`The page ${file} ends in the middle; fetch again`);
  }
  const objects = text.match(new RegExp(`<(?:[\\w.-]+:)?${local}[\\s>]`, 'gi'))?.length ?? 0;
  const matched = /numberMatched="(\d+)"/.exec(head)?.[1];
  const members = text.slice(text.search(new RegExp(`<(?:[\\w.-]+:)?${local}[\\s>]`, 'i')));
  return {
    ...{ file, objects, sha256: createHash('sha256').update(bytes).digest('hex') },
    ...(objects > 0 && { first: createHash('sha256').update(members).digest('hex') }),
    ...(matched !== undefined && { matched: Number(matched) }),
  };
}
