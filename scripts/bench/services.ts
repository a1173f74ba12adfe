/**
 * The doors under load beside MapServer, on the same tables in the same run: `npm run bench:services`.
 * `SIZE=city` takes the large demo city, `SECONDS_EACH` the length of a measurement, `DATABASE_URL` a database that
 * already holds one. Measurements alternate between the servers, so that a busy moment hits both.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import type { LayersReply } from '../../core/wire/city.ts';
import { openLocalCluster } from '../../server/store/local-cluster/open-local-cluster.ts';
import {
  freePort,
  runBlizniak,
  type Service,
  startService,
  stopService,
} from '../../test/support/product.ts';
import { hasMapServer, MAPSERVER_PACKAGES, type MapServer, startMapServer } from './mapserver.ts';
import { type LoadFigures, loadBoxes } from './wrk.ts';

const SIZE = process.env['SIZE'] ?? 'district';
const SECONDS = Number(process.env['SECONDS_EACH'] ?? 5);
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const CONNECTIONS = 4;
const SRID = 2177;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

type Box = readonly [number, number, number, number];

interface Trial {
  readonly title: string;
  readonly sideM: number;
  readonly contentType: string;
  readonly ours: { readonly path: string; readonly query: string };
  /** The same question in MapServer's words; undefined = it has no such door. */
  readonly theirs?: string;
}

const getMap = (layer: string, px: number): string =>
  `?SERVICE=WMS&VERSION=1.1.1&REQUEST=GetMap&LAYERS=${layer}&STYLES=&SRS=EPSG:${SRID}&BBOX={x},{y},{X},{Y}` +
  `&WIDTH=${px}&HEIGHT=${px}&FORMAT=image/png`;
const getFeature = (type: string): string =>
  `?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeature&TYPENAMES=${type}&COUNT=1000` +
  `&BBOX={y},{x},{Y},{X},urn:ogc:def:crs:EPSG::${SRID}`;

function map(title: string, px: number, sideM: number, labelled: boolean): Trial {
  return {
    title,
    sideM,
    contentType: 'image/png',
    // Ours writes labels where the layer's scale range says so, MapServer where the layer is asked for with them.
    ours: { path: '/wms', query: getMap('parcels', px) },
    theirs: getMap(labelled ? 'parcels_labels' : 'parcels', px),
  };
}

/** Metres of a picture in which a parcel number is written, and in which none is (scale of the label). */
const TRIALS: readonly Trial[] = [
  map('GetMap 256 px, 600 m', 256, 600, false),
  map('GetMap 1024 px, 600 m', 1024, 600, false),
  map('GetMap 1024 px, 1600 m', 1024, 1600, false),
  map('GetMap 1024 px, 280 m, with numbers', 1024, 280, true),
  {
    title: 'GetFeature 1000 features, GML 3.2',
    sideM: 1300,
    contentType: 'xml',
    ours: { path: '/wfs', query: getFeature('parcels') },
    theirs: getFeature('ms:parcels'),
  },
];

async function compare(service: Service, peer: MapServer | undefined, extent: Box): Promise<void> {
  say(`| what | Blizniak req/s (p95 ms, kB) | MapServer req/s (p95 ms, kB) | ratio |\n|---|---|---|---|`);
  for (const trial of TRIALS) {
    const ours: LoadFigures[] = [];
    const theirs: LoadFigures[] = [];
    const load = {
      extent,
      connections: CONNECTIONS,
      seconds: SECONDS,
      sideM: trial.sideM,
      contentType: trial.contentType,
    };
    for (let round = 0; round < ROUNDS; round++) {
      const { path, query } = trial.ours;
      ours.push(await loadBoxes({ ...load, url: `${service.url}${path}`, query }));
      if (peer && trial.theirs) theirs.push(await loadBoxes({ ...load, url: peer.url, query: trial.theirs }));
    }
    const [we, they] = [middle(ours), middle(theirs)];
    const ratio = we && they ? (we.perS / they.perS).toFixed(2) : '–';
    say(`| ${trial.title} | ${shown(we)} | ${shown(they)} | ${ratio} |`);
  }
}

/** The run in the middle by speed. */
const middle = (figures: readonly LoadFigures[]): LoadFigures | undefined =>
  figures.toSorted((a, b) => a.perS - b.perS)[Math.floor(figures.length / 2)];

