/** Units, precincts and boundary points, from the corners of the parcels themselves. */
import type { Feature } from '../../feature/feature.ts';
import type { Xy } from '../../geo/plane.ts';
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
/** A larger town has more precincts than names: parts of them. */
const PARTS = ['', ' Północ', ' Południe', ' Wschód', ' Zachód', ' Górne', ' Dolne', ' Nowe', ' Małe'];

export const CORRIDORS: readonly string[] = [
  'river',
  'stream',
  'railway',
  'avenue',
  'collector',
  'street',
  'lane',
  'path',
];

/** The rim of a precinct while its quarters come. */
interface OpenPrecinct {
  readonly rim: RimUnion;
  readonly name: string;
  /** Quarters that are still to come. */
  waiting: number;
  points: number;
}

/** Collects the rims of precincts while the town is planned, and numbers its boundary points. */
export class LandRegister {
  readonly #town: Town;
  readonly #seed: number;
  readonly #precincts = new Map<string, OpenPrecinct>();
  /** The rim of all quarters so far: a corner met before lies on it, as what is surrounded never comes again. */
  readonly #met = new RimUnion();

  constructor(town: Town, seed: number) {
    this.#town = town;
    this.#seed = seed;
    const numbers = town.skeleton.quarters.map(({ precinct }) => precinct);
    for (const [i, number] of [...new Set(numbers)].sort().entries()) {
      const name = `${NAMES[i % NAMES.length]}${PARTS[Math.floor(i / NAMES.length) % PARTS.length]}`;
      const waiting = numbers.filter((other) => other === number).length;
      this.#precincts.set(number, { rim: new RimUnion(), name, waiting, points: 0 });
    }
  }

  *ofQuarter({ parcels, plan }: PlannedQuarter): Generator<Feature> {
    const number = plan.brief.precinct;
    const precinct = this.#precincts.get(number) as OpenPrecinct;
    const seen = new Set<string>();
    const isCorridor = ({ role }: PlannedParcel) => Number(CORRIDORS.includes(role));
    for (const parcel of [...parcels].sort((a, b) => isCorridor(a) - isCorridor(b))) {
      for (const p of parcel.ringCm) {
        const key = `${p[0]},${p[1]}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (!this.#met.has(p)) yield this.#point(parcel, p, ++precinct.points);
      }
    }
    for (const { ringCm } of parcels) {
      this.#met.add(ringCm);
      precinct.rim.add(ringCm);
    }
    if (--precinct.waiting > 0) return;
    this.#precincts.delete(number);
    yield feature('precincts', `${MUNICIPALITY}.${number}`, areaOf(precinct.rim.areas()), {
      name: precinct.name,
      precinct_number: number,
      unit_id: MUNICIPALITY,
      ...registerProperties(this.#seed, `precinct ${number}`),
    });
  }

  #point({ precinct }: PlannedParcel, p: Xy, number: number): Feature {
    const random = randomOf(this.#seed, 'boundary point', p[0], p[1]);
    const established = random.chance(0.72);
    const marked = established && random.chance(0.7);
    const key = `boundary point ${p[0]} ${p[1]}`;
    const id = uuidOf(this.#seed, key);
    const year = random.integer(1996, 2025);
    return feature('boundary_points', id, pointOf(toM(p)), {
      point_number: `${precinct}-${number}`,
      origin: established ? '1' : '2',
      meets_accuracy: established ? '1' : random.chance(0.35) ? '1' : '2',
      monument: marked ? random.pick(['3', '4', '4', '6']) : random.pick(['1', '2', '2']),
      position_error: established ? '1' : random.pick(['2', '3', '3', '4']),
      source_designation: established ? String(number) : null,
      survey_file: `P.3064.${year}.${random.integer(1, 9800)}`,
      ...registerProperties(this.#seed, key),
    });
  }

  *finish(): Generator<Feature> {
    const unit = 'cadastral unit';
    yield feature('cadastral_units', MUNICIPALITY, areaOf([[townBoundaryCm(this.#town)]]), {
      name: 'Poznań (miasto pokazowe)',
      ...registerProperties(this.#seed, unit),
    });
  }
}
