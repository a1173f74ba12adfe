import { describe, expect, it } from 'vitest';
import { asTwinError } from '../../../core/errors.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import type { ChecksRequest, ParcelCheck } from '../../../core/wire/parcel-check.ts';
import { SAMPLE_ORIGIN, sampleParcelId } from '../../../test/support/sample-city.ts';
import { PUBLIC_VIEW } from '../../access/view.ts';
import { geoPackages } from '../../geopackage/geo-packages.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { GeoPackageLayer } from '../../services/geo-packages.ts';
import { parcelChecks } from './protocol.ts';

const ID = sampleParcelId(2);
const { easting: E, northing: N } = SAMPLE_ORIGIN;

const CHECK = {
  parcel: {
    id: ID,
    areaM2: 400,
    areaErrorM2: 5.7,
    perimeterM: 80,
    widthM: 10,
    parts: 1,
    holes: 0,
    bbox: [0, 0, 1, 1],
  },
  asked: { asOf: '2026-06-30T10:00:00Z', lawDate: '2026-06-30', rules: '1' },
  findings: [
    {
      ...{ id: 'a', rule: 'gas-control-zone', category: 'networks', state: 'applies', strength: 'statute' },
      title: { pl: 'Gaz', en: 'Gas' },
      reason: { pl: 'Pas, "2 m"', en: 'Strip' },
      law: { act: 'GAZ', unit: '§ 10', validFrom: '2013-09-05', certainty: 'confirmed' },
      ...{ objects: ['g1'], trace: [], geometry: { type: 'Point', coordinates: [E + 50, N + 10] } },
    },
  ],
  ...{ notAssessed: [], hash: 'h', code: 'AAAA-BBBB-CCCC' },
} as unknown as ParcelCheck;

const OUTLINE: Geometry = { type: 'Point', coordinates: [E + 50, N + 10] };

let asked: ChecksRequest | undefined;
const REPLY = {
  checks: [CHECK],
  unknown: [{ id: 'x,y', suggestions: ['306401_1.1.1'], successors: [] }],
  code: 'C',
};
const protocol = parcelChecks({
  geoPackages,
  parcelChecks: {
    one: async () => CHECK,
    many: async (wanted) => {
      asked = wanted;
      return REPLY;
    },
    manyDrawn: async () => ({ reply: REPLY, outlines: new Map([[ID, OUTLINE]]) }),
  },
});

async function post(body: string | Uint8Array, type: string, query = ''): Promise<Reply> {
  asked = undefined;
  const ask: Ask = {
    ...{ method: 'POST', path: '/api/checks', route: {}, view: PUBLIC_VIEW, requestId: 't' },
    query: new URLSearchParams(query),
    headers: { 'content-type': type },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    signal: new AbortController().signal,
    publicUrl: 'https://twin.example',
  };
  try {
    const route = protocol.routes.find(({ path, method }) => path === '/api/checks' && method === 'POST');
    return await Promise.resolve(route?.handle(ask) ?? Promise.reject(new Error('no route')));
  } catch (error) {
    return protocol.explain(asTwinError(error), ask);
  }
}

const layer = (
  columns: GeoPackageLayer['columns'],
  rows: GeoPackageLayer['rows'],
  srid = 2177,
): Promise<Uint8Array> =>
  geoPackages.writeSmall(
    [{ name: 'lista', title: 'l', geometryType: 'GEOMETRY', srid, columns, rows }],
    new Date(0),
  );