const shown = (figures: LoadFigures | undefined): string =>
  figures ? `${figures.perS.toFixed(0)} (${figures.p95Ms.toFixed(1)}, ${figures.kbEach.toFixed(0)})` : '–';

/** Vector tiles over the city at one level: first not made yet, then kept. */
async function benchTiles(service: Service, extent: Box): Promise<void> {
  const level = 11;
  const tileM = 819_200 / 2 ** level;
  const [minE, minN, maxE, maxN] = extent;
  const tiles: string[] = [];
  for (let x = Math.floor((minE - 6_100_000) / tileM); x * tileM + 6_100_000 < maxE; x++) {
    for (let y = Math.floor((6_219_200 - maxN) / tileM); 6_219_200 - y * tileM > minN; y++) {
      for (const layer of ['parcels', 'buildings']) {
        tiles.push(`${service.url}/tiles/vector/${layer}/${level}/${x}/${y}.mvt?tms=EPSG2177`);
      }
    }
  }
  for (const state of ['not made yet', 'kept']) {
    const began = performance.now();
    let next = 0;
    let bytes = 0;
    const times: number[] = [];
    const work = async () => {
      for (let url = tiles[next++]; url !== undefined; url = tiles[next++]) {
        const start = performance.now();
        const reply = await fetch(url);
        if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
        bytes += (await reply.arrayBuffer()).byteLength;
        times.push(performance.now() - start);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
    const perS = (tiles.length * 1000) / (performance.now() - began);
    const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
    say(
      `vector tiles, level ${level} (${tileM} m), ${state}: ${perS.toFixed(0)} tiles/s, p95 ${p95.toFixed(1)} ms, ` +
        `${(bytes / tiles.length / 1000).toFixed(1)} kB each (${tiles.length} tiles)`,
    );
  }
}

async function extentOf(service: Service): Promise<Box> {
  const reply = (await (await fetch(`${service.url}/api/layers`)).json()) as LayersReply;
  const [minE, minN, maxE, maxN] = reply.city.extent ?? [];
  if (minE === undefined || minN === undefined || maxE === undefined || maxN === undefined) {
    throw new Error('The database holds nothing of a city');
  }
  // The middle half: a town is round, its box is not, and boxes of nothing measure nothing.
  const [quarterE, quarterN] = [(maxE - minE) / 4, (maxN - minN) / 4];
  if (SIZE === 'district') return [minE, minN, maxE, maxN];
  return [minE + quarterE, minN + quarterN, maxE - quarterE, maxN - quarterN];
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'blizniak-bench-'));
  const given = process.env['DATABASE_URL'];
  const cluster = given
    ? undefined
    : await openLocalCluster({
        dataDir: folder,
        log: { info: () => {}, warn: () => {} },
        progress: () => {},
        path: process.env['PATH'],
      });
  const databaseUrl = given ?? cluster?.url ?? '';
  let service: Service | undefined;
  let peer: MapServer | undefined;
  try {
    const demo = runBlizniak(['demo', '--size', SIZE], {
      env: { DATABASE_URL: databaseUrl, DATA_DIR: folder },
    });
    if ((await demo.ended) !== 0) throw new Error(demo.output());
    say(demo.stdout().trim());
    service = await startService({
      env: { DATABASE_URL: databaseUrl, DATA_DIR: folder, LOG_LEVEL: 'error' },
    });
    const extent = await extentOf(service);
    if (hasMapServer()) {
      peer = startMapServer({
        folder: join(folder, 'mapserver'),
        port: await freePort(),
        databaseUrl,
        layer: PARCELS,
        srid: SRID,
        extent,
        pngLevel: Number(process.env['PNG_LEVEL'] ?? 6),
      });
    } else {
      say(`MapServer is not here: apt-get install -y --no-install-recommends ${MAPSERVER_PACKAGES}`);
    }
    say(
      `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}; ` +
        `${CONNECTIONS} connections, ${ROUNDS} × ${SECONDS} s each, the middle one\n`,
    );
    await compare(service, peer, extent);
    say('');
    await benchTiles(service, extent);
  } finally {
    peer?.stop();
    if (service) await stopService(service);
    await cluster?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
