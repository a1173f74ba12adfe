/** An ordered 3D model with the pictures of its buildings: in, ordered, in again, and read by others. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderManifest } from '../../core/order/order-manifest.ts';
import { downloadSchema } from '../../core/wire/order.ts';
import { PUBLIC_VIEW, type View } from '../../server/access/view.ts';
import { documentWriter } from '../../server/documents/document-writer.ts';
import { loadFile } from '../../server/exchange/load-file.ts';
import { geoPackages } from '../../server/geopackage/geo-packages.ts';
import { offerOrders } from '../../server/orders/orders.ts';
import type { Orders } from '../../server/services/orders.ts';
import { storeCatalogue } from '../../server/store/catalogue.ts';
import { storeClientAccounts } from '../../server/store/client-accounts.ts';
import { layersOf } from '../../server/store/layers.ts';
import { postgisMaps } from '../../server/store/map-geometry.ts';
import { name, sql } from '../../server/store/sql.ts';
import { encodePng } from '../../tiles/picture/png.ts';
import { BOX_FACES, boxCorners } from '../support/box-city-json.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { SAMPLE_ORIGIN } from '../support/sample-city.ts';
import { tool } from './outside-tools.ts';

const [W, H] = [6, 4];
/** Two walls have pictures of their own, one has that of the first; the roof has a colour. */
const wall = (shade: number) => {
  const pixels = Uint8ClampedArray.from({ length: W * H * 4 }, (_, at) => (at % 4 === 3 ? 255 : shade));
  return encodePng({ pixels, widthPx: W, heightPx: H }, true);
};
const PICTURES = { 'textures/brick.png': wall(200), 'textures/stone.png': wall(90) };

function boxModel(): string {
  return JSON.stringify({
    ...{ type: 'CityJSON', version: '2.0', transform: { scale: [1, 1, 1], translate: [0, 0, 0] } },
    metadata: { referenceSystem: 'https://www.opengis.net/def/crs/EPSG/0/2177' },
    vertices: boxCorners([SAMPLE_ORIGIN.easting, SAMPLE_ORIGIN.northing, 70]),
    appearance: {
      textures: Object.keys(PICTURES).map((image) => ({ type: 'PNG', image, wrapMode: 'wrap' })),
      'vertices-texture': [
        [0, 0],
        [1, 0],
        [1, 0.5],
        [0, 0.5],
      ],
      materials: [{ name: 'roof', diffuseColor: [0.7, 0.2, 0.1] }],
    },
    CityObjects: {
      house: {
        type: 'Building',
        geometry: [
          {
            ...{ type: 'Solid', lod: '2', boundaries: [BOX_FACES.map((face) => [face])] },
            semantics: {
              surfaces: [{ type: 'GroundSurface' }, { type: 'RoofSurface' }, { type: 'WallSurface' }],
              values: [[0, 1, 2, 2, 2, 2]],
            },
            texture: { summer: { values: [[0, 1, 2, 3, 4, 5].map(lookOfFace)] } },
            material: { summer: { values: [[null, 0, null, null, null, null]] } },
          },
        ],
      },
    },
  });
}

const lookOfFace = (face: number) => [face < 2 || face > 4 ? [null] : [face === 3 ? 1 : 0, 0, 1, 2, 3]];

let database: TestDatabase;
let orders: Orders;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-order-pictures-'));
  const { pool } = database;
  const layers = layersOf(pool);
  const place = {
    ...{ poolOf: () => pool, layers, catalogue: storeCatalogue(pool, layers), geoPackages },
    ...{ documents: documentWriter, maps: (view: View) => postgisMaps(pool, view) },
    ...{ city: { name: { pl: 'Miasto', en: 'City' }, srid: 2177 }, relief: () => undefined },
    oldHeights: undefined,
  };
  orders = offerOrders(place, pool, storeClientAccounts(pool), {
    ...{ sendsEmail: false, findScenario: async () => undefined },
  });
  putFiles(folder, { 'house.city.json': Buffer.from(boxModel()), ...PICTURES });
  const report = await loadFile({ pool, path: join(folder, 'house.city.json') });
  expect(report).toMatchObject({ written: 1, rejected: 0 });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

