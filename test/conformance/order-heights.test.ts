/** Packages in PL-KRON86-NH beside the same in PL-EVRF2007-NH, re-read and compared by GDAL, ezdxf and PROJ. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HeightSystem } from '../../core/geo/height-systems.ts';
import type { OrderManifest } from '../../core/order/order-manifest.ts';
import type { OrderOffer } from '../../core/wire/order.ts';
import { openPool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { tool } from './outside-tools.ts';
import { readParquetRows } from './read-parquet.ts';

const LAYERS = ['buildings_3d', 'utility_lines', 'utility_elevations', 'control_points', 'parcels'];
const FORMATS = [
  ...['geojson', 'gpkg', 'csv', 'gml', 'fgb', 'parquet', 'dxf', 'txt'],
  ...['citygml', 'cityjson', 'glb', 'ifc', 'dtm-asc', 'dtm-tif', 'dtm-landxml', 'gml2021', 'pdf'],
];
const SYSTEMS = ['PL-EVRF2007-NH', 'PL-KRON86-NH'] as const satisfies readonly HeightSystem[];
const GRIDS = sharedData('terrain', 'geoid');

interface Compared {
  /** Of each file and layer: how many heights were compared, and the largest difference from PROJ, m. */
  readonly [file: string]: { readonly heights: number; readonly worstM: number };
}

