/** Maps on paper, measured in the file that poppler reads: the scale, places of the city, letters. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool, type Pool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { tool } from './outside-tools.ts';

const LAYERS =
  'parcels,buildings,boundary_points,control_points,roads,water,trees,utility_lines,utility_devices';
const MM_PER_PT = 25.4 / 72;
/** Lines on paper may be so far from where they belong. */
const TOLERANCE_MM = 0.1;

let service: WholeService;
let pool: Pool;
let folder: string;
let middle: { readonly e: number; readonly n: number };
beforeAll(async () => {
  service = await startWholeService();
  pool = openPool({ databaseUrl: service.databaseUrl, maxConnections: 1, statementTimeoutMs: 60_000 });
  folder = mkdtempSync(join(tmpdir(), 'blizniak-map-'));
  const [row] = await pool.read<{ e: number; n: number }>(
    sql`select round(ST_X(c)) as e, round(ST_Y(c)) as n
      from (select ST_Centroid(geom) as c from city.parcel where id = '306401_1.0021.AR_10.161' and valid_to is null) p`,
  );
  middle = { e: row?.e ?? 0, n: row?.n ?? 0 };
}, 300_000);
afterAll(async () => {
  await pool.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

async function mapOf(reachM: number, more: string): Promise<string> {
  const box = [middle.e - reachM, middle.n - reachM, middle.e + reachM, middle.n + reachM].join(',');
  const response = await fetch(
    `${service.url}/api/download?bbox=${box}&layers=${LAYERS}&formats=pdf&${more}`,
  );
  if (response.status !== 200) throw new Error(await response.text());
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  const name = Object.keys(files).find((each) => each.endsWith('.pdf')) ?? '';
  const path = join(folder, `${reachM}-${more.replace(/\W/g, '')}.pdf`);
  writeFileSync(path, files[name] ?? '');
  return path;
}

interface OnPaper {
  readonly x: number;
  readonly y: number;
}

/** Runs of straight lines that poppler finds on a page: millimetres from the upper left corner. */
async function linesOf(path: string, page = 1): Promise<readonly (readonly OnPaper[])[]> {
  const svg = await tool('pdftocairo', ['-svg', '-f', String(page), '-l', String(page), path, '-']);
  return [...svg.matchAll(/<path [^>]*>/g)].flatMap(([element]) => {
    const [, d = ''] = / d="([^"]*)"/.exec(element) ?? [];
    const [, matrix = '1,0,0,1,0,0'] = /transform="matrix\(([^)]*)\)"/.exec(element) ?? [];
    const [a = 1, b = 0, c = 0, e = 1, f = 0, g = 0] = matrix.split(/[ ,]+/).map(Number);
    return d.split('M').map((run) =>
      [...run.matchAll(/([-\d.]+) ([-\d.]+)/g)].map(([, x, y]) => ({
        x: (a * Number(x) + c * Number(y) + f) * MM_PER_PT,
        y: (b * Number(x) + e * Number(y) + g) * MM_PER_PT,
      })),
    );
  });
}

const isNear = (a: number, b: number) => Math.abs(a - b) < TOLERANCE_MM;

/** Middles of crosses of the grid: a level and an upright line of 6 mm about one place. */
function crossesOf(lines: readonly (readonly OnPaper[])[]): readonly OnPaper[] {
  const strokes = lines.flatMap(([from, to, more]) =>
    from && to && !more
      ? [
          {
            x: (from.x + to.x) / 2,
            y: (from.y + to.y) / 2,
            dx: Math.abs(to.x - from.x),
            dy: Math.abs(to.y - from.y),
          },
        ]
      : [],
  );
  return strokes
    .filter(({ dx, dy }) => isNear(dx, 6) && dy < 0.01)
    .filter(({ x, y }) =>
      strokes.some((each) => isNear(each.dy, 6) && isNear(each.x, x) && isNear(each.y, y)),
    );
}

