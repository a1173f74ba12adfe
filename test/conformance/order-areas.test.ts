/** Areas out of files and by map sheets, as the whole service reads them in the city of the demo. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GivenArea, OrderEstimate } from '../../core/wire/order.ts';
import { openPool, type Pool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';

let service: WholeService;
let pool: Pool;
/** Of a control point, EPSG:2177. */
let [e, n] = [0, 0];
beforeAll(async () => {
  service = await startWholeService();
  pool = openPool({ databaseUrl: service.databaseUrl, maxConnections: 2, statementTimeoutMs: 60_000 });
  const [middle] = await pool.read<{ x: number; y: number }>(
    sql`select round(ST_X(geom)) as x, round(ST_Y(geom)) as y from city.control_point where valid_to is null order by id limit 1`,
  );
  [e, n] = [middle?.x ?? 0, middle?.y ?? 0];
}, 300_000);
afterAll(async () => {
  await pool.close();
  await service.close();
});

async function read(file: string, query = '') {
  const response = await fetch(`${service.url}/api/orders/area${query}`, { method: 'POST', body: file });
  return { status: response.status, body: (await response.json()) as GivenArea & { detail: string } };
}
const wkt = (corners: readonly (readonly [number, number])[]) =>
  `SRID=2177;POLYGON ((${corners.map(([x, y]) => `${e + x} ${n + y}`).join(', ')}))`;
const estimateOf = async (area: object, more: object = {}) => {
  const order = { area, layers: ['parcels'], formats: ['gml'], ...more };
  const response = await fetch(`${service.url}/api/orders/estimate`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) },
  });
  return { status: response.status, body: (await response.json()) as OrderEstimate & { detail: string } };
};

describe('an area out of a file', () => {
  it('is one area of the city, of parts that meet, and can be ordered as it is', async () => {
    const ring = (x: number) =>
      `((${e + x} ${n}, ${e + x + 60} ${n}, ${e + x + 60} ${n + 50}, ${e + x} ${n + 50}, ${e + x} ${n}))`;
    const { status, body } = await read(`SRID=2177;MULTIPOLYGON (${ring(0)}, ${ring(40)})`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ form: 'WKT', srid: 2177, sridFrom: 'file', polygons: 2, faults: [] });
    expect(body.areaM2).toBeCloseTo(100 * 50, 3);
    const estimate = await estimateOf(body.area);
    expect([estimate.status, Math.round(estimate.body.areaM2 ?? 0)]).toEqual([200, 5_000]);
  });

  it('that crosses itself says where, and is given repaired', async () => {
    const { body } = await read(
      wkt([
        [0, 0],
        [100, 100],
        [100, 0],
        [0, 100],
        [0, 0],
      ]),
    );
    expect(body.faults).toEqual([{ reason: 'Self-intersection', e: e + 50, n: n + 50 }]);
    expect(body.areaM2).toBeCloseTo(5_000, 3);
    expect((await estimateOf(body.area)).status).toBe(200);
  });

  it('of more vertices than an order takes is simplified, and says by how much', async () => {
    const corners = Array.from({ length: 30_000 }, (_, index): [number, number] => {
      const turn = (index / 30_000) * 2 * Math.PI;
      return [Math.cos(turn) * 300, Math.sin(turn) * 300].map((m) => Math.round(m * 1000) / 1000) as [
        number,
        number,
      ];
    });
    const { status, body } = await read(wkt([...corners, corners[0] ?? [0, 0]]));
    expect([status, body.simplifiedM]).toEqual([200, 0.01]);
    expect(body.vertices).toBeLessThan(20_000);
    expect(body.areaM2).toBeGreaterThan(Math.PI * 300 ** 2 - 2 * Math.PI * 300 * 0.011);
  });

  it('that does not say its system is asked for it, with what its numbers look like', async () => {
    const list = `${e} ${n}\n${e + 50} ${n}\n${e + 50} ${n + 50}`;
    const asked = await read(list);
    expect([asked.status, asked.body.detail]).toEqual([400, expect.stringContaining('looks like EPSG:2177')]);
    const given = await read(list, '?srid=2177');
    expect([given.status, given.body.sridFrom, Math.round(given.body.areaM2)]).toEqual([200, 'asked', 1250]);
  });

  it('outside the city says where it lies, as when its axes are the other way round', async () => {
    const list = `${e} ${n}\n${e + 50} ${n}\n${e + 50} ${n + 50}`;
    const swapped = await read(list, '?srid=2177&axes=ne');
    expect([swapped.status, swapped.body.detail]).toEqual([
      400,
      expect.stringMatching(/outside the city.*° N/),
    ]);
    expect((await read('{"type":"Point","coordinates":[1,2]}')).body.detail).toContain('holds no polygon');
    expect((await read('x', '?axes=xy')).status).toBe(400);
  });
});

it('a system whose zone is elsewhere is refused, with the one that fits', async () => {
  const place = { kind: 'place', at: [e, n], srid: 2177, radiusM: 100 };
  const refused = await estimateOf(place, { srid: 2178 });
  expect([refused.status, refused.body.detail]).toEqual([400, expect.stringContaining('use EPSG:2177')]);
});
