import { createHash } from 'node:crypto';
import { cascadedLayers } from '../../core/cascade/cascaded-layers.ts';
import { invalidParameter, notFound } from '../../core/errors.ts';
import type { Layer, LayerStatus } from '../../core/feature/layer.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import {
  type CascadedSource,
  type NewSource,
  SOURCE_NAME,
  type SourceOffer,
} from '../../core/wire/cascade.ts';
import { memoryMaps } from '../../tiles/picture/memory-maps.ts';
import { requireRight } from '../access/require-right.ts';
import type { Cascade } from '../services/cascade.ts';
import { readSources, removeSource, saveSource, tellState } from '../store/cascaded-sources.ts';
import type { Pool } from '../store/pool.ts';
import type { FetchLimits } from './fetch-answer.ts';
import { KeptAnswers } from './kept-answers.ts';
import { legendOf, pointedAt } from './point-at.ts';
import { type ReadOffer, readOffer, withObjects } from './read-offer.ts';
import { remoteFeatures } from './remote-objects.ts';
import { type Remote, wmsPictures } from './remote-pictures.ts';
import { tilePictures } from './remote-tiles.ts';
import { SourceLine } from './source-line.ts';

/** A source that another process changed shows after at most this long. */
const REMEMBER_MS = 2_000;
/** Of all sources together. */
const KEPT_BYTES = 64 * 1024 * 1024;
const MOST_PICTURE_BYTES = 32 * 1024 * 1024;
const TIMEOUT_MS = 20_000;
/** While a source is down, whoever has an old picture asks again after this long. */
const RETRY_MS = 30_000;

export interface CascadeOptions {
  readonly pool: Pool;
  readonly privateHosts: readonly string[];
  /** Told when the state of a source could not be kept. */
  readonly onFault: (error: unknown) => void;
  readonly timeoutMs?: number;
  readonly pauseMs?: number;
}

interface OpenSource {
  readonly source: CascadedSource;
  readonly version: string;
  readonly layers: readonly Layer[];
  readonly line: SourceLine;
}

export function openCascade({ pool, privateHosts, onFault, ...options }: CascadeOptions): Cascade {
  const { timeoutMs = TIMEOUT_MS, pauseMs = RETRY_MS } = options;
  const limits: FetchLimits = {
    ...{ privateHosts, timeoutMs, mostBytes: MOST_PICTURE_BYTES, freshnessS: 3_600 },
  };
  const kept = new KeptAnswers(KEPT_BYTES);
  const opened = new Map<string, OpenSource>();
  let known: { readonly until: number; readonly sources: Promise<readonly OpenSource[]> } | undefined;

  const read = async (): Promise<readonly OpenSource[]> => {
    const sources = await readSources(pool);
    const names = new Set(sources.map(({ source }) => source.name));
    for (const name of opened.keys()) {
      if (names.has(name)) continue;
      opened.delete(name);
      kept.forget(name);
    }
    return sources.map(({ source, version, before }) => {
      const { name, freshnessS } = source;
      const there = opened.get(name);
      if (there?.version === version) return there;
      kept.forget(name);
      const line = new SourceLine({
        ...{ name, kept, before, pauseMs, limits: { ...limits, freshnessS } },
        onChange: (state) => void tellState(pool, name, state).catch(onFault),
      });
      const open = { source, version, line, layers: cascadedLayers(source) };
      opened.set(name, open);
      return open;
    });
  };
  const sources = (): Promise<readonly OpenSource[]> => {
    if (!known || known.until < Date.now()) {
      const current = { until: Date.now() + REMEMBER_MS, sources: read() };
      known = current;
      current.sources.catch(() => {
        if (known === current) known = undefined;
      });
    }
    return known.sources;
  };
  const remoteOf = async (name: string): Promise<Remote | undefined> => {
    for (const { source, line, layers } of await sources()) {
      const layer = layers.find((each) => each.name === name);
      const declared = source.layers.find((each) => each.name === name);
      if (layer && declared) return { layer, source, declared, line };
    }
    return undefined;
  };
  const needed = async (name: string): Promise<Remote> => {
    const remote = await remoteOf(name);
    if (!remote) throw notFound(`There is no layer "${name.slice(0, 100)}"`, 'layer');
    return remote;
  };
  const featuresOf = async (name: string) => remoteFeatures(await needed(name));
  const features: FeatureSource = {
    layers: async () => (await sources()).flatMap(({ layers }) => layers),
    async *query(query, signal) {
      yield* (await featuresOf(query.layer)).query(query, signal);
    },
    count: async (query, signal) => (await featuresOf(query.layer)).count(query, signal),
    byId: async (layer, id, srid, signal) => (await featuresOf(layer)).byId(layer, id, srid, signal),
  };
  const declare = async (name: string, asked: NewSource, read: ReadOffer): Promise<CascadedSource> => {
    const source = chosen(name, asked, read.offer);
    const described = source.layers.map(async (layer) => ({
      ...layer,
      ...(await withObjects(read, layer, limits)),
    }));
    return { ...source, layers: await Promise.all(described) };
  };

  return {
    layers: async () => (await sources()).flatMap(({ layers }) => layers),

    async status(name) {
      const remote = await remoteOf(name);
      return remote && statusOf(remote);
    },

    state: async (name) => (await remoteOf(name))?.line.state,

    features,

    maps: {
      shapes: (ask, signal) => memoryMaps(features).shapes(ask, signal),
      async versions(areas) {
        const remotes = await Promise.all(areas.map(({ layer }) => needed(layer.name)));
        return remotes.map(versionOf);
      },
      async pictures({ layer: { name } }, frame) {
        const remote = await needed(name);
        return remote.declared.tiles ? tilePictures(remote, frame) : wmsPictures(remote, frame);
      },
    },

    pointed: async ({ name }, pixel) => pointedAt(await needed(name), pixel),
    legend: async ({ name }) => legendOf(await needed(name)),

    async offer(ask, who) {
      requireRight(who, 'operate');
      return (await readOffer(ask, limits)).offer;
    },

    async list(who) {
      requireRight(who, 'operate');
      return (await sources()).map(({ source, line }) => ({ ...source, state: line.state }));
    },

    async save(name, asked, who) {
      requireRight(who, 'operate');
      if (!SOURCE_NAME.test(name)) {
        throw invalidParameter(
          'name',
          'The name of a source is small letters, digits and underscores, a letter first, 31 at most',
        );
      }
      const source = await declare(name, asked, await readOffer(asked, limits));
      await saveSource(pool, source, who.who);
      known = undefined;
      const saved = (await sources()).find((each) => each.source.name === name);
      if (!saved) throw notFound(`The source "${name}" was taken away again`, 'name');
      return { ...saved.source, state: saved.line.state };
    },

    async remove(name, who) {
      requireRight(who, 'operate');
      if (!(await removeSource(pool, name, who))) {
        throw notFound(`There is no outside source "${name.slice(0, 40)}"`, 'name');
      }
      known = undefined;
    },
  };
}

