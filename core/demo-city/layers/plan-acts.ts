/** Planning acts of the demo city: which parts of a precinct have a local plan, which get one and which have none. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { areaM2Of } from '../registers.ts';
import type { QuarterBrief, QuarterKind } from '../skeleton.ts';
import { type PlannedParcel, type PlannedQuarter, type Town, townBoundaryCm } from '../town-plan.ts';
import type { TellConstraint } from './parcel-constraint.ts';
import { areaOf, connected, feature, RimUnion, unionOf } from './shapes.ts';

/** `changing` = in force, and a change of it in preparation. */
export type PlanState = 'in-force' | 'changing' | 'preparing' | 'none';

/** By precinct and map sheet, so that nobody needs to ask the data. Where faults are planted a plan is in force. */
export function planStateOf({ precinct, sheet, planted }: QuarterBrief): PlanState {
  const turn = (Number(precinct) * 7 + sheet * 3) % 10;
  if (planted || turn > 2) return 'in-force';
  return (['preparing', 'changing', 'none'] as const)[turn] ?? 'in-force';
}

export const GENERAL_ACT = '3064-POG_1POG';
export const localAct = (precinct: string): string => `3064-MPZP_${precinct}`;

export interface LocalAct {
  readonly title: string;
  readonly number: string;
  readonly publication: string;
  readonly since: string;
  readonly adopted: string;
  readonly year: number;
}

export function localActOf(precinct: string): LocalAct {
  const n = Number(precinct);
  const year = 2006 + ((n * 5) % 18);
  const month = 1 + (n % 9);
  return {
    title: `Miejscowy plan zagospodarowania przestrzennego obszaru obrębu ${precinct}`,
    number: `${['XII', 'XXXIV', 'LVI', 'XLVIII'][n % 4]}/${300 + n * 3}/VII/${year}`,
    publication: `Dz. Urz. Woj. Wielkopolskiego z ${year} r. poz. ${2000 + n * 17}`,
    since: `${year}-0${month}-14`,
    adopted: `${month === 1 ? year - 1 : year}-${month === 1 ? '12' : `0${month - 1}`}-28`,
    year,
  };
}

export const GENERAL = {
  title: 'Plan ogólny miasta pokazowego',
  number: 'XXX/512/IX/2026',
  publication: 'Dz. Urz. Woj. Wielkopolskiego z 2026 r. poz. 4120',
  since: '2026-05-04',
} as const;

/** The triple of a plan of the demo city, under a number that the ministry gives to nobody, and the dates of its version. */
export function planVersion(id: string, since: string): Record<string, PropertyValue> {
  const [, dataset, localId] = /^([^_]+)_(.+)$/.exec(id) ?? [];
  return {
    iip_namespace: `PL.ZIPPZP.0/${dataset}`,
    iip_local_id: localId ?? null,
    iip_version: `${since.replaceAll('-', '')}T000000`,
    version_since: `${since}T00:00:00Z`,
    version_until: null,
  };
}

export const NO_PLAN_VERSION = {
  ...{ iip_namespace: null, iip_local_id: null, iip_version: null },
  ...{ version_since: null, version_until: null },
};

/** Where the general plan lets buildings fill gaps, and where it sees a downtown. */
const DOWNTOWN: readonly QuarterKind[] = ['market-square', 'old-town', 'tenements', 'inner-blocks'];
const OPEN_GROUND: readonly QuarterKind[] = [
  'allotments',
  'park',
  'riverside',
  'fields',
  'forest',
  'industry',
];
const NO_GROUND: readonly PlannedParcel['role'][] = ['river', 'stream', 'railway'];

/** The same in every general plan of the town: art. 13f UPZP, the distances of a city. */
const STANDARDS = {
  excludes_farmsteads: true,
  max_school_distance_m: 1500,
  max_green_areas_distance_m: 1500,
  min_green_areas_ha: 3,
  max_green_area_distance_m: 3000,
  min_green_area_ha: 20,
} as const;
const NO_STANDARDS = Object.fromEntries(
  [...Object.keys(STANDARDS), 'other_standards'].map((name) => [name, null]),
);

