/** Who may order what: profiles that accounts hold, and the register of what was taken. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { OrderManifest } from '../../core/order/order-manifest.ts';
import type { Account, AccountChange, SavedAccount } from '../../core/wire/account.ts';
import type { UsePage, UseStatistics } from '../../core/wire/data-use.ts';
import { type DataOrder, type HeldProfile, ORDER_FORMATS, type OrderPart } from '../../core/wire/order.ts';
import { openPool, type Pool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { tool } from './outside-tools.ts';

interface Refused {
  readonly objects: number;
  readonly mostObjects: number;
  readonly parts: readonly OrderPart[];
}
type Headers = Readonly<Record<string, string>>;

let service: WholeService;
let pool: Pool;
let place: object;
beforeAll(async () => {
  service = await startWholeService();
  pool = openPool({ databaseUrl: service.databaseUrl, maxConnections: 2, statementTimeoutMs: 60_000 });
  const [middle] = await pool.read<{ x: number; y: number }>(
    sql`select ST_X(geom) as x, ST_Y(geom) as y from city.control_point where valid_to is null order by id limit 1`,
  );
  place = { kind: 'place', at: [middle?.x, middle?.y], srid: 2177, radiusM: 100 };
}, 300_000);
afterAll(async () => {
  await pool.close();
  await service.close();
});

async function asked<T>(method: string, path: string, headers: Headers, body?: object) {
  const response = await fetch(`${service.url}${path}`, {
    ...{ method, headers: { 'content-type': 'application/json', ...headers } },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T & { detail: string } };
}

const basic = (name: string, password: string): Headers => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});

/** The account of a client who holds these profiles. */
async function client(name: string, entitlements: readonly object[], more: object = {}): Promise<Headers> {
  const { status, body } = await asked<SavedAccount>('PUT', `/api/accounts/${name}`, service.staff, {
    entitlements,
    newPassword: true,
    ...more,
  });
  expect([status, typeof body.password]).toEqual([200, 'string']);
  return basic(name, body.password ?? '');
}

const order = (more: object) => ({ area: place, layers: ['parcels'], formats: ['geojson'], ...more });
const put = (headers: Headers, more: object) => asked<DataOrder>('POST', '/api/orders', headers, order(more));
const files = async (url: string): Promise<Record<string, Uint8Array>> => {
  const packed = await vi.waitFor(
    async () => {
      const response = await fetch(`${url}/file`);
      expect(response.status).toBe(200);
      return response;
    },
    { timeout: 60_000, interval: 100 },
  );
  return unzipSync(new Uint8Array(await packed.arrayBuffer()));
};

/** A heat main of the demo city, with all that the register holds of it. */
async function heatMain() {
  const [row] = await pool.read<{ id: string; diameter_mm: number; x: number; y: number }>(
    sql`select id, diameter_mm, ST_X(ST_PointOnSurface(geom)) as x, ST_Y(ST_PointOnSurface(geom)) as y
      from city.utility_line where valid_to is null and line_type = 'heat_high' order by id limit 1`,
  );
  if (!row) throw new Error('the demo city has no heat main');
  return row;
}

