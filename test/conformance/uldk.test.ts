/** The state's parcel locator, as its clients read it: lines, columns by `|`. Geometries are judged by OGR, places by PROJ. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { projected, tool } from './outside-tools.ts';

const PARCEL = '306401_1.0021.AR_10.161';

let service: WholeService;
beforeAll(async () => {
  service = await startWholeService();
}, 120_000);
afterAll(() => service.close());

const ask = async (query: Readonly<Record<string, string>>, path = '/uldk', init: RequestInit = {}) => {
  const response = await fetch(`${service.url}${path}?${new URLSearchParams(query)}`, init);
  return { status: response.status, text: await response.text() };
};
const rows = async (query: Readonly<Record<string, string>>, path?: string) => {
  const [head = '', ...lines] = (await ask(query, path)).text.trimEnd().split('\n');
  return { head, rows: lines.map((line) => line.split('|')) };
};

/** Area in m², and a point within, as OGR reads a geometry in text or hexadecimal binary. */
async function judged(
  geometry: string,
): Promise<{ areaM2: number; inside: readonly [number, number]; type: string }> {
  const script = [
    'import sys, json',
    'from osgeo import ogr',
    'text = sys.stdin.read().strip()',
    // OGR reads the plain form: the number of the CRS is taken out of the extended one.
    "plain = lambda wkb: bytes.fromhex(wkb[:8] + '00' + wkb[18:])",
    "g = ogr.CreateGeometryFromWkt(text.split(';')[1]) if ';' in text else ogr.CreateGeometryFromWkb(plain(text))",
    'p = g.PointOnSurface()',
    'print(json.dumps(dict(areaM2=g.GetArea(), inside=[p.GetX(), p.GetY()], type=g.GetGeometryName())))',
  ].join('\n');
  return JSON.parse(await tool('/usr/bin/python3', ['-c', script], {}, geometry));
}

