/** Grids of the census: cells by their codes, secrets that stay unknown, rows at fault by line and day. */
import { describe, expect, it } from 'vitest';
import type { GridMapping } from '../../wire/feature-mapping.ts';
import type { TableRow } from '../mapped/reader.ts';
import type { ReadEvent } from '../reader.ts';
import { gridCellOf, squareOf } from './grid-cell.ts';
import { readGrid } from './read-grid.ts';

const MAPPING: GridMapping = {
  layer: 'census_cells',
  place: { cell: 'GRD_ID' },
  properties: {
    ...{ residents: 'T', age_0_14: 'Y_LT15', age_15_64: 'Y_1564', age_65_plus: 'Y_GE65' },
    counted_on: { value: '2021-03-31' },
  },
};
const POZNAN = 'CRS3035RES1000mN3277000E4792000';

async function read(
  rows: readonly (Partial<TableRow> & Pick<TableRow, 'columns'>)[],
  mapping: GridMapping = MAPPING,
) {
  async function* all(): AsyncGenerator<TableRow> {
    for (const [k, row] of rows.entries()) {
      yield { where: `Line ${k + 2}`, line: k + 2, geometry: undefined, srid: 3035, crs: '', ...row };
    }
  }
  const events: ReadEvent[] = [];
  for await (const event of readGrid(all(), mapping)) events.push(event);
  return {
    objects: events.flatMap((event) => (event.kind === 'object' ? [event] : [])),
    faults: events.flatMap((event) => (event.kind === 'rejected' ? [event.problem] : [])),
    notes: events.flatMap((event) => (event.kind === 'note' ? [event] : [])),
  };
}
const counted = (T: unknown, young: unknown = 1, adult: unknown = 2, old: unknown = 3, id = POZNAN) => ({
  columns: { GRD_ID: id, T, Y_LT15: young, Y_1564: adult, Y_GE65: old },
});

describe('the code of a cell', () => {
  it.each([POZNAN, '1kmN3277E4792', '1000mN3277E4792', ' crs3035res1kmN3277000E4792000 '])(
    'names the same square as %j',
    (code) => {
      const cell = gridCellOf(code);
      expect(cell).toEqual({ id: POZNAN, minE: 4_792_000, minN: 3_277_000 });
      if ('fault' in cell) return;
      expect(squareOf(cell).coordinates[0]?.[0]?.[2]).toEqual([4_793_000, 3_278_000]);
    },
  );

  it.each([
    ['CRS3035RES500mN3277500E4792000', /sides of 500 m/],
    ['CRS2180RES1000mN506000E359000', /grid in EPSG:2180/],
    ['CRS3035RES1000mN3277500E4792000', /does not begin at a corner/],
    ['1kmN32E47', /does not begin at a corner/],
    ['N3277E4792', /is no code of a cell/],
    ['', /is no code of a cell/],
  ])('is refused as %j', (code, words) => {
    expect(gridCellOf(code)).toEqual({ fault: expect.stringMatching(words) });
  });
});

describe('a table of a census grid', () => {
  it('gives counts at computed squares, with the day of the census', async () => {
    const { objects, faults } = await read([counted('6')]);
    expect(faults).toEqual([]);
    expect(objects).toEqual([
      {
        ...{ kind: 'object', srid: 3035, ended: false },
        feature: {
          ...{ layer: 'census_cells', id: POZNAN },
          geometry: squareOf({ id: POZNAN, minE: 4_792_000, minN: 3_277_000 }),
          properties: {
            ...{ residents: 6, age_0_14: 1, age_15_64: 2, age_65_plus: 3, men: null, women: null },
            ...{ density: 'd1', withheld: null, counted_on: '2021-03-31' },
          },
        },
      },
    ]);
  });

  it('keeps secrets as not known and named, and never as 0', async () => {
    const { objects } = await read(
      [
        counted('4', -9999, '#', 'x!'),
        counted('-9999', ':', '.', '0', '1kmN3278E4792'),
        counted('', '', '', '', '1kmN3279E4792'),
      ],
      { ...MAPPING, withheld: ['x!'] },
    );
    const told = objects.map(({ feature }) => feature.properties);
    expect(told).toMatchObject([
      {
        ...{ residents: 4, age_0_14: null, age_15_64: null, age_65_plus: null },
        withheld: 'age_0_14, age_15_64, age_65_plus',
      },
      {
        ...{ residents: null, age_0_14: null, age_15_64: null, age_65_plus: 0 },
        ...{ withheld: 'residents', density: null },
      },
      { residents: null, age_65_plus: null, withheld: null, density: null },
    ]);
  });

  it('rejects rows at fault by line and day, and takes a sign as the mapping says', async () => {
    const rows = [
      counted('12.5'),
      counted('-3'),
      counted('-'),
      counted('5', 1, 2, 2, '250mN13108E19168'),
      { columns: { OTHER: '1' } },
    ];
    const { objects, faults } = await read(rows);
    expect(objects).toEqual([]);
    expect(faults.map(({ code, line, message }) => [code, line, message])).toEqual([
      ['invalid-value', 2, 'Line 2, as of 2021-03-31: residents: 12.5 is no count of people'],
      ['invalid-value', 3, 'Line 3, as of 2021-03-31: residents: -3 is no count of people'],
      ['invalid-value', 4, 'Line 4, as of 2021-03-31: T: "-" is not a number'],
      [
        ...['missing-id', 5],
        'Line 5, as of 2021-03-31: its cell has sides of 250 m; the layer holds cells of 1 km',
      ],
      [
        ...['missing-id', 6],
        'Line 6, as of 2021-03-31: there is no column "GRD_ID", which the mapping names; there are OTHER',
      ],
    ]);
    const none = { column: 'T', codes: { '-': 0 } };
    const coded = await read([counted('-', 0, 0, 0)], {
      ...MAPPING,
      properties: { ...MAPPING.properties, residents: none },
    });
    expect(coded.objects[0]?.feature.properties['residents']).toBe(0);
  });

  it.each([{ value: '2021-02-31' }, { value: 'spis' }, 'DAY'])(
    'takes no row without a day (%j)',
    async (day) => {
      const { objects, faults } = await read([counted('6')], {
        ...MAPPING,
        properties: { ...MAPPING.properties, counted_on: day },
      });
      expect(objects).toEqual([]);
      expect(faults[0]?.message).toBe('Line 2: counted_on: it holds no day');
    },
  );

  it('believes the code where the shape lies elsewhere, and says so', async () => {
    const at = (e: number, n: number) => squareOf({ id: '', minE: e, minN: n });
    const { objects, notes } = await read([
      { ...counted('6'), geometry: at(4_792_000.4, 3_276_999.7) },
      { ...counted('6', 1, 2, 3, '1kmN3278E4792'), geometry: at(4_792_000, 3_279_000) },
    ]);
    expect(objects).toHaveLength(2);
    expect(objects[1]?.feature.geometry).toEqual(at(4_792_000, 3_278_000));
    const told = notes.filter(({ code }) => code === 'cell-not-at-its-code').map(({ message }) => message);
    expect(told).toEqual([
      'Line 3, as of 2021-03-31: the shape of CRS3035RES1000mN3278000E4792000 lies 1000 m outside the square of its code; the code was believed',
    ]);
  });

  it('notes parts that do not add up, since offices change small counts', async () => {
    const { objects, notes } = await read([counted('7')]);
    expect(objects[0]?.feature.properties['residents']).toBe(7);
    expect(notes.map(({ code }) => code)).toEqual(['sum:age_0_14+age_15_64+age_65_plus', 'census-grid']);
  });
});
