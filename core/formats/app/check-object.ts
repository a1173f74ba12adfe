/**
 * Checks of one object of a planning act: identifiers, dates, symbols, parameters and uses, as the ministry's plugin
 * and the regulations have them (Dz.U. 2020 poz. 1916, 2023 poz. 2409, 2023 poz. 2758). A fault is told and costs no object.
 */
import { codeOfZoneName, type ZoneKind, zoneKind } from '../../plan/zone-kinds.ts';
import { childOf, childText, type XmlElement } from '../../xml/element.ts';
import { type AppIdentity, codeIn, codesIn, dayIn, decimalIn, hectaresIn } from './app-values.ts';

export interface PlanFault {
  /** Stable name of the rule, as `plan-decimals`. */
  readonly rule: string;
  readonly message: string;
}

const fault = (rule: string, message: string): PlanFault => ({ rule, message });

const LOCAL_ID: Readonly<Record<string, RegExp>> = {
  AktPlanowaniaPrzestrzennego: /^\d+POG$/,
  StrefaPlanistyczna: /^\d+POG-\d+S[CGHIJKNOPRUWZ]$/,
  ObszarUzupelnieniaZabudowy: /^\d+POG-\d+OUZ$/,
  ObszarZabudowySrodmiejskiej: /^\d+POG-\d+OZS$/,
  ObszarStandardowDostepnosciInfrastrukturySpolecznej: /^\d+POG-\d+OSD$/,
};

/** Identifiers and dates of any object. Ids of acts beside the general plan are free. */
export function* checkIdentity(object: XmlElement, identity: AppIdentity): Generator<PlanFault> {
  const { namespace, localId, version } = identity;
  const isGeneral = /-POG$/.test(namespace);
  const pattern = LOCAL_ID[object.local];
  if (isGeneral && pattern && !pattern.test(localId))
    yield fault('plan-local-id', `lokalnyId "${localId}" is not of the form ${pattern.source.slice(1, -1)}`);
  if (!/^PL\.ZIPPZP\.\d+\/\d+-[A-Z]+$/.test(namespace))
    yield fault(
      'plan-namespace',
      `przestrzenNazw "${namespace}" is not of the form PL.ZIPPZP.<number>/<TERYT>-<kind>`,
    );
  if (version === undefined || !/^\d{8}T\d{6}$/.test(version))
    yield fault('plan-version-id', `wersjaId "${version ?? ''}" is not of the form yyyyMMddTHHmmss`);
  const [from, to] = [dayIn(object, 'obowiazujeOd'), dayIn(object, 'obowiazujeDo')];
  if (from !== null && to !== null && from >= to)
    yield fault('plan-dates', `obowiazujeOd ${from} is not before obowiazujeDo ${to}`);
  const [begun, over] = ['poczatekWersjiObiektu', 'koniecWersjiObiektu'].map((local) =>
    childText(object, local),
  );
  if (begun !== undefined && over !== undefined && Date.parse(over) <= Date.parse(begun))
    yield fault(
      'plan-version-dates',
      `koniecWersjiObiektu ${over} is not after poczatekWersjiObiektu ${begun}`,
    );
  if ((codeIn(object, 'status') === 'obsolete' || over !== undefined) && to === null)
    yield fault(
      'plan-end-missing',
      'An object that is out of force, or whose version has ended, needs obowiazujeDo',
    );
}

/** Acts beside the general plan are drawn on a map, which they must name. */
export function* checkAct(object: XmlElement): Generator<PlanFault> {
  const type = codeIn(object, 'typPlanu');
  if (type === null) yield fault('plan-type', 'typPlanu is missing');
  else if (type !== 'planOgolnyGminy' && childOf(object, 'mapaPodkladowa') === undefined)
    yield fault('plan-base-map', `An act of type ${type} needs mapaPodkladowa`);
}

/** Symbol and designation of zones and areas. */
export function* checkDesignation(object: XmlElement): Generator<PlanFault> {
  const [designation, symbol] = ['oznaczenie', 'symbol'].map((local) => childText(object, local) ?? '');
  if (symbol === '' || !designation?.includes(symbol ?? ''))
    yield fault('plan-designation', `oznaczenie "${designation}" does not contain the symbol "${symbol}"`);
}

interface Limit {
  readonly local: string;
  readonly least: number;
  readonly most: number;
}