const NOT_SAID = { pl: 'Usługa nie podaje', en: 'The service does not say' };
const both = (text: string) => ({ pl: text, en: text });

/** What was chosen of an offer. @throws TwinError not-found for a layer that is not offered */
function chosen(name: string, asked: NewSource, offer: SourceOffer): CascadedSource {
  const taken = new Set<string>();
  const layers = asked.layers.map((remote) => {
    const offered = offer.layers.find((each) => each.remote === remote);
    if (!offered) {
      const some = offer.layers.slice(0, 20).map((each) => each.remote);
      throw notFound(
        `The service offers no layer "${remote.slice(0, 100)}"; it offers ${some.join(', ')}`,
        'layers',
      );
    }
    // Without the prefix of a namespace.
    const plain = `${name}_${remote.split(':').at(-1)}`
      .normalize('NFD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .slice(0, 50);
    let own = plain;
    for (let number = 2; taken.has(own); number++) own = `${plain}_${number}`;
    taken.add(own);
    return { ...offered, name: own };
  });
  return {
    ...{ name, kind: offer.kind, url: offer.url, layers },
    ...(offer.tileMatrixSets && { tileMatrixSets: offer.tileMatrixSets }),
    title: both(asked.title ?? offer.title),
    owner: asked.owner ? both(asked.owner) : offer.owner === null ? NOT_SAID : both(offer.owner),
    licence: asked.licence ? both(asked.licence) : offer.licence === null ? NOT_SAID : both(offer.licence),
    freshnessS: asked.freshnessS ?? 3_600,
  };
}

/** Pictures hold as long as the source says they are fresh; a source that is down is asked again soon. */
function versionOf({ source, declared, line }: Remote): string {
  const { state, since } = line.state;
  const spanMs = state === 'down' ? RETRY_MS : 1_000 * source.freshnessS;
  const digest = createHash('sha1')
    .update(JSON.stringify([source.url, declared]))
    .digest('base64url');
  return `${digest.slice(0, 10)} ${state} ${since} ${Math.floor(Date.now() / spanMs)}`;
}

function statusOf({ source, declared, line }: Remote): LayerStatus {
  const [west, south, east, north] = declared.extent ?? [];
  const hasExtent = west !== undefined && south !== undefined && east !== undefined && north !== undefined;
  const { origin, pathname } = new URL(source.url);
  return {
    ...{ count: 0, knownSince: undefined, synthetic: false, version: 1 },
    extent: hasExtent ? [west, south, east, north] : undefined,
    // Of objects no moment is kept to which the pages of an answer could be held.
    loadedAt: declared.objects ? undefined : (line.state.lastGoodAt ?? undefined),
    source: `${origin}${pathname}`,
  };
}