describe('POST /api/checks', () => {
  it('takes a list as CSV with the day of law in the address', async () => {
    expect(await post(`parcel\n${ID}\n`, 'text/csv; charset=utf-8', 'lawDate=2024-01-15')).toMatchObject({
      status: 200,
    });
    expect(asked).toEqual({ parcels: [ID], lawDate: '2024-01-15', withGeometry: true });
  });

  it('takes places on the globe to the plane of the city', async () => {
    await post('lon;lat\n16,9268;52,4064\n', 'text/csv');
    const [[e = 0, n = 0] = []] = asked?.points ?? [];
    // By gdaltransform.
    expect(e).toBeCloseTo(6_426_970.771, 2);
    expect(n).toBeCloseTo(5_808_658.871, 2);
  });

  it('reads names of columns that a Polish spreadsheet wrote', async () => {
    const windows = Buffer.from([...Buffer.from('Dzia'), 0xb3, ...Buffer.from(`ka\n${ID}\n`)]);
    await post(windows, 'text/csv');
    expect(asked?.parcels).toEqual([ID]);
  });

  it('takes a GeoPackage with ids, points or areas', async () => {
    const text = [{ name: 'parcel_id', type: 'TEXT' }] as const;
    await post(await layer(text, [{ geometry: undefined, values: [ID] }]), 'application/geopackage+sqlite3');
    expect(asked?.parcels).toEqual([ID]);
    const point = { geometry: { type: 'Point', coordinates: [E, N] }, values: ['home'] } as const;
    const named = [{ name: 'name', type: 'TEXT' }] as const;
    await post(await layer(named, [point]), 'application/geopackage+sqlite3');
    expect(asked?.points).toEqual([[E, N]]);
    const ring = [
      [E, N],
      [E + 9, N],
      [E, N + 9],
      [E, N],
    ] as const;
    const shape = { geometry: { type: 'Polygon', coordinates: [ring] }, values: ['a'] } as const;
    await post(await layer(named, [shape]), 'application/geopackage+sqlite3');
    expect(asked?.areas).toEqual([{ id: 'area-1', geometry: { type: 'Polygon', coordinates: [ring] } }]);
  });

  it('tells the outline of each only when asked for it', async () => {
    const list = JSON.stringify({ buildings: [ID] });
    const reply = async (query: string) => post(list, 'application/json', query);
    expect(JSON.parse(String((await reply('outlines=true')).body))).toMatchObject({
      outlines: [{ id: ID, geometry: OUTLINE }],
    });
    expect(JSON.parse(String((await reply('')).body))).not.toHaveProperty('outlines');
    expect((await reply('outlines=some')).status).toBe(400);
  });

  it('answers as CSV and as GeoPackage, with what it could not find', async () => {
    const list = JSON.stringify({ parcels: [ID], withGeometry: false });
    const csv = String((await post(list, 'application/json', 'f=csv')).body).split('\r\n');
    expect(csv[1]).toContain(`${ID},400,gas-control-zone,networks,applies,statute,"Pas, ""2 m"""`);
    expect(csv[2]).toMatch(/^"x,y",,,,unknown-parcel,,[^,]*,was 306401_1\.1\.1 meant\?,/);
    expect(csv[2]?.split(',')).toHaveLength((csv[0]?.split(',').length ?? 0) + 1);
    const { headers, body } = await post(list, 'application/json', 'f=gpkg');
    expect(headers['content-disposition']).toContain('parcel-checks.gpkg');
    const layers = await geoPackages.read(body as Uint8Array, 99);
    const [parcels, findings] = layers;
    expect(parcels?.rows).toMatchObject([
      { geometry: OUTLINE, values: { parcel_id: ID, applies: 1, not_assessed: 0 } },
      { geometry: undefined, values: { parcel_id: 'x,y', code: 'unknown-parcel', meant: '306401_1.1.1' } },
    ]);
    expect(findings?.rows).toMatchObject([
      { geometry: { type: 'Point' }, values: { rule: 'gas-control-zone', parcel_area_m2: 400 } },
    ]);
    // The file asks the same again, also for what was not found.
    await post(body as Uint8Array, 'application/geopackage+sqlite3');
    expect(asked?.parcels).toEqual([ID, 'x,y']);
  });

  it.each([
    ['a format that is not written', '{}', 'application/json', 'f=xlsx', 'f must be json, csv, gpkg'],
    ['a list without columns', 'a,b\n1,2', 'text/csv', '', 'names no column'],
    ['a file of another kind', 'PK', 'application/geopackage+sqlite3', '', 'no GeoPackage'],
    ['a day that is none', `parcel\n${ID}`, 'text/csv', 'lawDate=2024-02-31', 'lawDate'],
  ])('refuses %s', async (_, body, type, query, reason) => {
    const { status, body: told } = await post(body, type, query);
    expect(status).toBe(400);
    expect(String(told)).toContain(reason);
  });
});
