/** What the twin hands out in columns of its own, it takes back by the mapping that it proposes: the same to the last digit. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFile } from '../../server/exchange/load-file.ts';
import { proposeFor } from '../../server/exchange/sketch-tables.ts';
import { openPool, type Pool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';

/** Each kind of geometry; codes, days, moments, long texts, names that a Shapefile cuts. */
const LAYERS = 'parcels buildings utility_lines roads trees plan_zones control_points'.split(' ');
const FORMATS = ['geojson', 'gpkg', 'shp', 'fgb', 'csv'] as const;

let service: WholeService;
let pool: Pool;
let folder: string;
const files: string[] = [];
beforeAll(async () => {
  service = await startWholeService();
  pool = openPool({ databaseUrl: service.databaseUrl, maxConnections: 2, statementTimeoutMs: 60_000 });
  folder = mkdtempSync(join(tmpdir(), 'blizniak-round-trip-'));
  const [middle] = await pool.read<{ x: number; y: number }>(
    sql`select ST_X(geom) as x, ST_Y(geom) as y from city.control_point where valid_to is null order by id limit 1`,
  );
  const { x = 0, y = 0 } = middle ?? {};
  const asked = `bbox=${[x - 150, y - 150, x + 150, y + 150]}&layers=${LAYERS}&formats=${FORMATS}&profile=office`;
  const response = await fetch(`${service.url}/api/download?${asked}`, { headers: service.staff });
  if (response.status !== 200) throw new Error(await response.text());
  for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer())))) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    files.push(path);
  }
}, 300_000);
afterAll(async () => {
  await pool.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

describe.each(FORMATS)('layers as %s', (format) => {
  it('come back by the proposed mapping as the objects that stand there', async () => {
    const came: Record<string, object> = {};
    for (const layer of LAYERS) {
      const named = format === 'gpkg' ? 'city' : layer;
      const path = files.find(
        (each) => each.endsWith(`.${format}`) && each.includes(`/${named}_EPSG2177_`),
      ) as string;
      const signal = new AbortController().signal;
      const source = format === 'gpkg' ? layer : undefined;
      const { mapping } = await proposeFor({ path, crs: undefined, signal }, layer, source);
      const report = await loadFile({ pool, path, mapping: JSON.stringify(mapping), dryRun: true });
      const { read, unchanged, crs, refused } = report;
      came[layer] = { hasAny: read > 0, others: read - unchanged, crs, refused };
    }
    const same = { hasAny: true, others: 0, crs: 'EPSG:2177', refused: false };
    expect(came).toEqual(Object.fromEntries(LAYERS.map((layer) => [layer, same])));
  }, 120_000);
});
