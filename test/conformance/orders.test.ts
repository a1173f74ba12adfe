/** Packages of orders: every format in every kind of CRS, re-read by programs that nobody here wrote. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import type { RegisterReport } from '../../core/formats/register-gml/register-tally.ts';
import { STATE_REGISTERS } from '../../core/formats/register-gml/registers.ts';
import type { OrderManifest } from '../../core/order/order-manifest.ts';
import { styleRules } from '../../core/style/style-rules.ts';
import type { DataOrder, OrderEstimate } from '../../core/wire/order.ts';
import { openPool, type Pool } from '../../server/store/pool.ts';
import { sql, trusted } from '../../server/store/sql.ts';
import { sharedData } from '../support/shared-data.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { askQgis, HAS_QGIS, QGIS_NOTE } from './outside-qgis.ts';
import { metadataFaultless, tool } from './outside-tools.ts';
import { readParquetRows } from './read-parquet.ts';

/** A layer of each kind of geometry, its table, and attributes that are compared: text of letters, numbers. */
const LAYERS = {
  parcels: { table: 'city.parcel', columns: ['parcel_number', 'registered_area_ha', 'land_use'] },
  utility_lines: { table: 'city.utility_line', columns: ['network', 'diameter_mm', 'start_height_m'] },
  roads: { table: 'city.road', columns: ['name', 'lanes'] },
  control_points: { table: 'city.control_point', columns: ['point_number', 'height_m'] },
  buildings_3d: { table: 'city.building_3d', columns: [] },
} as const;
type LayerName = keyof typeof LAYERS;
const NAMES = Object.keys(LAYERS) as LayerName[];
const READ_BY_GDAL = ['gml', 'gpkg', 'shp', 'geojson', 'fgb', 'csv', 'kml'] as const;
/** Debian's GDAL has no driver for Parquet: Arrow reads it, GDAL what stands in its fields. */
const READ = [...READ_BY_GDAL, 'parquet'] as const;

const COUNT_BY_GDAL = `
import json, sys
from osgeo import ogr
ogr.UseExceptions()
source = ogr.Open(sys.argv[1])
print(json.dumps({layer.GetName(): layer.GetFeatureCount() for layer in source}))`;

let service: WholeService;
let pool: Pool;
let folder: string;
let box: readonly number[];
beforeAll(async () => {
  service = await startWholeService();
  pool = openPool({ databaseUrl: service.databaseUrl, maxConnections: 2, statementTimeoutMs: 60_000 });
  folder = mkdtempSync(join(tmpdir(), 'blizniak-order-'));
  const [middle] = await pool.read<{ x: number; y: number }>(
    sql`select ST_X(geom) as x, ST_Y(geom) as y from city.control_point where valid_to is null order by id limit 1`,
  );
  const { x = 0, y = 0 } = middle ?? {};
  box = [x - 150, y - 150, x + 150, y + 150];
}, 300_000);
afterAll(async () => {
  await pool.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

async function ordered(
  more: string,
): Promise<{ readonly files: Record<string, Uint8Array>; readonly manifest: OrderManifest }> {
  const response = await fetch(
    `${service.url}/api/download?bbox=${box.join(',')}&layers=${NAMES.join(',')}&profile=office&${more}`,
    // Who is told all that the tables hold, critical detail of networks too.
    { headers: service.staff },
  );
  if (response.status !== 200) throw new Error(await response.text());
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  return { files, manifest: JSON.parse(new TextDecoder().decode(files['manifest.json'])) };
}

/** What the formats wrote, without the styles and the metadata of the layers. */
const dataFiles = ({ files }: OrderManifest): readonly string[] =>
  files.map(({ name }) => name).filter((name) => !/^(styles|metadata)\//.test(name));

/** Objects of the table that meet the box, whole or cut, in EPSG:2177. */
async function objectsOf(name: LayerName, isCut: boolean) {
  const { table, columns } = LAYERS[name];
  const area = sql`ST_MakeEnvelope(${box[0]}::float8, ${box[1]}::float8, ${box[2]}::float8, ${box[3]}::float8, 2177)`;
  const is3d = name === 'buildings_3d';
  const shape = isCut && !is3d ? sql`ST_Intersection(geom, ${area})` : sql`geom`;
  const meets = is3d ? sql`ST_Distance(geom, ${area}) = 0` : sql`ST_Intersects(geom, ${area})`;
  const rows = await pool.read<{ id: string; geometry: string } & Record<string, unknown>>(
    sql`select id, ST_AsGeoJSON(${shape}, 12) as geometry ${trusted(columns.map((each) => `, ${each}`).join(''))}
      from ${trusted(table)} where valid_to is null and ${meets}`,
  );
  return rows.map(({ id, geometry, ...values }) => ({ id, geometry: JSON.parse(geometry), values }));
}

const parquetText = (bytes: Uint8Array): string => {
  const { metadata, rows } = readParquetRows(bytes);
  const text = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
  return JSON.stringify({ geo: JSON.parse(metadata.get('geo') ?? ''), rows }, text);
};

async function faultsOf(srid: number, cut: 'whole' | 'clip'): Promise<string> {
  const { files, manifest } = await ordered(`formats=${READ.join(',')}&crs=${srid}&cut=${cut}`);
  const into = join(folder, `${srid}-${cut}`);
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(into, name)), { recursive: true });
    writeFileSync(join(into, name), name.endsWith('.parquet') ? parquetText(bytes) : bytes);
  }
  const read = READ.flatMap((format) =>
    NAMES.map((layer) => {
      const written = format === 'kml' ? 4326 : srid;
      const name = `${format}/${format === 'gpkg' ? 'city' : layer}_EPSG${written}_PL-EVRF2007-NH.${format}`;
      const fields = manifest.fields.filter(
        ({ file, part }) => file === name.replace(/shp$/, 'dbf') && part === 0,
      );
      return {
        ...{ format, layer, srid: written, path: join(into, name) },
        fields: Object.fromEntries(fields.map(({ property, field }) => [property, field])),
      };
    }),
  );
  const objects = Object.fromEntries(
    await Promise.all(NAMES.map(async (name) => [name, await objectsOf(name, cut === 'clip')])),
  );
  const asked = JSON.stringify({ files: read, objects });
  return tool('/usr/bin/python3', [join(import.meta.dirname, 'read-order.py')], {}, asked);
}