describe('a profile', () => {
  it('is ordered in by the account that holds it, under a case, until its last day', async () => {
    const holder = await client('geo-1', [{ profile: 'surveyor', lastDay: '2999-12-31' }]);
    const KERG = { profile: 'surveyor', caseNumber: 'GK.6640.1.2026' };
    expect((await put({}, KERG)).status).toBe(401);
    expect((await put(holder, { profile: 'surveyor' })).body.detail).toContain('number of the case');
    const taken = await put(holder, KERG);
    expect(taken.status).toBe(202);
    const other = await put(holder, { profile: 'network', caseNumber: 'X-1/26' });
    expect([other.status, other.body.detail]).toEqual([403, expect.stringContaining('it holds surveyor')]);
    const late = await client('geo-2', [{ profile: 'surveyor', lastDay: '2020-01-01' }]);
    expect((await put(late, KERG)).body.detail).toContain('it holds none but public');
    await client('geo-1', []);
    const profiles = await asked<{ profiles: HeldProfile[] }>('GET', '/api/orders/profiles', {});
    expect(profiles.body.profiles.filter(({ held }) => held).map(({ profile }) => profile)).toEqual([
      'public',
    ]);
  });

  it('says which layer or format it does not include, and in which profile that is', async () => {
    const holder = await client('komornik', [{ profile: 'bailiff' }]);
    const KM = { profile: 'bailiff', caseNumber: 'KM 12/26' };
    const layer = await put(holder, { ...KM, layers: ['parcels', 'utility_lines'] });
    expect(layer.status).toBe(403);
    expect(layer.body.detail).toMatch(/does not include utility_lines; leave it out, .*surveyor.*network/);
    const format = await put(holder, { ...KM, formats: ['dxf'] });
    expect([format.status, format.body.detail]).toEqual([400, expect.stringContaining('as dxf')]);
    const estimate = await asked('POST', '/api/orders/estimate', holder, order({ ...KM, layers: ['trees'] }));
    expect(estimate.status).toBe(403);
  });

  it('offers an order that is too large in parts that fit, and miss nothing', async () => {
    const holder = await client('komornik-2', [{ profile: 'bailiff' }]);
    const wanted = {
      ...{ profile: 'bailiff', caseNumber: 'KM 13/26', layers: ['boundary_points', 'parcels'] },
      area: { kind: 'city' },
    };
    const refused = await asked<Refused>('POST', '/api/orders', holder, order(wanted));
    expect(refused.status).toBe(413);
    const { objects, mostObjects, parts } = refused.body;
    expect(mostObjects).toBe(5_000);
    expect(objects).toBeGreaterThan(mostObjects);
    expect(parts.length).toBeGreaterThan(1);
    const ids = new Set<string>();
    for (const part of parts) {
      expect(part.objects).toBeLessThanOrEqual(mostObjects);
      const of = { ...wanted, area: part.area };
      const estimate = await asked<{ objects: number }>('POST', '/api/orders/estimate', holder, order(of));
      expect(estimate.body.objects).toBe(part.objects);
      const { area, layers } = of;
      const response = await fetch(`${service.url}/api/download`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ area, layers, formats: ['geojson'] }),
      });
      const packed = unzipSync(new Uint8Array(await response.arrayBuffer()));
      for (const [name, bytes] of Object.entries(packed)) {
        if (!name.endsWith('.geojson')) continue;
        const { features } = JSON.parse(new TextDecoder().decode(bytes)) as { features: { id: string }[] };
        for (const { id } of features) ids.add(`${name} ${id}`);
      }
    }
    expect(ids.size).toBe(objects);
  });

  it('is that of the client also when the office orders, and stands in every package', async () => {
    const holder = await client('siec-1', [{ profile: 'network' }], { organisation: 'Sieci SA' });
    const wanted = {
      ...{ profile: 'network', caseNumber: 'NK.6630.7.2026', client: 'siec-1' },
      layers: ['parcels', 'utility_lines'],
    };
    expect((await put(holder, wanted)).status).toBe(403);
    expect((await put(service.staff, { ...wanted, profile: 'valuer' })).status).toBe(409);
    const made = await put(service.staff, wanted);
    expect(made.status).toBe(202);
    const theirs = await asked<{ orders: DataOrder[] }>('GET', '/api/orders', holder);
    expect(theirs.body.orders.map(({ id }) => id)).toEqual([made.body.id]);
    const packed = await files(made.body.urls.self);
    const readme = new TextDecoder().decode(packed['readme.txt']);
    expect(readme).toContain('Wydano w profilu: branża sieciowa, sprawa NK.6630.7.2026.');
    const manifest = JSON.parse(new TextDecoder().decode(packed['manifest.json'])) as OrderManifest;
    expect(manifest.order).toMatchObject({ profile: 'network', caseNumber: 'NK.6630.7.2026' });
    const lines = Object.entries(packed).find(([name]) => name.includes('utility_lines'));
    // Who runs a line is told to staff alone, and the client is none.
    expect(new TextDecoder().decode(lines?.[1])).not.toContain('"operator"');
  });
});

