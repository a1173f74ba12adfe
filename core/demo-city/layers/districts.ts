/**
 * Districts (osiedla), the auxiliary units of a city: shapes of their own that follow streets and the river, never
 * the precincts of the land register.
 */
import type { Feature } from '../../feature/feature.ts';
import { distance, type Xy } from '../../geo/plane.ts';
import { randomOf } from '../random.ts';
import { riverX } from '../terrain.ts';
import type { PlannedQuarter, Town } from '../town-plan.ts';
import { areaOf, feature, RimUnion } from './shapes.ts';

const NAMES =
  'Stare Miasto;Ostrów Tumski-Śródka;Nowe Winogrady;Święty Łazarz;Chartowo;Grunwald Południe;Stare Winogrady;Zielony Dębiec;Żegrze;Sołacz;Stary Grunwald;Jana III Sobieskiego;Bolesława Chrobrego;Ogrody;Wola;Kwiatowe;Fabianowo-Kotowo;Świerczewo;Kiekrz;Krzyżowniki-Smochowice;Warszawskie-Pomet;Główieniec-Majątek;Nad Cybiną;Starołęka Mała;Garaszewo-Spławie;Podlesie;Radojewo;Piotrowo-Berdychowo'.split(
    ';',
  );
const PARTS = ['', ' Północne', ' Południowe', ' Wschodnie', ' Zachodnie', ' Nowe', ' Stare', ' Małe'];

/** Seats of districts stand about this far apart in the middle of a town, and farther and farther outwards. */
const APART_M = 1150;
/** How fast districts grow outwards: twice as wide at this distance from the middle. */
const WIDENING_M = 4000;

interface OpenDistrict {
  readonly rim: RimUnion;
  readonly number: number;
  /** Quarters that are still to come. */
  waiting: number;
}

/** Collects the rims of districts while the town is planned. */
export class Districts {
  readonly #open = new Map<string, OpenDistrict>();
  readonly #ofQuarter: readonly string[];
  readonly #numbers = new Map<string, number>();
  #next = 0;

  constructor({ skeleton }: Town, seed: number) {
    const keys = skeleton.quarters.map(({ at }) => seatOf(at, seed));
    this.#ofQuarter = keys;
    for (const key of keys) {
      const district = this.#open.get(key) ?? {
        rim: new RimUnion(),
        number: this.#open.size + 1,
        waiting: 0,
      };
      district.waiting++;
      this.#open.set(key, district);
      this.#numbers.set(key, district.number);
    }
  }

  /** Id of the district of the quarter that comes next. */
  nextOf(): string {
    return idOf(this.#numbers.get(this.#ofQuarter[this.#next] as string) as number);
  }

  /** Quarters come in the order of the skeleton; with its last quarter a district is complete. */
  *ofQuarter({ parcels }: PlannedQuarter): Generator<Feature> {
    const key = this.#ofQuarter[this.#next++] as string;
    const district = this.#open.get(key) as OpenDistrict;
    for (const { ringCm } of parcels) district.rim.add(ringCm);
    if (--district.waiting > 0) return;
    this.#open.delete(key);
    const { number, rim } = district;
    const i = number - 1;
    yield feature('districts', idOf(number), areaOf(rim.areas()), {
      name: `Osiedle ${NAMES[i % NAMES.length]}${PARTS[Math.floor(i / NAMES.length) % PARTS.length]}`,
      resolution: `Uchwała nr ${['LXXVI', 'XLI', 'LXIV'][i % 3]}/${1100 + i * 7}/V/2010 Rady Miasta`,
    });
  }
}

const idOf = (number: number): string => `OS-${String(number).padStart(3, '0')}`;

/** The seat nearest to a place on its bank of the river. Seats stand in squares, one each, moved by the seed. */
function seatOf(at: Xy, seed: number): string {
  const bank = at[0] < riverX(at[1]) ? 'west' : 'east';
  const place = drawnIn(at);
  const [column, row] = [Math.floor(place[0] / APART_M), Math.floor(place[1] / APART_M)];
  let best = '';
  let bestAway = Infinity;
  for (let dx = -2; dx <= 2; dx++) {
    for (let dy = -2; dy <= 2; dy++) {
      const [i, k] = [column + dx, row + dy];
      const random = randomOf(seed, 'district seat', i, k);
      const seat: Xy = [(i + random.between(0.2, 0.8)) * APART_M, (k + random.between(0.2, 0.8)) * APART_M];
      const away = distance(seat, place);
      if (away < bestAway) {
        bestAway = away;
        best = `${bank} ${i} ${k}`;
      }
    }
  }
  return best;
}

/** A place drawn nearer to the middle, the more the farther out it is. */
function drawnIn([x, y]: Xy): Xy {
  const away = Math.hypot(x, y);
  const share = away === 0 ? 1 : (WIDENING_M * Math.log(1 + away / WIDENING_M)) / away;
  return [x * share, y * share];
}
