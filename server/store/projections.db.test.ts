/** Our transformations beside those of PROJ in PostGIS: they must not differ by a millimetre. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crsOf, SERVED_CRS, transformBetween } from '../../core/geo/crs.ts';
import type { Position } from '../../core/geo/geometry.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { sql } from './sql.ts';

const MILLIMETRE = 0.001;
const DEGREES_PER_M = 1 / 111_320;

/** A grid of positions in EPSG:2177. */
function grid(minE: number, minN: number, maxE: number, maxN: number, steps: number): readonly Position[] {
  return Array.from({ length: steps * steps }, (_, index) => [
    minE + ((maxE - minE) * (index % steps)) / (steps - 1),
    minN + ((maxN - minN) * Math.floor(index / steps)) / (steps - 1),
  ]);
}

const AREAS: readonly (readonly [string, readonly Position[]])[] = [
  ['the city', grid(6_412_600, 5_794_400, 6_437_600, 5_821_600, 15)],
  ['the zone', grid(6_390_000, 5_420_000, 6_610_000, 6_090_000, 15)],
  ['the country', grid(6_220_000, 5_430_000, 6_940_000, 6_080_000, 15)],
];

describe('transformBetween', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  /** Straight from PROJ. */
  const byProj = async (
    positions: readonly Position[],
    from: number,
    to: number,
  ): Promise<readonly Position[]> => {
    const rows = await database.pool.read<{ x: number; y: number }>(
      sql`select ST_X(moved) as x, ST_Y(moved) as y
        from unnest(${positions.map(([x]) => x)}::float8[], ${positions.map(([, y]) => y)}::float8[])
          with ordinality as given (x, y, nr),
        lateral (select ST_Transform(ST_SetSRID(ST_MakePoint(given.x, given.y), ${from}::integer), ${to}::integer) as moved) as m
        order by nr`,
    );
    return rows.map(({ x, y }) => [x, y]);
  };
  /** Largest gap in metres of the target CRS. */
  const gap = (ours: readonly Position[], theirs: readonly Position[], srid: number): number => {
    expect(ours).toHaveLength(theirs.length);
    const unit = crsOf(srid).unit === 'degree' ? 1 / DEGREES_PER_M : 1;
    return Math.max(
      ...ours.map(
        (p, i) =>
          unit * Math.hypot(p[0] - (theirs[i]?.[0] ?? Number.NaN), p[1] - (theirs[i]?.[1] ?? Number.NaN)),
      ),
    );
  };

  for (const [area, positions] of AREAS) {
    it.each(SERVED_CRS.map(({ srid }) => srid))(
      `agrees with PROJ over ${area}: EPSG:2177 and EPSG:%i`,
      async (srid) => {
        const there = await byProj(positions, 2177, srid);
        expect(gap(positions.map(transformBetween(2177, srid)), there, srid)).toBeLessThan(MILLIMETRE);
        expect(
          gap(there.map(transformBetween(srid, 2177)), await byProj(there, srid, 2177), 2177),
        ).toBeLessThan(MILLIMETRE);
        expect(gap(there.map(transformBetween(srid, 2177)), positions, 2177)).toBeLessThan(MILLIMETRE);
      },
    );
  }

  it('agrees with PROJ between every two served CRS', async () => {
    const sample = AREAS[0]?.[1].filter((_, index) => index % 16 === 0) ?? [];
    for (const from of SERVED_CRS) {
      const given = await byProj(sample, 2177, from.srid);
      for (const to of SERVED_CRS) {
        const ours = given.map(transformBetween(from.srid, to.srid));
        const difference = gap(ours, await byProj(given, from.srid, to.srid), to.srid);
        expect([from.srid, to.srid, difference < MILLIMETRE]).toEqual([from.srid, to.srid, true]);
      }
    }
  });
});