const LIMITS: readonly Limit[] = [
  { local: 'maksNadziemnaIntensywnoscZabudowy', least: 0, most: 350 },
  { local: 'maksUdzialPowierzchniZabudowy', least: 0, most: 100 },
  { local: 'maksWysokoscZabudowy', least: 0, most: 1000 },
];
const BIOACTIVE: Limit = { local: 'minUdzialPowierzchniBiologicznieCzynnej', least: 0, most: 150 };
const WITHOUT_BIOACTIVE: readonly string[] = ['SG', 'SO', 'SK'];

/** Name, parameters and uses of a zone. */
export function* checkZone(object: XmlElement): Generator<PlanFault> {
  const symbol = childText(object, 'symbol') ?? '';
  const kind = zoneKind(symbol);
  if (!kind) {
    yield fault('plan-symbol', `There is no kind of zone "${symbol}"`);
    return;
  }
  const name = codeIn(object, 'nazwa');
  if (name !== codeOfZoneName(kind))
    yield fault(
      'plan-symbol-name',
      `nazwa "${name ?? ''}" is not that of ${symbol} (${codeOfZoneName(kind)})`,
    );
  for (const limit of LIMITS) yield* checkLimit(object, limit, kind.needsLimits);
  yield* checkLimit(object, BIOACTIVE, !WITHOUT_BIOACTIVE.includes(symbol));
  yield* checkUses(object, kind);
}

function* checkLimit(
  object: XmlElement,
  { local, least, most }: Limit,
  isNeeded: boolean,
): Generator<PlanFault> {
  const value = decimalIn(object, local);
  const written = childText(object, local) ?? '';
  if (value === null) {
    if (isNeeded) yield fault('plan-limit-missing', `A zone ${childText(object, 'symbol')} needs ${local}`);
    return;
  }
  if (value < least || value > most)
    yield fault('plan-limit-range', `${local} ${written} is not in ${least}–${most}`);
  if (/\.\d{2,}$/.test(written))
    yield fault('plan-decimals', `${local} ${written} has more than one decimal place`);
}

function* checkUses(
  object: XmlElement,
  { code, baseProfiles, additionalProfiles }: ZoneKind,
): Generator<PlanFault> {
  const [base, additional] = [codesIn(object, 'profilPodstawowy'), codesIn(object, 'profilDodatkowy')];
  const missing = baseProfiles.filter((use) => !base.includes(use));
  const foreign = base.filter((use) => !baseProfiles.includes(use));
  if (missing.length + foreign.length > 0) {
    const said = [
      missing.length > 0 && `lacks ${missing.join(', ')}`,
      foreign.length > 0 && `holds ${foreign.join(', ')}`,
    ];
    yield fault('plan-base-profile', `profilPodstawowy of ${code} ${said.filter(Boolean).join(' and ')}`);
  }
  const odd = additional.filter((use) => !additionalProfiles.includes(use));
  if (odd.length > 0)
    yield fault('plan-additional-profile', `${code} does not admit profilDodatkowy ${odd.join(', ')}`);
}

/** Art. 13f of the planning act: half of 3 ha and of 20 ha is the least that a municipality may set. */
const LEAST_HA = [
  ['powierzchniaLacznaObszarowZieleniPublicznej', 1.5],
  ['powierzchniaObszaruZieleniPublicznej', 10],
] as const;

/** Standards of an area of social infrastructure (OSD). */
export function* checkStandards(object: XmlElement): Generator<PlanFault> {
  for (const local of [
    'odlegloscDoSzkolyPodstawowej',
    'odlegloscDoObszarowZieleniPublicznej',
    'odlegloscDoObszaruZieleniPublicznej',
  ]) {
    const value = decimalIn(object, local);
    if (value === null) yield fault('plan-standard-missing', `An area of access standards needs ${local}`);
    else if (value <= 0 || !Number.isInteger(value))
      yield fault('plan-standard-value', `${local} ${value} is not a whole number above 0`);
  }
  for (const [local, least] of LEAST_HA) {
    const value = hectaresIn(object, local);
    if (value === null) yield fault('plan-standard-missing', `An area of access standards needs ${local}`);
    else if (value < least)
      yield fault('plan-standard-value', `${local} ${value} ha is less than ${least} ha`);
  }
}
