/** Units, precincts, boundary points and districts, from the corners of the parcels themselves. */
import type { Feature } from '../../feature/feature.ts';
import type { Xy } from '../plane.ts';
import { randomOf, uuidOf } from '../random.ts';
import { registerProperties } from '../registers.ts';
import {
  MUNICIPALITY,
  type PlannedParcel,
  type PlannedQuarter,
  type Town,
  townBoundaryCm,
} from '../town-plan.ts';
import { areaOf, feature, pointOf, RimUnion, toM } from './shapes.ts';

const NAMES =
  'Stare Miasto;Zatorze;Winogrady;Rataje;Zagórze;Piątkowo;Jeżyce;Łazarz;Wilda;Górczyn;Naramowice;Podolany;Strzeszyn;Ławica;Starołęka;Główna;Krzesiny;Szczepankowo;Kobylepole;Antoninek;Morasko;Umultowo;Golęcin;Junikowo'.split(
    ';',
  );

/** Collects the rims of precincts while the town is planned, and numbers its boundary points. */
export class LandRegister {
  readonly #precincts = new Map<string, RimUnion>();
  readonly #numbers = new Map<string, number>();
  /** Points on the rim of quarters met so far, as those of the next quarter may be the same. */
  readonly #known = new Set<string>();
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  *ofQuarter({ parcels, plan }: PlannedQuarter): Generator<Feature> {
    const corridors = new Set([
      'river',
      'stream',
      'railway',
      'avenue',
      'collector',
      'street',
      'lane',
      'path',
    ]);
    for (const parcel of parcels) {
      let union = this.#precincts.get(parcel.precinct);
      if (!union) {
        union = new RimUnion();
        this.#precincts.set(parcel.precinct, union);
      }
      union.add(parcel.ringCm);
    }
    const rim = new Set(
      plan.sub.settled(plan.outline).corners.map((corner) => plan.sub.cm(corner).join(',')),
    );
    const seen = new Set<string>();
    const ordered = [...parcels].sort(
      (a, b) => Number(corridors.has(a.role)) - Number(corridors.has(b.role)),
    );
    for (const parcel of ordered) {
      for (const p of parcel.ringCm) {
        const key = `${p[0]},${p[1]}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (this.#known.has(key)) continue;
        if (rim.has(key) || corridors.has(parcel.role)) this.#known.add(key);
        yield this.#point(parcel, p);
      }
    }
  }

  #point(parcel: PlannedParcel, p: Xy): Feature {
    const number = (this.#numbers.get(parcel.precinct) ?? 0) + 1;
    this.#numbers.set(parcel.precinct, number);
    const random = randomOf(this.#seed, 'boundary point', p[0], p[1]);
    const established = random.chance(0.72);
    const marked = established && random.chance(0.7);
    const key = `boundary point ${p[0]} ${p[1]}`;
    const id = uuidOf(this.#seed, key);
    const year = random.integer(1996, 2025);
    return feature('boundary_points', id, pointOf(toM(p)), {
      point_number: `${parcel.precinct}-${number}`,
      origin: established ? '1' : '2',
      meets_accuracy: established ? '1' : random.chance(0.35) ? '1' : '2',
      monument: marked ? random.pick(['3', '4', '4', '6']) : random.pick(['1', '2', '2']),
      position_error: established ? '1' : random.pick(['2', '3', '3', '4']),
      source_designation: established ? String(number) : null,
      survey_file: `P.3064.${year}.${random.integer(1, 9800)}`,
      ...registerProperties(this.#seed, key),
    });
  }

  *finish(town: Town): Generator<Feature> {
    const unit = 'cadastral unit';
    yield feature('cadastral_units', MUNICIPALITY, areaOf([[townBoundaryCm(town)]]), {
      name: 'Poznań (miasto pokazowe)',
      ...registerProperties(this.#seed, unit),
    });
    const precincts = [...this.#precincts].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [i, [number, union]] of precincts.entries()) {
      const round = Math.floor(i / NAMES.length);
      const name = `${NAMES[i % NAMES.length]}${round > 0 ? ` ${round + 1}` : ''}`;
      const geometry = areaOf(union.areas());
      yield feature('precincts', `${MUNICIPALITY}.${number}`, geometry, {
        name,
        precinct_number: number,
        unit_id: MUNICIPALITY,
        ...registerProperties(this.#seed, `precinct ${number}`),
      });
      yield feature('districts', `OS-${number}`, geometry, {
        name: `Osiedle ${name}`,
        resolution: `Uchwała nr ${['LXXVI', 'XLI', 'LXIV'][i % 3]}/${1100 + i * 7}/V/2010 Rady Miasta`,
      });
    }
  }
}