function putFiles(where: string, files: Readonly<Record<string, Uint8Array>>): void {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(where, path)), { recursive: true });
    writeFileSync(join(where, path), bytes);
  }
}

async function ordered(formats: readonly string[]): Promise<Uint8Array> {
  const asked = downloadSchema.parse({
    ...{ area: { kind: 'city' }, layers: ['buildings_3d'], formats, srid: 2177 },
  });
  const { bytes } = await orders.pack(asked, PUBLIC_VIEW, new AbortController().signal);
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

const held = (dataset: string) =>
  database.pool.read<{ appearance: string | null }>(
    sql`select id, appearance, surface_kinds, ST_AsText(geom, 3) as shape
      from ${name(dataset, 'building_3d')} where valid_to is null`,
  );

describe.each([
  ['citygml', /\.gml$/],
  ['cityjson', /\.json$/],
])('a model ordered as %s', (format, model) => {
  it('has each picture once beside it, by references that others follow, and the manifest tells them', async () => {
    const files = unzipSync(await ordered([format]));
    const out = join(folder, `read-${format}`);
    putFiles(out, files);
    const path = Object.keys(files).find((each) => each.startsWith(`${format}/`) && model.test(each)) ?? '';
    const named =
      format === 'citygml'
        ? await imagesByLibxml(join(out, path))
        : JSON.parse(readFileSync(join(out, path), 'utf8')).appearance.textures.map(
            ({ image }: { image: string }) => image,
          );
    const beside = named.map((image: string) => `${dirname(path)}/${image}`).toSorted();
    expect(beside).toHaveLength(2);
    expect(Object.keys(files).filter((each) => each.endsWith('.png'))).toEqual(
      expect.arrayContaining(beside),
    );
    const delivered = beside.map((each: string) => Buffer.from(files[each] ?? []).toString('hex'));
    expect(delivered.toSorted()).toEqual(
      Object.values(PICTURES)
        .map((bytes) => Buffer.from(bytes).toString('hex'))
        .toSorted(),
    );
    for (const each of beside) {
      expect(await tool('gdalinfo', [join(out, each)])).toContain(`Size is ${W}, ${H}`);
    }
    const manifest = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString()) as OrderManifest;
    expect(manifest.files.map((file) => file.name)).toEqual(expect.arrayContaining(beside));
  });

  it('is the same model when the package as it came is loaded again', async () => {
    const path = join(folder, `${format}.zip`);
    writeFileSync(path, await ordered([format]));
    const report = await loadFile({ pool: database.pool, path, dataset: `again_${format}` });
    expect(report).toMatchObject({ written: 1, rejected: 0 });
    expect(report.notes.filter(({ code }) => code.startsWith('picture'))).toEqual([]);
    const [was] = await held('city');
    expect(was?.appearance).not.toBeNull();
    expect(await held(`again_${format}`)).toEqual([was]);
  });
});

it('pictures count in what an order is said to be', async () => {
  const estimated = async (formats: readonly string[]) => {
    const asked = downloadSchema.parse({
      ...{ area: { kind: 'city' }, layers: ['buildings_3d'], formats, srid: 2177 },
    });
    return (await orders.estimate(asked, PUBLIC_VIEW, new AbortController().signal)).bytes;
  };
  const pictures = Object.values(PICTURES).reduce((sum, { length }) => sum + length, 0);
  const withThem = await estimated(['citygml']);
  const [look] = await database.pool.read<{ appearance: string }>(
    sql`select appearance from city.building_3d where valid_to is null`,
  );
  await database.pool.read(sql`update city.building_3d set appearance = null`);
  expect(withThem - (await estimated(['citygml']))).toBe(pictures);
  await database.pool.read(sql`update city.building_3d set appearance = ${look?.appearance}::text`);
});

async function imagesByLibxml(path: string): Promise<readonly string[]> {
  const found = await tool('xmllint', ['--xpath', '//*[local-name()="imageURI"]/text()', path]);
  return [...new Set(found.trim().split(/\s+/))];
}