/** Collects acts while the town is planned; local ones come at the end, when their last parcel is known. */
export class PlanActs {
  readonly #tell: TellConstraint | undefined;
  readonly #town: Town;
  readonly #rims = new Map<
    string,
    { readonly rim: RimUnion; readonly properties: Record<string, PropertyValue> }
  >();
  readonly #numbers = { OUZ: 0, OZS: 0 };

  constructor(town: Town, tell: TellConstraint | undefined) {
    this.#town = town;
    this.#tell = tell;
  }

  *ofQuarter({ plan: { brief }, parcels }: PlannedQuarter): Generator<Feature> {
    const { precinct, kind } = brief;
    const state = planStateOf(brief);
    const id = localAct(precinct);
    const own = localActOf(precinct);
    if (state === 'in-force' || state === 'changing') this.#add(id, parcels, inForce(own));
    if (state === 'changing') this.#add(`${id}-Z1`, parcels, prepared(`Zmiana: ${own.title}`, id));
    if (state === 'preparing') this.#add(`${id}-P1`, parcels, prepared(`${own.title} (projekt)`, null));
    if (brief.planted) this.#add(`${id}-1994`, parcels, repealed(precinct));
    this.#tellAll('plan_acts', GENERAL_ACT, parcels);
    this.#tellAll('plan_areas', `${GENERAL_ACT}-1OSD`, parcels);
    if (!OPEN_GROUND.includes(kind)) yield* this.#areas('OUZ', parcels);
    if (DOWNTOWN.includes(kind)) yield* this.#areas('OZS', parcels);
  }

  *finish(): Generator<Feature> {
    const whole = areaOf([[townBoundaryCm(this.#town)]]);
    yield feature('plan_acts', GENERAL_ACT, whole, {
      ...EMPTY_ACT,
      plan_kind: 'general',
      title: GENERAL.title,
      number: GENERAL.number,
      publication: GENERAL.publication,
      status: 'legalForce',
      begun_on: '2024-02-20',
      adopted_on: '2026-04-14',
      in_force_since: GENERAL.since,
      drawing_scale: 10_000,
      text_url: urlOf(GENERAL_ACT, 'tekst'),
      drawing_url: urlOf(GENERAL_ACT, 'rysunek'),
      plan_type: 'planOgolnyGminy',
      is_modification: false,
      ...documentOf('resolution', GENERAL_ACT, `Uchwała w sprawie: ${GENERAL.title}`, '2026-04-14'),
      ...documentOf('beginning', GENERAL_ACT, `Przystąpienie: ${GENERAL.title}`, '2024-02-20'),
      ...documentOf('drawing', GENERAL_ACT, `Rysunek: ${GENERAL.title}`, GENERAL.since),
      drawing_crs: 'http://www.opengis.net/def/crs/EPSG/0/2177',
      ...planVersion(GENERAL_ACT, GENERAL.since),
    });
    yield this.#area('OSD', 1, whole, STANDARDS);
    for (const [id, { rim, properties }] of this.#rims) {
      const links = { text_url: urlOf(id, 'tekst'), drawing_url: urlOf(id, 'rysunek') };
      const since = properties['in_force_since'] ?? properties['begun_on'];
      const version = planVersion(id, String(since));
      yield feature('plan_acts', id, areaOf(rim.areas()), {
        ...{ ...EMPTY_ACT, plan_type: 'miejscowyPlanZagospodarowaniaPrzestrzennego' },
        ...{ ...properties, ...links, ...version },
      });
    }
  }

  *#areas(kind: 'OUZ' | 'OZS', parcels: readonly PlannedParcel[]): Generator<Feature> {
    const ground = parcels.filter(({ role }) => !NO_GROUND.includes(role));
    for (const group of connected(ground, ({ ringCm }) => ringCm)) {
      const number = ++this.#numbers[kind];
      this.#tellAll('plan_areas', `${GENERAL_ACT}-${number}${kind}`, group);
      yield this.#area(kind, number, areaOf(unionOf(group.map(({ ringCm }) => ringCm))), {});
    }
  }

  #area(
    kind: string,
    number: number,
    geometry: Feature['geometry'],
    more: Record<string, PropertyValue>,
  ): Feature {
    const id = `${GENERAL_ACT}-${number}${kind}`;
    return feature('plan_areas', id, geometry ?? areaOf([]), {
      kind,
      designation: `${number}${kind}`,
      act_id: GENERAL_ACT,
      status: 'legalForce',
      in_force_since: GENERAL.since,
      in_force_until: null,
      name: null,
      strength: 'bindingForAuthorities',
      ...NO_STANDARDS,
      ...more,
      ...planVersion(id, GENERAL.since),
    });
  }

  #add(id: string, parcels: readonly PlannedParcel[], properties: Record<string, PropertyValue>): void {
    const act = this.#rims.get(id) ?? { rim: new RimUnion(), properties };
    this.#rims.set(id, act);
    for (const { ringCm } of parcels) act.rim.add(ringCm);
    this.#tellAll('plan_acts', id, parcels);
  }

  #tellAll(layer: 'plan_acts' | 'plan_areas', zoneId: string, parcels: readonly PlannedParcel[]): void {
    const tell = this.#tell;
    if (tell)
      for (const { id: parcelId, ringCm } of parcels)
        tell({ layer, parcelId, zoneId, areaM2: areaM2Of(ringCm) });
  }
}