describe('critical detail of networks', () => {
  it('is at no door for the public, at every door for staff', async () => {
    const { id, diameter_mm, x, y } = await heatMain();
    const one = encodeURIComponent(`id='${id}'`);
    const box = [y - 0.5, x - 0.5, y + 0.5, x + 0.5].join(',');
    const items = '/ogc/collections/utility_lines/items';
    const getFeature = '/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=bl:utility_lines';
    const doors = [
      `${getFeature}&cql_filter=${one}`,
      `${getFeature}&outputFormat=application/json&cql_filter=${one}`,
      `${items}/${id}?f=json`,
      `/wms?service=WMS&version=1.3.0&request=GetFeatureInfo&layers=utility_lines&query_layers=utility_lines&crs=EPSG:2177&bbox=${box}&width=101&height=101&i=50&j=50&info_format=application/json&styles=&feature_count=10`,
    ];
    for (const door of doors) {
      const [forPublic, forStaff] = await Promise.all(
        [{}, service.staff].map(async (headers) => {
          const response = await fetch(service.url + door, { headers });
          return { status: response.status, text: await response.text() };
        }),
      );
      expect([door, forPublic?.status, forStaff?.status]).toEqual([door, 200, 200]);
      const value = new RegExp(`\\b${diameter_mm}\\b`);
      expect([door, value.test(forStaff?.text ?? '')]).toEqual([door, true]);
      expect([door, value.test(forPublic?.text ?? '')]).toEqual([door, false]);
    }
    const found = async (headers: Headers) => {
      const filter = encodeURIComponent(`id='${id}' and diameter_mm=${diameter_mm}`);
      return (await asked<{ numberMatched: number }>('GET', `${items}?f=json&filter=${filter}`, headers))
        .body;
    };
    expect([(await found({})).numberMatched, (await found(service.staff)).numberMatched]).toEqual([0, 1]);
  });

  it('is at every door for the account that it was granted to, which is written down, and gone when it is taken', async () => {
    const { id, diameter_mm } = await heatMain();
    const told = async (headers: Headers) => {
      const path = `/ogc/collections/utility_lines/items/${id}?f=json`;
      const { body } = await asked<{ properties: Record<string, unknown> }>('GET', path, headers);
      return body.properties['diameter_mm'];
    };
    const operator = await client('gestor', [], { networkDetail: true });
    expect(await told(operator)).toBe(diameter_mm);
    // An identity is remembered for five seconds, a new password is another one.
    expect(await told(await client('gestor', []))).toBeNull();
    const changes = '/api/accounts/gestor/changes';
    expect((await asked('GET', changes, operator)).status).not.toBe(200);
    const { body } = await asked<{ changes: AccountChange[] }>('GET', changes, service.staff);
    expect(
      body.changes.map(({ changedBy, said }) => [changedBy, 'networkDetail' in said && said.networkDetail]),
    ).toEqual([
      ['staff', false],
      ['staff', true],
    ]);
    expect(JSON.stringify(body)).not.toContain('password_hash');
  });

  it('is in orders of a network trade, and of nobody without an interest in it', async () => {
    const { id, diameter_mm, x, y } = await heatMain();
    const holder = await client('siec-2', [{ profile: 'network' }, { profile: 'valuer' }]);
    const told = async (more: object) => {
      const area = { kind: 'place', at: [x, y], srid: 2177, radiusM: 5 };
      const made = await put(holder, { area, layers: ['utility_lines'], ...more });
      expect(made.status).toBe(202);
      const packed = await files(made.body.urls.self);
      const [, data] = Object.entries(packed).find(([name]) => name.endsWith('.geojson')) ?? [];
      const { features } = JSON.parse(new TextDecoder().decode(data)) as {
        features: { id: string; properties: Record<string, unknown> }[];
      };
      return features.find((each) => each.id.includes(id))?.properties['diameter_mm'];
    };
    expect(await told({ profile: 'network', caseNumber: 'NK.1.2026' })).toBe(diameter_mm);
    expect(await told({ profile: 'valuer', caseNumber: 'W.1.2026' })).toBeNull();
    expect(await told({ profile: 'public' })).toBeNull();
  });
});

