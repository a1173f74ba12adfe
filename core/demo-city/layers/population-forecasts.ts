/** Births and forecasts of districts: cohorts that grow older year by year from those counted. */
import { DISCLOSURE_THRESHOLD } from '../../catalogue/society.ts';
import type { Feature } from '../../feature/feature.ts';
import type { Xy } from '../../geo/plane.ts';
import type { QuarterKind } from '../skeleton.ts';
import { feature, pointOf } from './shapes.ts';

/** Years of each band of `AGE_BANDS` but the last, which is left by dying. */
const WIDTHS = [3, 4, 8, 4, 46] as const;
const COUNTED_YEAR = 2025;
const YEARS = 10;
/** Children of one year for each adult of a year; they become fewer. */
const FEWER_BIRTHS = 0.99;
const DEATHS = 0.045;
/** Estates that are still being moved into: young adults with children come. */
export const GROWING: readonly QuarterKind[] = ['new-estate', 'terraces', 'houses'];
const COMING = 0.08;

interface DistrictCount {
  readonly at: Xy;
  readonly bands: number[];
  /** Of the residents, in quarters that grow. */
  growing: number;
  all: number;
}

export class PopulationForecasts {
  readonly #districts = new Map<string, DistrictCount>();

  /** @param at a place within the district, metres from the origin */
  count(district: string, at: Xy, kind: QuarterKind, residents: readonly Feature[]): void {
    const known = this.#districts.get(district) ?? { at, bands: [0, 0, 0, 0, 0, 0], growing: 0, all: 0 };
    for (const { properties } of residents) {
      const own = BANDS.map((band) => Number(properties[`age_${band}`] ?? 0));
      for (const [k, each] of own.entries()) known.bands[k] = (known.bands[k] as number) + each;
      const sum = own.reduce((total, each) => total + each, 0);
      known.all += sum;
      if (GROWING.includes(kind)) known.growing += sum;
    }
    this.#districts.set(district, known);
  }

  *features(): Generator<Feature> {
    for (const [district, { at, bands, growing, all }] of [...this.#districts].sort()) {
      if (all === 0) continue;
      const comes = (COMING * growing) / all;
      let now = bands;
      const perAdult = (bands[0] as number) / 3 / Math.max(1, bands[4] as number);
      for (let k = 0; k <= YEARS; k++) {
        const births = (now[4] as number) * perAdult * FEWER_BIRTHS ** k;
        if (k > 0) now = yearLater(now, births, comes);
        const whole = now.map(Math.round);
        yield feature('population_forecasts', `${district}.${COUNTED_YEAR + k}`, pointOf(at), {
          district_id: district,
          year: COUNTED_YEAR + k,
          births: published(Math.round(births)),
          residents: whole.reduce((sum, each) => sum + each, 0),
          ...Object.fromEntries(BANDS.map((band, i) => [`age_${band}`, published(whole[i] as number)])),
        });
      }
    }
  }
}

const BANDS = ['0_2', '3_6', '7_14', '15_18', '19_64', '65_plus'] as const;

/** Of few people nothing is told. */
const published = (people: number): number | null =>
  people > 0 && people < DISCLOSURE_THRESHOLD ? null : people;

/** Each band hands a share of its people on to the next; families come in the shares of who is there. */
function yearLater(bands: readonly number[], births: number, comes: number): number[] {
  const leave = bands.map((each, k) => (k < WIDTHS.length ? each / (WIDTHS[k] as number) : each * DEATHS));
  return bands.map(
    (each, k) => (each - (leave[k] as number) + (k === 0 ? births : (leave[k - 1] as number))) * (1 + comes),
  );
}