/** Eastings and northings that are written at the grid: their middles, mm. */
async function gridTexts(path: string) {
  const words = await tool('pdftotext', ['-bbox', '-f', '1', '-l', '1', path, '-']);
  return [...words.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(\d{7})</g)].map(
    ([, x1, y1, x2, y2, value]) => ({
      value: Number(value),
      x: ((Number(x1) + Number(x2)) / 2) * MM_PER_PT,
      y: ((Number(y1) + Number(y2)) / 2) * MM_PER_PT,
    }),
  );
}

describe('a map on paper', () => {
  it.each([
    [500, 60],
    [1000, 120],
  ])('at 1:%i shows grid and parcels where they are, to a tenth of a millimetre', async (scale, reachM) => {
    const path = await mapOf(reachM, `scale=${scale}`);
    const lines = await linesOf(path);
    const crosses = crossesOf(lines);
    const [first] = crosses;
    expect(crosses.length).toBeGreaterThan(1);
    for (const { x, y } of crosses) {
      for (const away of [x - (first?.x ?? 0), y - (first?.y ?? 0)]) {
        expect(Math.abs(away - Math.round(away / 100) * 100)).toBeLessThan(TOLERANCE_MM);
      }
    }
    // Which place of the city a cross is, as it is written at the edge.
    const texts = await gridTexts(path);
    const easting = texts.find(
      ({ value, x }) => value > 6_000_000 && Math.abs(x - (first?.x ?? 0)) < 0.5,
    )?.value;
    const northing = texts.find(
      ({ value, y }) => value < 6_000_000 && Math.abs(y - (first?.y ?? 0)) < 1.5,
    )?.value;
    expect([easting, northing]).toEqual([expect.any(Number), expect.any(Number)]);
    const corners = await pool.read<{ e: number; n: number }>(
      sql`select ST_X(geom) as e, ST_Y(geom) as n from (select (ST_DumpPoints(geom)).geom from city.parcel
        where valid_to is null and geom && ST_Expand(ST_SetSRID(ST_MakePoint(${middle.e}::float8, ${middle.n}::float8), 2177), ${reachM / 3})) p`,
    );
    const inside = corners.filter(({ e, n }) => Math.hypot(e - middle.e, n - middle.n) < reachM);
    expect(inside.length).toBeGreaterThan(10);
    const vertices = lines.flat();
    for (const { e, n } of inside) {
      const x = (first?.x ?? 0) + ((e - (easting ?? 0)) * 1_000) / scale;
      const y = (first?.y ?? 0) - ((n - (northing ?? 0)) * 1_000) / scale;
      expect(vertices.some((each) => Math.hypot(each.x - x, each.y - y) < TOLERANCE_MM)).toBe(true);
    }
  });

  it('has Polish letters in fonts of its own, its stamp, and sheets with an index where it is large', async () => {
    const path = await mapOf(150, 'scale=500&paper=A3&title=Zażółć%20gęślą%20jaźń');
    const text = await tool('pdftotext', ['-layout', path, '-']);
    for (const words of [
      'Zażółć gęślą jaźń',
      'Skala 1:500',
      'PL-2000 strefa 6 (EPSG:2177)',
      'PL-EVRF2007-NH',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toContain('Skorowidz arkuszy');
    expect(text).toMatch(/DANE SYNTETYCZNE.*nie jest mapą do celów projektowych/s);
    expect(text).toMatch(/Działki ewidencyjne/);
    const info = await tool('pdfinfo', [path]);
    expect(Number(/Pages: +(\d+)/.exec(info)?.[1])).toBeGreaterThan(2);
    const [, , ...fonts] = (await tool('pdffonts', [path])).trim().split('\n');
    for (const font of fonts) expect(font).toMatch(/SourceSans3.* yes yes yes /);
  });

  it('is refused where it would be a book, or not in metres, with what would do', async () => {
    const ask = (query: string) => fetch(`${service.url}/api/download?layers=parcels&formats=pdf&${query}`);
    const large = await ask(`place=${middle.e},${middle.n}&radiusM=5000&scale=500&paper=A4`);
    expect([large.status, await large.text()]).toEqual([413, expect.stringContaining('a larger paper')]);
    const city = await ask('city=true');
    expect([city.status, await city.text()]).toEqual([400, expect.stringContaining('a part of the city')]);
  });
});