describe('the files of an order', () => {
  it.each([
    [2177, 'whole'],
    [2177, 'clip'],
    [2176, 'whole'],
    [2180, 'whole'],
    [4258, 'whole'],
    [4326, 'whole'],
    [3857, 'whole'],
  ] as const)(
    'in EPSG:%i, %s, are the table by GDAL: ids, attributes, positions to 1 mm',
    async (srid, cut) => {
      expect(await faultsOf(srid, cut)).toBe('');
    },
  );

  it('are listed in the manifest with their digests, and are the same bytes the next time', async () => {
    const [first, second] = [
      await ordered('formats=geojson,gpkg,txt'),
      await ordered('formats=geojson,gpkg,txt'),
    ];
    expect(first.manifest.files.map(({ name }) => name).toSorted()).toEqual(
      Object.keys(first.files)
        .filter((name) => name.includes('/'))
        .toSorted(),
    );
    for (const { name, sha256 } of first.manifest.files) {
      expect(
        createHash('sha256')
          .update(first.files[name] ?? '')
          .digest('hex'),
      ).toBe(sha256);
    }
    expect(second.files).toEqual(first.files);
    expect(
      first.manifest.skipped.find(({ layer, format }) => layer === 'parcels' && format === 'txt'),
    ).toBeDefined();
  });

  it('are bodies of buildings in formats of their own, and say which layers those leave out', async () => {
    const formats = ['citygml', 'cityjson', 'glb', 'ifc'];
    const { files, manifest } = await ordered(`formats=${formats.join(',')}&crs=2180`);
    const name = 'buildings_3d_EPSG2180_PL-EVRF2007-NH';
    const endings = ['citygml/*.gml', 'cityjson/*.city.json', 'glb/*.glb', 'ifc/*.ifc'];
    expect(dataFiles(manifest)).toEqual(endings.map((each) => each.replace('*', name)));
    const { CityObjects } = JSON.parse(Buffer.from(files[`cityjson/${name}.city.json`] ?? '').toString());
    const buildings = await objectsOf('buildings_3d', false);
    expect(Object.keys(CityObjects).toSorted()).toEqual(buildings.map(({ id }) => id).toSorted());
    expect(manifest.skipped.map(({ layer, format }) => `${layer} ${format}`).toSorted()).toEqual(
      NAMES.filter((each) => each !== 'buildings_3d')
        .flatMap((layer) => formats.map((format) => `${layer} ${format}`))
        .toSorted(),
    );
  });

  it('are the ground of the area in the CRS that was asked for, its step and heights in the name', async () => {
    const { files, manifest } = await ordered('formats=dtm-tif,dtm-asc&crs=2180&cut=clip');
    const names = dataFiles(manifest);
    expect(names.map((name) => name.replace(/step[0-9]+m/, 'step'))).toEqual([
      'dtm-tif/terrain_step_EPSG2180_PL-EVRF2007-NH.tif',
      'dtm-asc/terrain_step_EPSG2180_PL-EVRF2007-NH.asc',
      'dtm-asc/terrain_step_EPSG2180_PL-EVRF2007-NH.note.txt',
      'dtm-asc/terrain_step_EPSG2180_PL-EVRF2007-NH.prj',
    ]);
    const path = join(folder, 'terrain.tif');
    writeFileSync(path, files[names[0] ?? ''] ?? '');
    const info = JSON.parse(await tool('gdalinfo', ['-json', '-stats', path]));
    expect(info.coordinateSystem.wkt).toContain('"EPSG",2180');
    expect(info.bands[0].minimum).toBeGreaterThan(0);
  });

  it('are valid GML 3.2.1 by the schema beside them', async () => {
    const { files } = await ordered('formats=gml&crs=2180');
    const into = join(folder, 'valid');
    mkdirSync(into);
    const names = Object.keys(files).filter((name) => /\.(gml|xsd)$/.test(name));
    for (const name of names) writeFileSync(join(into, name.slice(4)), files[name] ?? '');
    const documents = names.filter((name) => name.endsWith('.gml')).map((name) => join(into, name.slice(4)));
    const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
    await tool(
      'xmllint',
      ['--nonet', '--noout', '--schema', join(into, 'blizniak.xsd'), ...documents],
      catalog,
    );
    expect(documents).toHaveLength(NAMES.length);
  });

  it.skipIf(!HAS_QGIS)(
    `open drawn in QGIS, a GeoPackage by itself, Shapefiles by what lies beside${QGIS_NOTE}`,
    async () => {
      const { files } = await ordered('formats=gpkg,shp');
      const into = join(folder, 'drawn');
      for (const [name, bytes] of Object.entries(files)) {
        mkdirSync(dirname(join(into, name)), { recursive: true });
        writeFileSync(join(into, name), bytes);
      }
      const script = `
answer = {}
for name in sys.argv[2].split(','):
  sources = [sys.argv[1] + '/gpkg/city_EPSG2177_PL-EVRF2007-NH.gpkg|layername=' + name, sys.argv[1] + '/shp/' + name + '_EPSG2177_PL-EVRF2007-NH.shp']
  for source in sources:
    layer = QgsVectorLayer(source, name, 'ogr')
    renderer = layer.renderer()
    rules = renderer.rootRule().children() if renderer.type() == 'RuleRenderer' else []
    used = set(column for rule in rules if rule.filter() for column in rule.filter().referencedColumns())
    answer.setdefault(name, []).append([renderer.type(), [rule.label() for rule in rules], layer.attributeAlias(layer.fields().indexOf('id') + 1 if 'gpkg' in source else 1), sorted(used - set(layer.fields().names()))])`;
      const drawn = await askQgis<Record<string, readonly object[]>>(script, [into, NAMES.join(',')]);
      for (const name of NAMES) {
        const layer = REGISTERS.find((each) => each.name === name);
        const labels = layer && styleRules(layer).flatMap(({ title, scales }) => scales.map(() => title.pl));
        const asDeclared = ['RuleRenderer', labels, layer?.properties[0]?.label.pl, []];
        expect(drawn[name], name).toEqual([asDeclared, asDeclared]);
      }
    },
    60_000,
  );

  it('come with styles and with metadata that are valid ISO 19139, of each layer and of the package', async () => {
    const { files } = await ordered('formats=csv&crs=2180');
    const into = join(folder, 'metadata');
    mkdirSync(into);
    const names = ['package', ...NAMES];
    for (const name of names) {
      writeFileSync(join(into, `${name}.xml`), files[`metadata/${name}.xml`] ?? '');
    }
    for (const name of NAMES)
      expect(files[`styles/${name}.qml`] && files[`styles/${name}.sld`]).toBeDefined();
    await metadataFaultless(
      into,
      names.map((name) => join(into, `${name}.xml`)),
    );
    const text = new TextDecoder().decode(files['metadata/package.xml']);
    expect(text).toContain('PL-1992 (EPSG:2180)');
    expect(new TextDecoder().decode(files['readme.txt'])).toContain('PL-1992 (EPSG:2180)');
  });

  it('are the registers of the whole district, valid by the schemas of 2021, as many as GDAL reads', async () => {
    const layers = [...STATE_REGISTERS.flatMap(({ classes }) => classes.map(({ layer }) => layer)), 'roads'];
    const response = await fetch(
      `${service.url}/api/download?city=true&layers=${layers.join(',')}&formats=gml2021`,
    );
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const manifest: OrderManifest = JSON.parse(new TextDecoder().decode(files['manifest.json']));
    expect(manifest.skipped.map(({ layer }) => layer)).toEqual(['roads']);
    const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
    for (const { name, schemaFile, classes } of STATE_REGISTERS) {
      const path = join(folder, `${name}.gml`);
      writeFileSync(path, files[`gml2021/${name}_EPSG2177_PL-EVRF2007-NH.gml`] ?? '');
      const schema = sharedData('pzgik-gml', 'xsd-2021', schemaFile);
      await tool('xmllint', ['--huge', '--nonet', '--noout', '--schema', schema, path], catalog);
      const report: RegisterReport = JSON.parse(
        new TextDecoder().decode(files[`gml2021/${name}_report.json`]),
      );
      const read = JSON.parse(await tool('/usr/bin/python3', ['-c', COUNT_BY_GDAL, path]));
      expect(read).toEqual(report.written);
      const ordered = manifest.layers.filter(({ layer }) => classes.some((one) => one.layer === layer));
      const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
      expect(sum(Object.values(report.written)) + sum(report.leftOut.map(({ objects }) => objects))).toBe(
        sum(ordered.map(({ objects }) => objects)),
      );
      // Parcels whose two uses have no areas, and a valve of a network that the schema knows no valves of.
      const lacking: Readonly<Record<string, string>> = { egib: 'powierzchnia', gesut: 'rodzajUrzadzenia' };
      expect(report.leftOut.flatMap(({ lacks }) => lacks)).toEqual(lacking[name] ? [lacking[name]] : []);
    }
  });

  it('are a drawing without a fault by ezdxf: layers, colours, numbers as TEXT, blocks at their heights', async () => {
    const { files } = await ordered('formats=dxf');
    const path = join(folder, 'city.dxf');
    writeFileSync(path, files['dxf/city_EPSG2177_PL-EVRF2007-NH.dxf'] ?? '');
    const script = `
import json, sys
from ezdxf import recover
drawing, audit = recover.readfile(sys.argv[1])
space = drawing.modelspace()
print(json.dumps({
  'faults': [str(each.message) for each in [*audit.errors, *audit.fixes]],
  'texts': sorted(each.dxf.text for each in space.query('TEXT') if each.dxf.layer == 'PARCELS_TXT'),
  'points': sorted([each.get_xdata('BLIZNIAK')[0].value, round(each.dxf.insert.z, 3)] for each in space.query('INSERT') if each.dxf.layer.startswith('CONTROL_POINTS')),
  'water': hex(drawing.layers.get('UTILITY_LINES_WATER').dxf.true_color),
}))`;
    const read = JSON.parse(await tool('/usr/bin/python3', ['-c', script, path]));
    const [parcels, points] = [await objectsOf('parcels', false), await objectsOf('control_points', false)];
    expect(read).toEqual({
      faults: [],
      texts: parcels.map(({ values }) => values['parcel_number']).toSorted(),
      points: points.map(({ id, values }) => [`id=${id}`, values['height_m']]).toSorted(),
      water: '0xff',
    });
  });

  it('are a list of points with northing first', async () => {
    const { files } = await ordered('formats=txt');
    const text = new TextDecoder().decode(files['txt/control_points_EPSG2177_PL-EVRF2007-NH.txt']);
    const lines = text.split('\r\n').filter((line) => line !== '' && !line.startsWith('#'));
    const points = await objectsOf('control_points', false);
    expect(lines.map((line) => line.split('\t').slice(0, 4)).toSorted()).toEqual(
      points
        .map(({ geometry, values }) => {
          const [e = 0, n = 0] = geometry.coordinates;
          return [
            String(values['point_number']),
            n.toFixed(3),
            e.toFixed(3),
            Number(values['height_m']).toFixed(3),
          ];
        })
        .toSorted(),
    );
  });
});

