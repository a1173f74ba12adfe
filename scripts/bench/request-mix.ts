/**
 * The mix of requests that a city has, on a service that runs and holds a demo city: 60 % cached tiles (vector, 3D, terrain), 15 %
 * pictures that are asked for again, 10 % new pictures of 256 pixels, and 5 % each of small feature pages, sensor readings,
 * checks with search. `BASE_URL=… CONNECTIONS=500 PER_S=420 SECONDS_EACH=180 npm run bench:mix`. Every answer must be
 * 200, 204 or 304.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LayersReply } from '../../core/wire/city.ts';
import { runScript } from './wrk.ts';

const BASE_URL = process.env['BASE_URL'] ?? 'http://127.0.0.1:8080';
const CONNECTIONS = Number(process.env['CONNECTIONS'] ?? 500);
const PER_S = Number(process.env['PER_S'] ?? 420);
const SECONDS = Number(process.env['SECONDS_EACH'] ?? 180);
const TILE_LEVEL = 11;
const TILE_M = 819_200 / 2 ** TILE_LEVEL;

const ask = async (path: string): Promise<unknown> => {
  const reply = await fetch(`${BASE_URL}${path}`);
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
};

/** A square in the inner part of the city, metres. */
function squares(
  count: number,
  sideM: number,
  [minE, minN, maxE, maxN]: readonly number[],
): readonly number[][] {
  const [east = 0, north = 0] = [((minE ?? 0) + (maxE ?? 0)) / 2, ((minN ?? 0) + (maxN ?? 0)) / 2];
  return Array.from({ length: count }, (_, index) => {
    const angle = index * 2.4;
    const away = 100 * Math.sqrt(index);
    const [x, y] = [Math.round(east + away * Math.cos(angle)), Math.round(north + away * Math.sin(angle))];
    return [x, y, x + sideM, y + sideM];
  });
}

const getMap = (layers: string, box: string, px: number): string =>
  `/wms?SERVICE=WMS&VERSION=1.1.1&REQUEST=GetMap&LAYERS=${layers}&STYLES=&SRS=EPSG:2177&BBOX=${box}&WIDTH=${px}&HEIGHT=${px}&FORMAT=image/png`;

async function addresses(): Promise<readonly string[]> {
  const { city } = (await ask('/api/layers')) as LayersReply;
  const extent = city.extent ?? [];
  const lines: string[] = [];
  const add = (kind: string, share: number, paths: readonly string[]) => {
    for (const path of paths) lines.push(`${kind} ${share} ${path}`);
  };
  add(
    'vector',
    40,
    squares(200, TILE_M, extent).flatMap(([x = 0, y = 0]) => {
      const [column, row] = [Math.floor((x - 6_100_000) / TILE_M), Math.floor((6_219_200 - y) / TILE_M)];
      return ['parcels', 'buildings'].map(
        (layer) => `/tiles/vector/${layer}/${TILE_LEVEL}/${column}/${row}.mvt?tms=EPSG2177`,
      );
    }),
  );
  add(
    'solid',
    15,
    squares(100, TILE_M, extent).map(([x = 0, y = 0]) => {
      const [column, row] = [Math.floor((x - 6_100_000) / TILE_M), Math.floor((6_219_200 - y) / TILE_M)];
      return `/tiles/3d/buildings/6-${column >> 5}-${row >> 5}/5/${column & 31}/${31 - (row & 31)}.glb`;
    }),
  );
  const { available } = (await ask('/tiles/terrain/layer.json')) as {
    available: readonly (readonly { startX: number; startY: number }[])[];
  };
  add(
    'terrain',
    5,
    available.flatMap((tiles, z) =>
      tiles.slice(0, 2).map(({ startX, startY }) => `/tiles/terrain/${z}/${startX}/${startY}.terrain`),
    ),
  );
  add(
    'warm',
    15,
    squares(40, 600, extent).map((box) => getMap('parcels,buildings', box.join(), 512)),
  );
  add(
    'new',
    10,
    squares(400, 600, extent).map(([x, y, X, Y]) => getMap('parcels', `${x}.{r},${y},${X}.{r},${Y}`, 256)),
  );
  const boxes = squares(100, 200, extent);
  add('features', 5, [
    ...boxes.map(
      ([x, y, X, Y]) =>
        `/wfs?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeature&TYPENAMES=parcels&COUNT=100&BBOX=${y},${x},${Y},${X},urn:ogc:def:crs:EPSG::2177`,
    ),
    ...boxes.map((box) =>
      `/ogc/collections/buildings/items?limit=100&bbox=${box.join()}&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/2177`.replace(
        /bbox=([\d.]+),([\d.]+),([\d.]+),([\d.]+)/,
        'bbox=$2,$1,$4,$3',
      ),
    ),
  ]);
  add('sensors', 5, [
    '/sta/v1.1/Datastreams?$top=20',
    '/sta/v1.1/Things?$expand=Locations&$top=20',
    '/sta/v1.1/Datastreams(1)/Observations?$top=50&$orderby=phenomenonTime%20desc',
  ]);
  const { features } = (await ask('/ogc/collections/parcels/items?limit=50')) as {
    features: readonly { id: string }[];
  };
  add('checks', 5, [
    ...features.map(({ id }) => `/api/parcels/${encodeURIComponent(id)}/check`),
    ...features.map(({ id }) => `/api/search?q=${encodeURIComponent(id)}`),
  ]);
  return lines;
}

const folder = mkdtempSync(join(tmpdir(), 'blizniak-mix-'));
try {
  const file = join(folder, 'addresses');
  const lines = await addresses();
  writeFileSync(file, `${lines.join('\n')}\n`);
  for (const line of lines) {
    // What is cached is cached: every fixed address is asked for once.
    if (!line.includes('{r}'))
      await fetch(`${BASE_URL}${line.split(' ').slice(2).join(' ')}`).then((reply) => reply.arrayBuffer());
  }
  process.stdout.write(
    `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}; ${CONNECTIONS} connections, ${PER_S}/s wanted, ${SECONDS} s\n`,
  );
  const pauseMs = (1000 * CONNECTIONS) / PER_S;
  const figures = await runScript('request-mix.lua', BASE_URL, CONNECTIONS, SECONDS, [
    file,
    String(Math.round(pauseMs)),
  ]);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