async function pdfText(bytes: Uint8Array): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'blizniak-note-'));
  try {
    writeFileSync(join(folder, 'map.pdf'), bytes);
    return await tool('pdftotext', ['-layout', join(folder, 'map.pdf'), '-']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('an order of the office', () => {
  const detail = async (made: { readonly status: number; readonly body: DataOrder }, id: string) => {
    expect(made.status).toBe(202);
    return detailIn(await files(made.body.urls.self), id);
  };
  const detailIn = (packed: Record<string, Uint8Array>, id: string) => {
    const [, data] = Object.entries(packed).find(([name]) => name.endsWith('.geojson')) ?? [];
    const { features } = JSON.parse(new TextDecoder().decode(data)) as {
      features: { id: string; properties: Record<string, unknown> }[];
    };
    const { diameter_mm, operator } = features.find((each) => each.id.includes(id))?.properties ?? {};
    return [diameter_mm ?? null, operator === undefined ? 'untold' : 'told'];
  };

  it('holds to its profile: for the public what the public sees, all of it in the profile of the office alone', async () => {
    const { id, diameter_mm, x, y } = await heatMain();
    const wanted = { area: { kind: 'place', at: [x, y], srid: 2177, radiusM: 6 }, layers: ['utility_lines'] };
    expect(await detail(await put(service.staff, wanted), id)).toEqual([null, 'untold']);
    const office = { ...wanted, profile: 'office' };
    expect(await detail(await put(service.staff, office), id)).toEqual([diameter_mm, 'told']);
    const link = `${service.url}/api/download?place=${x},${y}&radiusM=6&layers=utility_lines&formats=geojson`;
    for (const [more, told] of [
      ['', [null, 'untold']],
      ['&profile=office', [diameter_mm, 'told']],
      ['&profile=surveyor&caseNumber=GK.1.2026', [diameter_mm, 'untold']],
    ] as const) {
      const response = await fetch(link + more, { headers: service.staff });
      expect(detailIn(unzipSync(new Uint8Array(await response.arrayBuffer())), id)).toEqual(told);
    }
    const holder = await client('geo-5', [{ profile: 'surveyor' }]);
    expect((await put(holder, office)).status).toBe(403);
    expect((await fetch(`${link}&profile=office`)).status).toBe(401);
    expect((await put(service.staff, { ...office, client: 'geo-5' })).status).toBe(403);
    const shown = await asked<{ profiles: HeldProfile[] }>('GET', '/api/orders/profiles', holder);
    expect(shown.body.profiles.map(({ profile }) => profile)).not.toContain('office');
  });

  it('is refused for a scenario that its profile may not read, and never the city without it', async () => {
    const headers = { ...service.staff, 'content-type': 'application/json' };
    const response = await fetch(`${service.url}/api/scenarios`, {
      ...{ method: 'POST', headers },
      body: JSON.stringify({ title: 'Szkic', reason: 'Dla urzędu', access: 'staff' }),
    });
    const { id } = (await response.json()) as { id: string };
    const inScenario = (more: object) =>
      asked<DataOrder>('POST', `/s/${id}/api/orders`, service.staff, order(more));
    const refused = await inScenario({});
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('Szkic')]);
    expect((await inScenario({ profile: 'office' })).status).toBe(202);
  });
});

describe('the note of a package', () => {
  it('stands in every file, or beside it, with its case, systems and licence; in the manifest for each layer', async () => {
    const holder = await client('geo-6', [{ profile: 'surveyor' }]);
    const formats = ORDER_FORMATS;
    const taken = { profile: 'surveyor', caseNumber: 'GK.6640.77.2026' };
    const made = await put(holder, {
      ...taken,
      formats,
      layers: ['parcels', 'control_points', 'buildings_3d'],
    });
    const packed = await files(made.body.urls.self);
    const data = Object.keys(packed).filter((name) =>
      formats.some((format) => name.startsWith(`${format}/`)),
    );
    const says = async (name: string): Promise<boolean> => {
      const bytes = Buffer.from(packed[name] ?? '');
      if (name.endsWith('.pdf')) return (await pdfText(bytes)).includes(taken.caseNumber);
      return bytes.includes(taken.caseNumber) && bytes.includes('PL-EVRF2007-NH');
    };
    const silent: string[] = [];
    for (const name of data) {
      const beside = `${name.replace(/\.[^./]+$/, '')}.note.txt`;
      if (!(await says(name)) && !(beside in packed && (await says(beside)))) silent.push(name);
    }
    // A schema is of no order, and the report of a register lies beside it.
    expect(silent.filter((name) => !/(\.xsd|_report\.json)$/.test(name))).toEqual([]);
    expect(formats.filter((format) => !data.some((name) => name.startsWith(`${format}/`)))).toEqual([]);
    const manifest = JSON.parse(new TextDecoder().decode(packed['manifest.json'])) as OrderManifest;
    expect(manifest.note.pl).toContain('Wydano w profilu: geodeta, sprawa GK.6640.77.2026.');
    for (const layer of manifest.layers) {
      expect(layer).toMatchObject({ crs: 'EPSG:2177', heights: 'PL-EVRF2007-NH' });
      expect(layer.licence.pl).not.toBe('');
    }
    const shape = 'shp/parcels_EPSG2177_PL-EVRF2007-NH';
    const [field] = manifest.fields.filter(
      ({ file, property }) => file === `${shape}.dbf` && property !== 'id',
    );
    expect(new TextDecoder().decode(packed[`${shape}.note.txt`])).toContain(
      `${field?.field} = ${field?.property}: `,
    );
  });

  it('makes another case another package, and the same case for whomever the same', async () => {
    await client('geo-7', [{ profile: 'surveyor' }]);
    const taken = { profile: 'surveyor', caseNumber: 'GK.6640.78.2026', formats: ['csv'] };
    const [first, second, other] = await Promise.all(
      [{}, { client: 'geo-7' }, { caseNumber: 'GK.6640.79.2026' }].map((more) =>
        put(service.staff, { ...taken, ...more }),
      ),
    );
    expect(second?.body.fileName).toBe(first?.body.fileName);
    expect(other?.body.fileName).not.toBe(first?.body.fileName);
  });
});