describe('a link that people write down', () => {
  it('is the short form of the same package, answered at once, also round a place of a past day', async () => {
    const [parcel] = await objectsOf('parcels', false);
    const short = await fetch(`${service.url}/download?parcel=${parcel?.id}&buffer=50&format=dxf&crs=2177`);
    const layers =
      'parcels,boundary_points,buildings,addresses,control_points,roads,trees,utility_lines,utility_devices,utility_elevations';
    const long = await fetch(
      `${service.url}/api/download?parcels=${parcel?.id}&bufferM=50&formats=dxf&crs=2177&layers=${layers}`,
    );
    const bytes = Buffer.from(await short.arrayBuffer());
    expect([short.status, bytes.equals(Buffer.from(await long.arrayBuffer()))]).toEqual([200, true]);
    const place = `place=${(box[0] ?? 0) + 150},${(box[1] ?? 0) + 150}&radiusM=60`;
    const day = new Date().toISOString();
    const past = await fetch(`${service.url}/at/${day}/download?${place}&layer=parcels&format=csv`);
    expect(Object.keys(unzipSync(new Uint8Array(await past.arrayBuffer())))).toContain(
      'csv/parcels_EPSG2177_PL-EVRF2007-NH.csv',
    );
  });
});

describe('an order that is kept', () => {
  const wanted = () => ({
    area: { kind: 'place', at: [(box[0] ?? 0) + 150, (box[1] ?? 0) + 150], srid: 2177, radiusM: 200 },
    layers: ['parcels', 'buildings_3d'],
    formats: ['geojson', 'gml'],
  });
  const put = async (order: object, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${service.url}/api/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(order),
    });
    return { status: response.status, order: (await response.json()) as DataOrder };
  };
  const ended = (url: string) =>
    vi.waitFor(
      async () => {
        const order = (await (await fetch(url)).json()) as DataOrder;
        expect(['ready', 'failed']).toContain(order.state);
        return order;
      },
      { timeout: 60_000, interval: 100 },
    );
  const packages = async () =>
    (await pool.read<{ n: number }>(sql`select count(*) as n from twin.order_package`))[0]?.n;

  it('is packed once for two who ask at once, and is the download, also fetched in two parts', async () => {
    const [one, two] = await Promise.all([put(wanted()), put(wanted())]);
    expect(one.order.id).not.toBe(two.order.id);
    const [first, second] = [await ended(one.order.urls.self), await ended(two.order.urls.self)];
    expect([first.state, second.state, await packages()]).toEqual(['ready', 'ready', 1]);
    const whole = new Uint8Array(await (await fetch(first.urls.file)).arrayBuffer());
    expect(whole.length).toBe(first.bytes);
    const begun = await fetch(first.urls.file, { headers: { range: 'bytes=0-999' } });
    const rest = await fetch(first.urls.file, {
      headers: { range: 'bytes=1000-', 'if-range': begun.headers.get('etag') ?? '' },
    });
    expect([begun.status, rest.status, rest.headers.get('content-range')]).toEqual([
      206,
      206,
      `bytes 1000-${whole.length - 1}/${whole.length}`,
    ]);
    const parts = [await begun.arrayBuffer(), await rest.arrayBuffer()].map((part) => Buffer.from(part));
    expect(Buffer.concat(parts).equals(whole)).toBe(true);
    const gml = Object.keys(unzipSync(whole)).filter((name) => name.endsWith('.gml'));
    expect(gml).toHaveLength(2);
    const again = await put(wanted());
    expect([again.status, again.order.state]).toEqual([200, 'ready']);
  });

  it('is made anew from its first piece when a server died in the middle of it', async () => {
    const { order } = await put(wanted());
    const { bytes } = await ended(order.urls.self);
    const digest = sql`(select digest from twin.data_order where id = ${order.id}::text)`;
    const before = Buffer.from(await (await fetch(order.urls.file)).arrayBuffer());
    await pool.read(
      sql`update twin.order_package set state = 'running', bytes = null, ended_at = null where digest = ${digest}`,
    );
    await pool.read(sql`select graphile_worker.add_job('order', json_build_object('digest', ${digest}))`);
    const { state, bytes: remade } = await ended(order.urls.self);
    expect([state, remade]).toEqual(['ready', bytes]);
    expect(Buffer.from(await (await fetch(order.urls.file)).arrayBuffer()).equals(before)).toBe(true);
  });

  it('stops when it is cancelled, and has no file then', async () => {
    const { order } = await put({ area: { kind: 'city' }, layers: NAMES, formats: READ_BY_GDAL });
    const cancelled = (await (await fetch(order.urls.self, { method: 'DELETE' })).json()) as DataOrder;
    expect(cancelled.state).toBe('cancelled');
    expect((await fetch(order.urls.file)).status).toBe(409);
    const left = await pool.read(
      sql`select from twin.order_package join twin.data_order using (digest) where id = ${order.id}::text`,
    );
    expect(left).toHaveLength(0);
  });
});

