/** The question of siting: as it stands in the link, and as the service is asked. */
import {
  SITE_KINDS,
  SITED_KINDS,
  SITING_AVOIDED,
  SITING_OBJECTIVES,
  type SitedKind,
  type SiteKind,
  type SitingPreview,
  type SitingQuestion,
} from '../../core/wire/siting-question.ts';

/** A new site as somebody has put it, EPSG:2177. */
export interface PutSite {
  readonly e: number;
  readonly n: number;
  /** Places; undefined as the question says. */
  readonly capacity?: number | undefined;
  /** Undefined on bare ground. */
  readonly siteKind?: Exclude<SiteKind, 'parcel'> | undefined;
}

/** What may be left to what is usual of the kind. */
export const SITING_NUMBERS = {
  walkMinutes: 'walk',
  capacityPerSite: 'places',
  budgetPln: 'budget',
  minDistanceM: 'apart',
  walkKmH: 'speed',
  demandFactor: 'demand',
  growthPerDwelling: 'growth',
  costPerSitePln: 'site',
  costPerPlacePln: 'place',
  buildingCostShare: 'building',
  premisesCostShare: 'premises',
  forecastYear: 'year',
  mostClosed: 'close',
  enlargeBy: 'larger',
  mostCandidates: 'try',
  minParcelM2: 'least',
  maxParcelM2: 'most',
} as const;
export type SitingNumber = keyof typeof SITING_NUMBERS;
const NUMBER_NAMES = Object.keys(SITING_NUMBERS) as SitingNumber[];

export const EXISTING_STATES = ['fixed', 'closable', 'enlargeable'] as const;

export const EQUITY_AIMS = ['worst-district', 'deviation'] as const;

export interface SitingAsk {
  readonly kind: SitedKind;
  readonly objective: SitingQuestion['objective'];
  readonly newSites: number;
  readonly existing: SitingQuestion['existing'];
  readonly equityBy: SitingQuestion['equityBy'];
  /** Undefined as is usual of the kind. */
  readonly avoid: SitingQuestion['avoid'];
  readonly siteKinds: SitingQuestion['siteKinds'];
  /** Ids to choose among; empty: what the municipality has. */
  readonly candidates: readonly string[];
  readonly slopes: boolean;
  readonly stepFree: boolean;
  readonly numbers: Readonly<Partial<Record<SitingNumber, number>>>;
  readonly sites: readonly PutSite[];
  /** Ids of facilities that are closed. */
  readonly closed: readonly string[];
  /** Whether the best sites were asked for. */
  readonly searched: boolean;
}

export const FIRST_ASK: SitingAsk = {
  ...{ kind: 'nursery', objective: 'coverage', newSites: 1, existing: 'fixed' },
  ...{ equityBy: 'worst-district', avoid: undefined, siteKinds: undefined, candidates: [] },
  ...{ slopes: true, stepFree: false },
  ...{ numbers: {}, sites: [], closed: [], searched: false },
};
export const MOST_NEW_SITES = 10;

/** `kind:nursery;aim:coverage;new:2;walk:15;at:6427808_5808180,6427100_5808900_40;search:yes` */
export function writeAsk({ numbers, sites, closed, ...asked }: SitingAsk): string {
  const parts = [`kind:${asked.kind}`, `aim:${asked.objective}`, `new:${asked.newSites}`];
  if (asked.existing !== 'fixed') parts.push(`existing:${asked.existing}`);
  if (asked.equityBy !== 'worst-district') parts.push(`equity:${asked.equityBy}`);
  if (asked.avoid) parts.push(`avoid:${asked.avoid.join() || 'nothing'}`);
  if (asked.siteKinds) parts.push(`on:${asked.siteKinds.join()}`);
  if (asked.candidates.length > 0) parts.push(`among:${asked.candidates.map(encodeURIComponent).join()}`);
  if (!asked.slopes) parts.push('slopes:no');
  if (asked.stepFree) parts.push('pram:yes');
  for (const name of NUMBER_NAMES) {
    const value = numbers[name];
    if (value !== undefined) parts.push(`${SITING_NUMBERS[name]}:${value}`);
  }
  if (closed.length > 0) parts.push(`closed:${closed.join()}`);
  if (sites.length > 0) parts.push(`at:${sites.map(siteText).join()}`);
  if (asked.searched) parts.push('search:yes');
  return parts.join(';');
}