describe('the parcel locator', () => {
  it('gives a parcel by id with the columns asked for, its geometry in EPSG:2180, easting first', async () => {
    const result = 'geom_wkt,geom_wkb,geom_extent,teryt,parcel,region,commune,county,voivodeship';
    const { head, rows: found } = await rows({ request: 'GetParcelById', id: PARCEL, result });
    expect(head).toBe('0');
    const [[wkt = '', wkb = '', extent = '', ...names] = []] = found;
    expect(names).toEqual([
      ...[
        PARCEL,
        '161',
        'Stare Miasto',
        'Poznań (miasto pokazowe)',
        'Poznań (miasto pokazowe)',
        'wielkopolskie',
      ],
    ]);
    expect(wkt).toMatch(/^SRID=2180;POLYGON\(\(\d/);
    const [text, binary] = [await judged(wkt), await judged(wkb)];
    expect(text.type).toBe('POLYGON');
    expect(binary.areaM2).toBeCloseTo(text.areaM2, 1);
    const [, minX, minY, maxX, maxY] = /^BOX\((\S+) (\S+),(\S+) (\S+)\)$/.exec(extent)?.map(Number) ?? [];
    expect(text.inside[0]).toSatisfy((x: number) => x > Number(minX) && x < Number(maxX));
    expect(text.inside[1]).toSatisfy((y: number) => y > Number(minY) && y < Number(maxY));
  });

  it('gives the same parcel at a place inside it, in whatever CRS the place is written', async () => {
    const { rows: found } = await rows({ request: 'GetParcelById', id: PARCEL, result: 'geom_wkt' });
    const { inside } = await judged(found[0]?.[0] ?? '');
    const [cadastral = []] = await projected([inside], 2180, 2177);
    const [degrees = []] = await projected([inside], 2180, 4326);
    const places = [`${inside}`, `${cadastral.slice(0, 2)},2177`, `${degrees.slice(0, 2)},4326`];
    for (const xy of places) {
      const answer = await rows({ request: 'GetParcelByXY', xy, result: 'teryt', srid: '2177' });
      expect(answer).toEqual({ head: '0', rows: [[PARCEL]] });
    }
    const corner = await rows({ request: 'SnapToPoint', xy: `${inside}`, radius: '200', result: 'geom_wkt' });
    expect(corner.rows[0]?.[0]).toMatch(/^SRID=2180;POINT\(\d/);
  });

  it('joins parcels into one area, and refuses to leave out one that there is not', async () => {
    const wkt = (await rows({ request: 'GetParcelById', id: PARCEL, result: 'geom_wkt' })).rows[0]?.[0] ?? '';
    const [[ax = 0, ay = 0] = [], [bx = 0, by = 0] = []] = (/\(\(([^)]*)/.exec(wkt)?.[1] ?? '')
      .split(',')
      .map((corner) => corner.trim().split(' ').map(Number));
    // Half a metre to either side of the middle of its first side.
    const [x, y, length] = [(ax + bx) / 2, (ay + by) / 2, Math.hypot(bx - ax, by - ay)];
    const step = [(by - ay) / length / 2, (ax - bx) / length / 2] as const;
    const beside = await Promise.all(
      [1, -1].map(async (side) => {
        const xy = `${x + side * step[0]},${y + side * step[1]}`;
        return (await rows({ request: 'GetParcelByXY', xy, result: 'teryt' })).rows[0]?.[0];
      }),
    );
    const neighbour = beside.find((id) => id !== undefined && id !== PARCEL) ?? '';
    expect(neighbour).not.toBe('');
    const areaOf = async (request: string, id: string) =>
      judged((await rows({ request, id, result: 'geom_wkt' })).rows[0]?.[0] ?? '');
    const [one, other, both] = [
      await areaOf('GetParcelById', PARCEL),
      await areaOf('GetParcelById', neighbour),
      await areaOf('GetAggregateArea', `${PARCEL},${neighbour}`),
    ];
    expect(both.type).toBe('POLYGON');
    expect(both.areaM2).toBeCloseTo(one.areaM2 + other.areaM2, 1);
    const refused = await ask({ request: 'GetAggregateArea', id: `${PARCEL},306401_1.0021.999999` });
    expect(refused).toMatchObject({
      status: 200,
      text: expect.stringMatching(/^-1.*306401_1\.0021\.999999/),
    });
  });

  it('finds parcels by the name of a precinct and a number, and says in the first line how many', async () => {
    const { head, rows: found } = await rows({
      ...{ request: 'GetParcelByIdOrNr', id: 'stare miasto 161', result: 'teryt,parcel' },
    });
    expect(Number(head)).toBe(found.length);
    expect(found).toContainEqual([PARCEL, '161']);
    expect(found.every(([id, number]) => id?.startsWith('306401_1.0021') && number === '161')).toBe(true);
  });

  it('gives buildings, precincts, communes and the county that is a city', async () => {
    const teryt = async (request: string, id: string, result = 'teryt') =>
      (await rows({ request, id, result })).rows[0];
    expect(await teryt('GetRegionById', '306401_1.0022', 'teryt,region')).toEqual([
      '306401_1.0022',
      'Zatorze',
    ]);
    expect(await teryt('GetRegionByNameOrId', 'Zatorze')).toEqual(['306401_1.0022']);
    expect(await teryt('GetCommuneById', '306401_1')).toEqual(['306401_1']);
    expect((await teryt('GetCountyById', '3064', 'geom_wkt,county'))?.[1]).toBe('Poznań (miasto pokazowe)');
    expect(await teryt('GetVoivodeshipById', '30', 'teryt,voivodeship')).toEqual(['30', 'wielkopolskie']);
    const building = await teryt('GetBuildingById', '306401_1.0021.AR_01.1.1_BUD', 'numer,function,teryt');
    expect(building?.[0]).toBe('1');
    expect(building?.[1]).toMatch(/\(\w\)$/);
  });

  it('answers where clients of the state’s locator ask: at the root and at service.php, and of an earlier moment too', async () => {
    const query = { request: 'GetParcelById', id: PARCEL, result: 'teryt' };
    const past = `/at/${encodeURIComponent(new Date().toISOString())}`;
    for (const path of ['/', '/service.php', `${past}/uldk`, `${past}/`]) {
      expect((await rows(query, path)).rows, path).toEqual([[PARCEL]]);
    }
    const list = await rows({ obiekt: 'obreb', wynik: 'nazwa,teryt', teryt: '306401_1' }, '/service.php');
    expect(list.rows).toContainEqual(['Zatorze', '306401_1.0022']);
    const page = await fetch(`${service.url}/`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type') ?? '').not.toContain('text/plain');
  });

  it('takes a thousand ids at once, a row for each in their order, as text or JSON', async () => {
    const items = await fetch(`${service.url}/ogc/collections/parcels/items?limit=999&f=json`);
    const { features } = (await items.json()) as { features: readonly { id: string }[] };
    const ids = [...features.map(({ id }) => id), '306401_1.0021.AR_99.999'];
    const query = { request: 'GetParcelById', result: 'geom_wkb,teryt' };
    const sent = await ask(query, '/uldk', { method: 'POST', body: ids.join('\n') });
    const [head, ...lines] = sent.text.trimEnd().split('\n');
    expect(head).toBe('0');
    expect(lines.map((line) => line.split('|')[1] ?? line)).toEqual([...ids.slice(0, -1), '-1 brak wyników']);
    const init = { method: 'POST', body: JSON.stringify(ids) };
    const json = JSON.parse((await ask({ ...query, format: 'json' }, '/uldk', init)).text);
    expect(json).toMatchObject({ asked: ids.length, found: ids.length - 1 });
    expect(json.results.at(-1)).toEqual({ asked: ids.at(-1), found: false });
  });

  it.each<readonly [string, Readonly<Record<string, string>>, RegExp]>([
    ['an unknown parcel', { request: 'GetParcelById', id: 'x' }, /^-1 brak wyników\n$/],
    ['a place without a parcel', { request: 'GetParcelByXY', xy: '0,0' }, /^-1 brak wyników\n$/],
    ['an unknown request', { request: 'GetOwner', id: PARCEL }, /^-1 błędne zapytanie: .*GetParcelById/],
    ['an unknown column', { request: 'GetParcelById', id: PARCEL, result: 'owner' }, /geom_wkt/],
    ['an unknown CRS', { request: 'GetParcelById', id: PARCEL, srid: '9999' }, /EPSG:9999 is not served/],
    ['a place that is none', { request: 'GetParcelByXY', xy: '1,x' }, /easting, northing/],
    ['a missing id', { request: 'GetParcelById' }, /id is missing/],
    ['the boundary of a voivodeship', { request: 'GetVoivodeshipById', id: '30' }, /not held in this twin/],
  ])(
    'says in its first line what is wrong with %s, and in JSON by problem details',
    async (_, query, expected) => {
      const { status, text } = await ask(query);
      expect({ status, text }).toEqual({ status: 200, text: expect.stringMatching(expected) });
      expect(text.trimEnd().split('\n')).toHaveLength(1);
      const json = await ask({ ...query, format: 'json' });
      expect(json.status).toBe(text.includes('brak wyników') ? 200 : 400);
      expect(() => JSON.parse(json.text)).not.toThrow();
    },
  );
});