describe('the estimate of an order', () => {
  const LAYERS_OF_TOWN = [
    ...['parcels', 'boundary_points', 'buildings', 'addresses', 'control_points', 'roads', 'trees'],
    ...['utility_lines', 'utility_devices', 'utility_elevations'],
  ];
  it.each([
    ...(['gml', 'gml2021', 'gpkg', 'shp', 'geojson', 'fgb', 'parquet', 'csv', 'kml', 'pdf'] as const),
    ...(['dtm-tif', 'dtm-asc', 'dtm-xyz', 'dtm-landxml'] as const),
  ])('is right by a factor of two for a stretch of town as %s', async (format) => {
    const [west = 0, south = 0] = box;
    const radiusM = format === 'pdf' ? 80 : 250;
    const order = JSON.stringify({
      area: { kind: 'place', at: [west + 150, south + 150], srid: 2177, radiusM },
      ...{ layers: LAYERS_OF_TOWN, formats: [format] },
    });
    const asked = (path: string) =>
      fetch(`${service.url}${path}`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: order },
      });
    const said = (await (await asked('/api/orders/estimate')).json()) as OrderEstimate;
    const made = (await (await asked('/api/download')).arrayBuffer()).byteLength;
    expect(said.objects).toBeGreaterThan(format === 'pdf' ? 20 : 100);
    expect(made / said.bytes, `${made} bytes, said ${said.bytes}`).toBeGreaterThan(0.5);
    expect(made / said.bytes, `${made} bytes, said ${said.bytes}`).toBeLessThan(2);
  });
});

