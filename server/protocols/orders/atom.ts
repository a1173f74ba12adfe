/** `/atom`: the download service of INSPIRE as Atom feeds; its packages are orders of whole layers, made on demand. */
import { setTimeout as sleep } from 'node:timers/promises';
import { invalidParameter, notFound, TwinError, unavailable } from '../../../core/errors.ts';
import { layerNamed } from '../../../core/feature/check-query.ts';
import type { Text } from '../../../core/feature/layer.ts';
import { parseCrs } from '../../../core/geo/crs.ts';
import { newOrderSchema } from '../../../core/wire/order.ts';
import { etagOf, matchesEtag } from '../../http/etag.ts';
import { readKvp } from '../../http/kvp.ts';
import { chooseLanguage } from '../../http/negotiate.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply, Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import {
  ATOM_FORMATS,
  ATOM_SRIDS,
  type AtomDataset,
  type AtomFrame,
  datasetFeed,
  openSearch,
  packageAddress,
  serviceFeed,
} from './atom-documents.ts';
import { fileReply } from './file-reply.ts';

type Offered = Pick<Services, 'orders' | 'catalogue'>;

const PREFIX = '/atom';
/** Its packages stand in the register of uses under this name, and wait for their turn as those of one. */
const SUBSCRIBERS = { who: 'atom', roles: ['public'] } as const;
/** Proxies commonly cut what is silent for a minute. */
const LONGEST_WAIT_MS = 40_000;
const LOOK_EVERY_MS = 300;

export function atom(offered: Offered, city: Text): Protocol {
  const get = (path: string, handle: Route['handle']): Route => ({
    method: 'GET',
    path: PREFIX + path,
    handle,
  });
  return {
    name: 'atom',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      get('/service.xml', async (ask) => {
        const datasets = await datasetsOf(offered, ask);
        return xmlReply(ask, 'atom', serviceFeed(frameOf(ask, city), datasets, selfOf(ask)));
      }),
      get('/opensearch.xml', async (ask) =>
        xmlReply(
          ask,
          'opensearchdescription',
          openSearch(frameOf(ask, city), await datasetsOf(offered, ask)),
        ),
      ),
      get('/search', (ask) => found(offered, city, ask)),
      get('/datasets/:layer', async (ask) => {
        const dataset = await datasetNamed(offered, ask, ask.route['layer'] ?? '');
        return xmlReply(ask, 'atom', datasetFeed(frameOf(ask, city), dataset, selfOf(ask)));
      }),
      get('/files/:layer/:file', (ask) => packageReply(offered, ask)),
    ],
  };
}

const frameOf = (ask: Ask, city: Text): AtomFrame => {
  const language = chooseLanguage(ask);
  return { publicUrl: ask.publicUrl, language, city: city[language] };
};

const selfOf = ({ publicUrl, path, query }: Ask): string =>
  `${publicUrl}${path}${query.size === 0 ? '' : `?${query}`}`;

/** Layers of the city that hold something, as the public knows them. */
async function datasetsOf({ catalogue }: Offered, { view }: Ask): Promise<readonly AtomDataset[]> {
  const seen = { ...view, who: SUBSCRIBERS };
  const layers = (await catalogue.layers(seen)).filter(({ dataset }) => dataset === 'city');
  const all = await Promise.all(
    layers.map(async (layer) => ({ layer, status: await catalogue.status(layer.name, seen) })),
  );
  return all.flatMap(({ layer, status }) =>
    status.loadedAt === undefined || status.count === 0
      ? []
      : [{ layer, status: { ...status, loadedAt: status.loadedAt } }],
  );
}

async function datasetNamed(offered: Offered, ask: Ask, name: string): Promise<AtomDataset> {
  const datasets = await datasetsOf(offered, ask);
  layerNamed(
    datasets.map(({ layer }) => layer),
    name,
  );
  return datasets.find(({ layer }) => layer.name === name) as AtomDataset;
}

/** What the templates of the OpenSearch description ask for. */
async function found(offered: Offered, city: Text, ask: Ask): Promise<Reply> {
  const parameters = readKvp(ask.query);
  const frame = frameOf(ask, city);
  const code = parameters.get('spatial_dataset_identifier_code');
  if (code === undefined) {
    const words = (parameters.get('q') ?? '').toLocaleLowerCase('pl').split(/\s+/);
    const datasets = (await datasetsOf(offered, ask)).filter(({ layer }) => {
      const text = [layer.name, layer.title.pl, layer.title.en, layer.description.pl].join(' ');
      return words.every((word) => text.toLocaleLowerCase('pl').includes(word));
    });
    return xmlReply(ask, 'atom', serviceFeed(frame, datasets, selfOf(ask)));
  }
  const dataset = await datasetNamed(offered, ask, code);
  const crs = parameters.get('crs');
  if (crs === undefined) return xmlReply(ask, 'atom', datasetFeed(frame, dataset, selfOf(ask)));
  const { srid } = parseCrs(crs);
  if (!ATOM_SRIDS.some((known) => known === srid)) {
    throw invalidParameter(
      'crs',
      `Whole layers are offered in EPSG:${ATOM_SRIDS.join(', EPSG:')}; got EPSG:${srid}`,
    );
  }
  return {
    status: 303,
    headers: {
      location: packageAddress(ask.publicUrl, dataset.layer.name, 'gml', srid),
      'cache-control': 'no-store',
    },
  };
}

/** The package of a whole layer: from the store, or made while the client waits; whoever waits too long comes again. */
async function packageReply({ orders }: Offered, ask: Ask): Promise<Reply> {
  const [, format = '', srid = ''] = /^([a-z]+)-(\d+)\.zip$/.exec(ask.route['file'] ?? '') ?? [];
  const known = ATOM_FORMATS.find((each) => each === format);
  if (!known || !ATOM_SRIDS.some((each) => String(each) === srid)) {
    throw notFound(
      `There is no such package; packages are <format>-<EPSG code>.zip of ${ATOM_FORMATS.join(', ')} and ${ATOM_SRIDS.join(', ')}`,
      'file',
    );
  }
  const order = newOrderSchema.parse({
    ...{ area: { kind: 'city' }, layers: [ask.route['layer'] ?? ''], formats: [known], srid: Number(srid) },
  });
  let { id, state, problem } = await orders.put(order, { ...ask.view, who: SUBSCRIBERS }, '', ask.signal);
  const until = Date.now() + LONGEST_WAIT_MS;
  while ((state === 'waiting' || state === 'running') && Date.now() < until) {
    await sleep(LOOK_EVERY_MS, undefined, { signal: ask.signal });
    ({ state, problem } = await orders.read(id));
  }
  if (state === 'ready') return fileReply(orders, ask, id);
  if (state === 'failed')
    throw new TwinError('unavailable', problem?.message ?? 'The package could not be made');
  throw unavailable('The package is being made; ask for it again in a minute');
}

function xmlReply({ headers }: Ask, type: 'atom' | 'opensearchdescription', body: string): Reply {
  const etag = etagOf(body);
  const kept = { etag, 'cache-control': 'public, max-age=60', vary: 'accept-language' };
  if (matchesEtag(headers['if-none-match'], etag)) return { status: 304, headers: kept };
  return {
    status: 200,
    headers: { ...kept, 'content-type': `application/${type}+xml; charset=utf-8` },
    body,
  };
}
