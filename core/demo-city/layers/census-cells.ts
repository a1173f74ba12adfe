/** The census over the residents of the town: cells of 1 km, with few people kept back as an office keeps them back. */
import { CENSUS_CELLS, CENSUS_COUNTS, densityOf } from '../../catalogue/census.ts';
import { DISCLOSURE_THRESHOLD } from '../../catalogue/society.ts';
import type { Feature } from '../../feature/feature.ts';
import {
  GRID_CELL_M,
  GRID_SRID,
  type GridCell,
  gridCellOf,
  squareOf,
} from '../../formats/population/grid-cell.ts';
import { reproject, transformBetween } from '../../geo/crs.ts';
import { mapPositions } from '../../geo/geometry.ts';
import { feature } from './shapes.ts';

const SRID = 2177;
const COUNTED_ON = '2021-03-31';
const WOMEN = 0.53;
const AGES: Readonly<Record<string, readonly string[]>> = {
  age_0_14: ['age_0_2', 'age_3_6', 'age_7_14'],
  age_15_64: ['age_15_18', 'age_19_64'],
  age_65_plus: ['age_65_plus'],
};

const toGrid = transformBetween(SRID, GRID_SRID);

export class CensusCells {
  readonly #cells = new Map<string, { readonly cell: GridCell; readonly ages: Record<string, number> }>();

  /** @param residents objects of `building_residents` */
  count(residents: readonly Feature[]): void {
    for (const { geometry, properties } of residents) {
      if (geometry?.type !== 'Point') continue;
      const [e, n] = toGrid(geometry.coordinates).map((m) => Math.floor(m / GRID_CELL_M));
      const cell = gridCellOf(`1kmN${n}E${e}`);
      if ('fault' in cell) throw new Error(cell.fault);
      const known = this.#cells.get(cell.id) ?? { cell, ages: {} };
      for (const [age, bands] of Object.entries(AGES)) {
        const people = bands.reduce((sum, band) => sum + Number(properties[band] ?? 0), 0);
        known.ages[age] = (known.ages[age] ?? 0) + people;
      }
      this.#cells.set(cell.id, known);
    }
  }

  *features(): Generator<Feature> {
    for (const [id, { cell, ages }] of [...this.#cells].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const residents = Object.values(ages).reduce((sum, people) => sum + people, 0);
      const women = Math.round(residents * WOMEN);
      const counts: Record<string, number> = { residents, ...ages, women, men: residents - women };
      const names = CENSUS_COUNTS.map(({ name }) => name);
      const withheld = names.filter((name) => isFew(counts[name] ?? 0));
      const told = Object.fromEntries(
        names.map((name) => [name, withheld.includes(name) ? null : (counts[name] ?? 0)]),
      );
      const square = reproject(squareOf(cell), GRID_SRID, SRID);
      yield feature(
        CENSUS_CELLS.name,
        id,
        mapPositions(square, ([x, y]) => [toMm(x), toMm(y)]),
        {
          ...told,
          density: densityOf(told['residents'] ?? null),
          withheld: withheld.length === 0 ? null : withheld.join(', '),
          counted_on: COUNTED_ON,
        },
      );
    }
  }
}

const isFew = (people: number): boolean => people > 0 && people < DISCLOSURE_THRESHOLD;
const toMm = (m: number): number => Math.round(m * 1_000) / 1_000;