describe('an order as a process (OGC API – Processes)', () => {
  const execute = (inputs: object, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${service.url}/ogc/processes/order/execution`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ inputs }),
    });
  const inputs = () => ({
    area: { kind: 'place', at: [(box[0] ?? 0) + 150, (box[1] ?? 0) + 150], srid: 2177, radiusM: 90 },
    layers: ['parcels'],
    formats: ['csv'],
  });

  it('is a job whose result leads to the package, the same that a link gives', async () => {
    const { processes } = (await (await fetch(`${service.url}/ogc/processes`)).json()) as {
      processes: { id: string }[];
    };
    expect(processes.map(({ id }) => id)).toContain('order');
    const begun = await execute(inputs(), { prefer: 'respond-async' });
    expect(begun.status).toBe(201);
    const job = begun.headers.get('location') ?? '';
    await vi.waitFor(
      async () => expect(((await (await fetch(job)).json()) as { status: string }).status).toBe('successful'),
      { timeout: 60_000, interval: 100 },
    );
    const results = (await (await fetch(`${job}/results`)).json()) as { package: { href: string } };
    const bytes = Buffer.from(await (await fetch(results.package.href)).arrayBuffer());
    const direct = Buffer.from(await (await fetch(`${job}/results/package`)).arrayBuffer());
    expect(direct.equals(bytes)).toBe(true);
    expect(Object.keys(unzipSync(bytes))).toContain('csv/parcels_EPSG2177_PL-EVRF2007-NH.csv');
    const waited = await execute(inputs());
    expect([waited.status, Object.keys((await waited.json()) as object)]).toEqual([200, ['package']]);
  });

  it('says in the words of the standard what is wrong, and is dismissed', async () => {
    const wrong = await execute({ ...inputs(), formats: ['doc'] });
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('inputs.formats')]);
    const unknown = await fetch(`${service.url}/ogc/jobs/order-${'0'.repeat(32)}`);
    expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('no-such-job')]);
    const whole = { area: { kind: 'city' }, layers: NAMES, formats: READ_BY_GDAL };
    const begun = await execute(whole, { prefer: 'respond-async' });
    const job = begun.headers.get('location') ?? '';
    const left = await fetch(job, { method: 'DELETE' });
    expect(await left.json()).toMatchObject({ processID: 'order', status: 'dismissed' });
    expect((await fetch(`${job}/results`)).status).toBe(409);
  });

  it('stands in the list of jobs of whoever ordered it, among runs of models, page by page', async () => {
    type Job = { jobID: string; processID: string; status: string; created: string; started?: string };
    const listed = async (query: string, headers: Readonly<Record<string, string>> = service.staff) => {
      const reply = await fetch(`${service.url}/ogc/jobs${query}`, { headers });
      return ((await reply.json()) as { jobs: Job[] }).jobs;
    };
    const begin = async (process: string, its: object) => {
      const reply = await fetch(`${service.url}/ogc/processes/${process}/execution`, {
        method: 'POST',
        headers: { ...service.staff, 'content-type': 'application/json', prefer: 'respond-async' },
        body: JSON.stringify({ inputs: its }),
      });
      expect(reply.status).toBe(201);
      const { jobID } = (await reply.json()) as Job;
      await vi.waitFor(
        async () => {
          const job = await (await fetch(`${service.url}/ogc/jobs/${jobID}`)).json();
          expect((job as Job).status).toBe('successful');
        },
        { timeout: 60_000, interval: 100 },
      );
      return jobID;
    };
    const made: string[] = [];
    for (const side of [60, 70]) {
      made.unshift(await begin('order', { ...inputs(), formats: side === 60 ? ['csv'] : ['geojson'] }));
      made.unshift(
        await begin('built-up-area', {
          bbox: [box[0], box[1], Number(box[0]) + side, Number(box[1]) + side],
        }),
      );
    }
    const ids = (jobs: readonly Job[]) => jobs.map(({ jobID }) => jobID);
    const all = await listed('');
    expect(ids(all).slice(0, 4)).toEqual(made.map((id) => id.replace(/\..*$/, '')));
    const orders = all.filter(({ processID }) => processID === 'order');
    expect(orders.every(({ started, status }) => started !== undefined && status === 'successful')).toBe(
      true,
    );
    // Wherever a page begins it is a part of the whole.
    for (let offset = 0; offset < all.length; offset++) {
      expect(ids(await listed(`?limit=2&offset=${offset}`))).toEqual(ids(all.slice(offset, offset + 2)));
    }
    expect(ids(await listed('?processID=order&status=successful&maxDuration=3600'))).toEqual(ids(orders));
    expect(await listed('?processID=order&minDuration=3600')).toEqual([]);
    expect(await listed('?processID=order&status=failed')).toEqual([]);
    expect(await listed('?processID=order&datetime=2001-01-01/2002-01-01')).toEqual([]);
    expect(await listed('?processID=order', {})).toEqual([]);
  });
});

describe('the download service as Atom', () => {
  const text = async (address: string) => {
    const response = await fetch(address);
    const body = await response.text();
    expect([response.status, body.slice(0, 5)], address).toEqual([200, '<?xml']);
    const path = join(folder, 'feed.xml');
    writeFileSync(path, body);
    await tool('xmllint', ['--nonet', '--noout', path]);
    return { body, path };
  };
  const linksOf = (body: string) =>
    [...body.matchAll(/<link rel="alternate"[^>]* href="([^"]+)"/g)].map(([, href = '']) => href);

  it('leads from the service over a layer to its whole package, read by GDAL on the way', async () => {
    const { body, path } = await text(`${service.url}/atom/service.xml?lang=en`);
    const links = linksOf(body);
    const read = await tool('ogrinfo', ['-ro', '-al', '-so', path]);
    expect(read).toContain(`Feature Count: ${links.length}`);
    expect(read).toMatch(/Geometry: Polygon[\s\S]*Extent: \(16\.\d+, 52\.\d+\)/);
    const points = links.find((link) => link.endsWith('/control_points')) ?? '';
    const dataset = (await text(points)).body;
    const packages = linksOf(dataset);
    expect(packages).toHaveLength(12);
    const [, record = ''] = /<link rel="describedby"[^>]* href="([^"]+)"/.exec(dataset) ?? [];
    const { body: iso } = await text(record.replaceAll('&amp;', '&'));
    expect(iso).toMatch(/<gmd:MD_Metadata[\s\S]*<gco:CharacterString>blizniak:control_points</);
    const wanted = packages.find((link) => link.endsWith('gml-4258.zip')) ?? '';
    const response = await fetch(wanted);
    expect(response.status).toBe(200);
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const gml = join(folder, 'points.gml');
    writeFileSync(gml, files['gml/control_points_EPSG4258_PL-EVRF2007-NH.gml'] ?? '');
    const [all] = await pool.read<{ n: number }>(
      sql`select count(*) as n from city.control_point where valid_to is null`,
    );
    expect(await tool('ogrinfo', ['-ro', '-al', '-so', gml])).toContain(`Feature Count: ${all?.n}`);
    const begun = await fetch(wanted, { headers: { range: 'bytes=0-9' } });
    expect([begun.status, (await begun.arrayBuffer()).byteLength]).toEqual([206, 10]);
  });

  it('is found by OpenSearch: a layer by its code, a package by its CRS, feeds by words', async () => {
    const { body } = await text(`${service.url}/atom/opensearch.xml`);
    const templates = [...body.matchAll(/type="([^"]+)" rel="([^"]+)" template="([^"]+)"/g)].map(
      ([, type = '', rel = '', template = '']) => ({
        type,
        rel,
        template: template.replaceAll('&amp;', '&'),
      }),
    );
    const filled = (type: string, rel: string, values: Readonly<Record<string, string>>) => {
      const found = templates.find((each) => each.type === type && each.rel === rel)?.template ?? '';
      return found.replace(/\{([^}?]+)\??\}/g, (_, name) => encodeURIComponent(values[name] ?? ''));
    };
    const code = { 'inspire_dls:spatial_dataset_identifier_code': 'roads' };
    const layer = await text(filled('application/atom+xml', 'describedby', code));
    expect(linksOf(layer.body)).toHaveLength(12);
    const crs = { ...code, 'inspire_dls:crs': 'http://www.opengis.net/def/crs/EPSG/0/2180' };
    const file = await fetch(filled('application/zip', 'results', crs), { redirect: 'manual' });
    expect([file.status, file.headers.get('location')]).toEqual([
      303,
      `${service.url}/atom/files/roads/gml-2180.zip`,
    ]);
    const words = await text(filled('application/atom+xml', 'results', { searchTerms: 'osnowa' }));
    expect(linksOf(words.body).map((link) => link.split('/').at(-1))).toContain('control_points');
    expect(linksOf(words.body).length).toBeLessThan(5);
    expect((await fetch(`${service.url}/atom/files/roads/exe-2180.zip`)).status).toBe(404);
    expect((await fetch(`${service.url}/atom/datasets/building_residents`)).status).toBe(404);
  });
});

describe('an order that cannot be filled says why', () => {
  const square = (...corners: readonly (readonly number[])[]) => ({
    ...{ kind: 'polygon', srid: 2177 },
    geometry: { type: 'Polygon', coordinates: [corners] },
  });
  const bow = square(
    [6427000, 5809000],
    [6427100, 5809100],
    [6427100, 5809000],
    [6427000, 5809100],
    [6427000, 5809000],
  );
  const round = (vertices: number) =>
    Array.from({ length: vertices + 1 }, (_, i) => {
      const turn = ((i % vertices) / vertices) * 2 * Math.PI;
      return [6427000 + Math.cos(turn) * 100, 5809000 + Math.sin(turn) * 100].map(
        (m) => Math.round(m * 1000) / 1000,
      );
    });
  it.each([
    [
      'an area of no ground',
      { area: square([6427000, 5809000], [6427100, 5809000], [6427000, 5809000], [6427000, 5809000]) },
      400,
      'area',
    ],
    [
      'an area elsewhere',
      { area: { kind: 'place', at: [6600000, 5900000], srid: 2177, radiusM: 50 } },
      400,
      'No object',
    ],
    ['an area that crosses itself', { area: bow }, 400, 'Self-intersection'],
    ['30,000 vertices', { area: square(...round(30_000)) }, 413, '20000'],
    ['100,000 vertices', { area: square(...round(100_000)) }, 413, 'The body is larger than the limit'],
    ['a layer that is not there', { layers: ['owners'] }, 404, 'owners'],
    ['a layer for staff alone', { layers: ['building_residents'] }, 404, 'building_residents'],
    [
      'a parcel that is not there',
      { area: { kind: 'parcels', ids: ['306401_1.0021.404'] } },
      404,
      '306401_1.0021.404',
    ],
    ['a zone of another part of the country', { srid: 2179 }, 400, 'EPSG:2177'],
    ['a sheet that is none', { area: { kind: 'sheet', name: '../../etc' } }, 400, '6.177.11'],
    ['a format that is none', { formats: ['doc'] }, 400, 'formats'],
    ['a height system that is none', { heights: 'PL-KRON60-NH' }, 400, 'PL-EVRF2007-NH or PL-KRON86-NH'],
    ['a height system without its grids', { heights: 'PL-KRON86-NH' }, 400, 'HEIGHT_GRIDS'],
  ])('%s', async (_, change, status, word) => {
    const area = { kind: 'place', at: [(box[0] ?? 0) + 150, (box[1] ?? 0) + 150], srid: 2177, radiusM: 50 };
    const response = await fetch(`${service.url}/api/download`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ area, layers: ['parcels'], formats: ['geojson'], ...change }),
    });
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(word)]);
  });
});