const urlOf = (id: string, what: string): string => `https://bip.example/plany/${id}/${what}`;

const EMPTY_ACT = {
  plan_kind: 'local',
  title: null,
  number: null,
  publication: null,
  status: null,
  begun_on: null,
  adopted_on: null,
  in_force_since: null,
  in_force_until: null,
  changes: null,
  drawing_scale: null,
  text_url: null,
  drawing_url: null,
  plan_type: null,
  alternative_title: null,
  change_number: null,
  is_modification: null,
  ...{ base_map_date: null, base_map_reference: null, base_map_url: null },
  ...{ resolution_iip: null, resolution_title: null, beginning_iip: null, beginning_title: null },
  ...{ drawing_iip: null, drawing_title: null, drawing_crs: null },
  ...NO_PLAN_VERSION,
} as const;

/** Identifier and title of a document of an act, as its row keeps them. */
function documentOf(what: string, act: string, title: string, day: string): Record<string, PropertyValue> {
  const { iip_namespace, iip_local_id, iip_version } = planVersion(act, day);
  const iip = `${iip_namespace}/${iip_local_id}-${what}/${iip_version}`;
  return { [`${what}_iip`]: iip, [`${what}_title`]: title };
}

const inForce = ({ title, number, publication, since, adopted, year }: LocalAct) => ({
  title,
  number,
  publication,
  status: 'legalForce',
  begun_on: `${year - 2}-10-05`,
  adopted_on: adopted,
  in_force_since: since,
  drawing_scale: 1000,
});

const prepared = (title: string, changes: string | null) => ({
  title,
  status: 'elaboration',
  begun_on: '2026-02-24',
  changes,
  drawing_scale: 1000,
});

/** Plans from before 1995 lost force at the end of 2003. */
const repealed = (precinct: string) => ({
  title: `Miejscowy plan szczegółowy obszaru obrębu ${precinct} (1988)`,
  number: 'XXII/94/88',
  publication: 'Dz. Urz. Woj. Poznańskiego z 1988 r. nr 11 poz. 140',
  status: 'obsolete',
  adopted_on: '1988-06-21',
  in_force_since: '1988-08-01',
  in_force_until: '2003-12-31',
  drawing_scale: 2000,
});