const siteText = ({ e, n, capacity, siteKind }: PutSite): string =>
  [Math.round(e), Math.round(n), capacity ?? '', siteKind ?? ''].join('_').replace(/_+$/, '');

/** What is not understood is left out. */
export function readAsk(text: string): SitingAsk {
  const parts = new Map(
    text.split(';').flatMap((part) => {
      const at = part.indexOf(':');
      return at > 0 ? [[part.slice(0, at), part.slice(at + 1)] as const] : [];
    }),
  );
  const list = (name: string) => (parts.get(name) ?? '').split(',').filter((word) => word !== '');
  const oneOf = <T extends string>(name: string, known: readonly T[], usual: T): T =>
    known.find((word) => word === parts.get(name)) ?? usual;
  const someOf = <T extends string>(name: string, known: readonly T[]): T[] | undefined =>
    parts.has(name) ? known.filter((word) => list(name).includes(word)) : undefined;
  const siteKinds = someOf('on', SITE_KINDS);
  const newSites = Number(parts.get('new'));
  return {
    kind: oneOf('kind', SITED_KINDS, FIRST_ASK.kind),
    objective: oneOf('aim', SITING_OBJECTIVES, FIRST_ASK.objective),
    newSites: Number.isInteger(newSites) && newSites >= 1 ? Math.min(newSites, MOST_NEW_SITES) : 1,
    existing: oneOf('existing', EXISTING_STATES, 'fixed'),
    equityBy: oneOf('equity', EQUITY_AIMS, 'worst-district'),
    avoid: someOf('avoid', SITING_AVOIDED),
    siteKinds: siteKinds && siteKinds.length > 0 ? siteKinds : undefined,
    candidates: list('among').map(decoded),
    slopes: parts.get('slopes') !== 'no',
    stepFree: parts.get('pram') === 'yes',
    numbers: Object.fromEntries(
      NUMBER_NAMES.flatMap((name) => {
        const value = numberOf(parts.get(SITING_NUMBERS[name]));
        return value === undefined || value < 0 ? [] : [[name, value] as const];
      }),
    ),
    sites: list('at').flatMap(siteOf).slice(0, MOST_NEW_SITES),
    closed: list('closed'),
    searched: parts.get('search') === 'yes',
  };
}

function siteOf(text: string): PutSite[] {
  const words = text.split('_');
  const [e, n, capacity] = words.slice(0, 3).map(numberOf);
  if (e === undefined || n === undefined) return [];
  const siteKind = (['building', 'premises'] as const).find((kind) => kind === words[3]);
  return [
    {
      ...{ e, n },
      ...(capacity !== undefined && { capacity: Math.max(0, Math.round(capacity)) }),
      ...(siteKind && { siteKind }),
    },
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** What question and preview share. */
function circumstancesOf({ kind, numbers, slopes, stepFree }: SitingAsk) {
  const { budgetPln: _, minDistanceM: __, minParcelM2: ___, maxParcelM2: ____, ...some } = numbers;
  const { mostClosed: _5, enlargeBy: _6, mostCandidates: _7, ...shared } = some;
  return { kind, slopes, stepFree, ...shared };
}

/** As `/api/siting/preview` is asked. */
export const previewOf = (
  ask: SitingAsk,
): Pick<SitingPreview, 'kind' | 'closed' | 'points'> & { sites: readonly PutSite[] } => ({
  ...circumstancesOf(ask),
  sites: ask.sites,
  closed: [...ask.closed],
  points: 'all',
});

/** As `/api/siting` is asked. */
export const questionOf = (ask: SitingAsk): Partial<SitingQuestion> => ({
  ...circumstancesOf(ask),
  ...ask.numbers,
  ...{ objective: ask.objective, newSites: ask.newSites, existing: ask.existing, equityBy: ask.equityBy },
  ...(ask.avoid && { avoid: ask.avoid }),
  ...(ask.siteKinds && { siteKinds: ask.siteKinds }),
  ...(ask.candidates.length > 0 && { candidates: [...ask.candidates] }),
});
