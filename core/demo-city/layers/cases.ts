/** Cases and decisions of the demo city about single parcels. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { type Random, randomOf } from '../random.ts';
import { areaM2Of } from '../registers.ts';
import type { PlannedParcel, PlannedQuarter } from '../town-plan.ts';
import type { TellConstraint } from './parcel-constraint.ts';
import { areaOf, feature } from './shapes.ts';

const CITY_OFFICE = 'Prezydent Miasta Poznania';

interface Outcome {
  readonly status: string;
  /** Years from its beginning to the end of what was decided; none = without end. */
  readonly years?: number;
}

interface CaseKind {
  readonly kind: string;
  readonly prefix: string;
  readonly subject: string;
  readonly authority: string;
}

const ON_EMPTY: readonly [CaseKind, ...CaseKind[]] = [
  {
    kind: 'building_conditions',
    prefix: 'UA-IV.6730',
    subject: 'Budynek mieszkalny jednorodzinny',
    authority: CITY_OFFICE,
  },
  {
    kind: 'building_permit',
    prefix: 'UA-V.6740',
    subject: 'Budowa budynku mieszkalnego z przyłączami',
    authority: CITY_OFFICE,
  },
  { kind: 'division', prefix: 'GP-II.6831', subject: 'Podział działki na dwie', authority: CITY_OFFICE },
];
const ON_BUILT: readonly [CaseKind, ...CaseKind[]] = [
  {
    kind: 'building_permit',
    prefix: 'UA-V.6740',
    subject: 'Nadbudowa i przebudowa budynku',
    authority: CITY_OFFICE,
  },
  {
    kind: 'building_notice',
    prefix: 'UA-V.6743',
    subject: 'Budowa garażu wolno stojącego do 35 m²',
    authority: CITY_OFFICE,
  },
  {
    kind: 'demolition',
    prefix: 'UA-V.6741',
    subject: 'Rozbiórka budynku gospodarczego',
    authority: CITY_OFFICE,
  },
  { kind: 'tree_removal', prefix: 'OS-V.6131', subject: 'Usunięcie dwóch drzew', authority: CITY_OFFICE },
  {
    kind: 'heritage_permit',
    prefix: 'MKZ-II.4125',
    subject: 'Remont elewacji',
    authority: 'Miejski Konserwator Zabytków',
  },
];
const OUTCOMES: readonly [Outcome, ...Outcome[]] = [
  { status: 'running' },
  { status: 'running' },
  { status: 'suspended' },
  { status: 'granted' },
  { status: 'granted', years: 5 },
  { status: 'granted', years: 3 },
  { status: 'refused' },
  { status: 'discontinued' },
];

/** So that some have ended and some run: cases begin in these years. */
const YEARS = [2020, 2026] as const;

export class Cases {
  readonly #seed: number;
  readonly #tell: TellConstraint | undefined;
  #number = 0;

  constructor(seed: number, tell: TellConstraint | undefined) {
    this.#seed = seed;
    this.#tell = tell;
  }

  *ofQuarter({ parcels }: PlannedQuarter): Generator<Feature> {
    for (const parcel of parcels) {
      if (parcel.role !== 'lot' && parcel.role !== 'empty') continue;
      const random = randomOf(this.#seed, 'cases', parcel.id);
      const count = random.chance(0.08) ? random.integer(1, 3) : 0;
      for (let k = 0; k < count; k++) yield this.#caseOn(parcel, random);
    }
  }

  #caseOn({ id: parcelId, ringCm, buildings }: PlannedParcel, random: Random): Feature {
    const { kind, prefix, subject, authority } = random.pick(buildings.length > 0 ? ON_BUILT : ON_EMPTY);
    const number = ++this.#number;
    const id = `SPR-${number}`;
    this.#tell?.({ layer: 'cases', parcelId, zoneId: id, areaM2: areaM2Of(ringCm) });
    const course = courseOf(random);
    const year = course.applied_on.slice(0, 4);
    return feature('cases', id, areaOf([[ringCm]]), {
      kind,
      number: `${prefix}.${number}.${year}`,
      subject,
      authority,
      parcel_ids: parcelId,
      ...course,
    });
  }
}

/** What runs began this year; the rest was decided within three months and became final two weeks later. */
function courseOf(random: Random): Readonly<Record<string, PropertyValue>> & { readonly applied_on: string } {
  const year = random.integer(...YEARS);
  const { status, years } = random.pick(OUTCOMES);
  const isOpen = status === 'running' || status === 'suspended';
  const day = (y: number, month: number, date: number) =>
    `${y}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  const [month, date] = [random.integer(1, 6), random.integer(1, 12)];
  const began = isOpen ? YEARS[1] : year;
  const ends = status === 'granted' && years !== undefined ? day(began + years, month + 3, date + 14) : null;
  return {
    status,
    applied_on: day(began, month, date),
    decided_on: isOpen ? null : day(began, month + 3, date),
    final_on: isOpen ? null : day(began, month + 3, date + 14),
    valid_until: ends,
  };
}