describe('accounts of clients', () => {
  it('are made by staff alone, never out of an account of staff, and end on their last day', async () => {
    const holder = await client('wycena', [{ profile: 'valuer' }]);
    expect((await asked('GET', '/api/accounts', holder)).status).toBe(403);
    expect((await asked('PUT', '/api/accounts/inny', holder, {})).status).toBe(403);
    expect((await asked('PUT', '/api/accounts/staff', service.staff, {})).status).toBe(409);
    const { body } = await asked<{ accounts: Account[] }>('GET', '/api/accounts', service.staff);
    expect(body.accounts).toContainEqual({
      ...{ name: 'wycena', isStaff: false, organisation: null, lastDay: null },
      entitlements: [{ profile: 'valuer', lastDay: null }],
      ...{ networkDetail: false, roles: [], stewardOf: [], isLocked: false },
    });
    const gone = await client('wycena', [{ profile: 'valuer' }], { lastDay: '2020-01-01' });
    expect((await asked('GET', '/api/orders', gone)).status).toBe(401);
  });
});

describe('the use register', () => {
  it('has what was ordered and what was taken at once, for staff; its statistics name nobody', async () => {
    const holder = await client('geo-3', [{ profile: 'surveyor' }], { organisation: 'Pomiar, sp. z o.o.' });
    const used = { profile: 'surveyor', caseNumber: 'GK.6640.9.2026', formats: ['geojson', 'csv'] };
    await put(holder, used);
    const [e, n] = (place as { at: readonly number[] }).at;
    const link = `/api/download?place=${e},${n}&radiusM=100&layers=parcels&formats=kml`;
    const download = await fetch(service.url + link);
    expect([download.status, (await download.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
    const register = '/api/orders/register?caseNumber=GK.6640.9.2026';
    expect([
      (await asked('GET', register, {})).status,
      (await asked('GET', register, holder)).status,
    ]).toEqual([401, 403]);
    const { body } = await asked<UsePage>('GET', register, service.staff);
    expect(body.rows).toEqual([
      expect.objectContaining({
        ...{ account: 'geo-3', organisation: 'Pomiar, sp. z o.o.', profile: 'surveyor', cancelled: false },
        ...{ layers: ['parcels'], formats: ['geojson', 'csv'] },
      }),
    ]);
    const csv = await fetch(`${service.url}${register}&f=csv`, { headers: service.staff });
    expect(await csv.text()).toContain('"Pomiar, sp. z o.o.",surveyor,GK.6640.9.2026,parcels,geojson csv');
    const statistics = await asked<UseStatistics>('GET', '/api/orders/statistics', {});
    const of = (format: string, profile: string) =>
      statistics.body.rows.find((row) => row.format === format && row.profile === profile);
    expect([of('csv', 'surveyor')?.orders, of('kml', 'public')?.orders]).toEqual([1, 1]);
    expect(JSON.stringify(statistics.body)).not.toMatch(/geo-3|Pomiar|GK\.6640/);
  });
});