describeWithSharedData('orders in PL-KRON86-NH', () => {
  let service: WholeService;
  let folder: string;
  const packages = new Map<HeightSystem, Record<string, Uint8Array>>();
  const textOf = (name: string, system: HeightSystem = 'PL-KRON86-NH'): string =>
    new TextDecoder('latin1').decode(packages.get(system)?.[name.replace('*', system)]);
  const manifestOf = (system: HeightSystem): OrderManifest =>
    JSON.parse(new TextDecoder().decode(packages.get(system)?.['manifest.json']));

  beforeAll(async () => {
    service = await startWholeService({ HEIGHT_GRIDS: GRIDS });
    folder = mkdtempSync(join(tmpdir(), 'blizniak-heights-'));
    const pool = openPool({
      databaseUrl: service.databaseUrl,
      maxConnections: 1,
      statementTimeoutMs: 60_000,
    });
    const [middle] = await pool.read<{ x: number; y: number }>(
      sql`select ST_X(geom) as x, ST_Y(geom) as y from city.control_point where valid_to is null order by id limit 1`,
    );
    await pool.close();
    const { x = 0, y = 0 } = middle ?? {};
    for (const system of SYSTEMS) {
      const asked = `bbox=${x - 150},${y - 150},${x + 150},${y + 150}&layers=${LAYERS.join(',')}&formats=${FORMATS.join(',')}&profile=office&heights=${system}`;
      const response = await fetch(`${service.url}/api/download?${asked}`, { headers: service.staff });
      if (response.status !== 200) throw new Error(await response.text());
      const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
      packages.set(system, files);
      for (const [name, bytes] of Object.entries(files)) {
        const path = join(folder, system, name.replace(`_${system}`, ''));
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, bytes);
      }
    }
  }, 300_000);
  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true });
  });

  it('differ from those of the twin by what PROJ says at each place, to a millimetre', async () => {
    const script = join(import.meta.dirname, 'compare-heights.py');
    const folders = SYSTEMS.map((system) => join(folder, system));
    const compared: Compared = JSON.parse(await tool('/usr/bin/python3', [script, GRIDS, ...folders]));
    const files = ['geojson', 'gpkg', 'csv', 'gml', 'fgb'].flatMap((format) =>
      ['buildings_3d', 'utility_lines', 'utility_elevations'].map((layer) => `${format} ${layer}`),
    );
    expect(Object.keys(compared).toSorted()).toEqual([...files, 'dxf', 'dtm-asc'].toSorted());
    for (const [file, { heights, worstM }] of Object.entries(compared)) {
      expect(heights, file).toBeGreaterThan(10);
      // Both files are written to the millimetre.
      expect(worstM, file).toBeLessThanOrEqual(0.001_001);
    }
  });

  it('say their system in every name and inside the files, by its number where there is one', async () => {
    const { order, files, layers } = manifestOf('PL-KRON86-NH');
    expect(order.heights).toBe('PL-KRON86-NH');
    expect(layers.map(({ heights }) => heights)).toEqual(LAYERS.map(() => 'PL-KRON86-NH'));
    expect(files.filter(({ name }) => name.includes('EVRF2007'))).toEqual([]);
    expect(files.filter(({ srid, heights }) => srid && heights !== 'PL-KRON86-NH')).toEqual([]);
    expect(textOf('citygml/buildings_3d_EPSG2177_*.gml')).toContain('PL-KRON86-NH (EPSG:9650)');
    expect(textOf('cityjson/buildings_3d_EPSG2177_*.city.json')).toContain('PL-KRON86-NH (EPSG:9650)');
    expect(textOf('glb/buildings_3d_EPSG2177_*.glb')).toContain('PL-KRON86-NH (EPSG:9650)');
    expect(textOf('ifc/buildings_3d_EPSG2177_*.ifc')).toMatch(/IFCPROJECTEDCRS\([^;]*'PL-KRON86-NH'/);
    const landXml = Object.keys(packages.get('PL-KRON86-NH') ?? {}).find((name) => name.endsWith('.xml'));
    expect(textOf(landXml ?? '')).toContain('verticalDatum="PL-KRON86-NH"');
    expect(textOf('metadata/buildings_3d.xml')).not.toContain('EVRF2007');
    const tif = Object.keys(packages.get('PL-KRON86-NH') ?? {}).find((name) => name.endsWith('.tif')) ?? '';
    const path = join(folder, 'PL-KRON86-NH', tif.replace('_PL-KRON86-NH', ''));
    expect(await tool('gdalinfo', [path])).toContain('ID["EPSG",9650]');
    const parquet = packages.get('PL-KRON86-NH')?.['parquet/buildings_3d_EPSG2177_PL-KRON86-NH.parquet'];
    const { crs } = JSON.parse(readParquetRows(parquet ?? new Uint8Array()).metadata.get('geo') ?? '{}')
      .columns.geometry;
    expect(crs.components[1]).toMatchObject({ name: 'Baltic 1986 height', id: { code: 9650 } });
  });

  it('leave control points in their own system and say so, with the law', () => {
    const rows = (system: HeightSystem): string => textOf('csv/control_points_EPSG2177_*.csv', system);
    expect(rows('PL-KRON86-NH')).toBe(rows('PL-EVRF2007-NH'));
    const readme = new TextDecoder().decode(packages.get('PL-KRON86-NH')?.['readme.txt']);
    expect(readme).toContain('control_points.height_m');
    expect(readme).toContain('31 grudnia 2023');
    expect(readme).toContain('31 December 2023');
  });

  it('leave out what cannot be converted, with the reason', () => {
    const left = (system: HeightSystem) =>
      manifestOf(system)
        .skipped.filter(({ reason }) => reason.en.includes('PL-EVRF2007-NH'))
        .map(({ layer, format }) => `${format} ${layer}`)
        .toSorted();
    expect(left('PL-EVRF2007-NH')).toEqual([]);
    expect(left('PL-KRON86-NH')).toEqual(
      [...LAYERS.map((layer) => `gml2021 ${layer}`), 'pdf utility_elevations'].toSorted(),
    );
  });

  it('are offered, and are another package than the same in the system of the twin', async () => {
    const offer = (await (await fetch(`${service.url}/api/orders/profiles`)).json()) as OrderOffer;
    expect(offer.heights).toEqual(SYSTEMS);
    const [twin, old] = await Promise.all(
      SYSTEMS.map(async (heights) => {
        const response = await fetch(
          `${service.url}/api/download?city=true&layers=utility_elevations&formats=csv&heights=${heights}`,
        );
        await response.body?.cancel();
        return response.headers.get('etag');
      }),
    );
    expect(twin).not.toBe(old);
  });

  it('are refused where the grids do not reach', async () => {
    const ring = [
      [13.2, 52.4],
      [13.3, 52.4],
      [13.3, 52.5],
      [13.2, 52.4],
    ];
    const response = await fetch(`${service.url}/api/orders/estimate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        area: { kind: 'polygon', geometry: { type: 'Polygon', coordinates: [ring] }, srid: 4326 },
        ...{ layers: ['parcels'], formats: ['csv'], srid: 2176, heights: 'PL-KRON86-NH' },
      }),
    });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('do not reach')]);
  });
});
