/** The question of siting: as it stands in the link, and as the service is asked. */
import {
  SITED_KINDS,
  SITING_OBJECTIVES,
  type SitedKind,
  type SitingPreview,
  type SitingQuestion,
} from '../../core/wire/siting.ts';

/** A new site as somebody has put it, EPSG:2177. */
export interface PutSite {
  readonly e: number;
  readonly n: number;
  /** Places; undefined as the question says. */
  readonly capacity?: number | undefined;
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
  minParcelM2: 'least',
  maxParcelM2: 'most',
} as const;
export type SitingNumber = keyof typeof SITING_NUMBERS;
const NUMBER_NAMES = Object.keys(SITING_NUMBERS) as SitingNumber[];

export const EXISTING_STATES = ['fixed', 'closable', 'enlargeable'] as const;

export interface SitingAsk {
  readonly kind: SitedKind;
  readonly objective: SitingQuestion['objective'];
  readonly newSites: number;
  readonly existing: SitingQuestion['existing'];
  readonly numbers: Readonly<Partial<Record<SitingNumber, number>>>;
  readonly sites: readonly PutSite[];
  /** Ids of facilities that are closed. */
  readonly closed: readonly string[];
  /** Whether the best sites were asked for. */
  readonly searched: boolean;
}

export const FIRST_ASK: SitingAsk = {
  ...{ kind: 'nursery', objective: 'coverage', newSites: 1, existing: 'fixed' },
  ...{ numbers: {}, sites: [], closed: [], searched: false },
};
export const MOST_NEW_SITES = 10;

/** `kind:nursery;aim:coverage;new:2;walk:15;at:6427808_5808180,6427100_5808900_40;search:yes` */
export function writeAsk({ numbers, sites, closed, ...asked }: SitingAsk): string {
  const parts = [`kind:${asked.kind}`, `aim:${asked.objective}`, `new:${asked.newSites}`];
  if (asked.existing !== 'fixed') parts.push(`existing:${asked.existing}`);
  for (const name of NUMBER_NAMES) {
    const value = numbers[name];
    if (value !== undefined) parts.push(`${SITING_NUMBERS[name]}:${value}`);
  }
  if (closed.length > 0) parts.push(`closed:${closed.join()}`);
  if (sites.length > 0) parts.push(`at:${sites.map(siteText).join()}`);
  if (asked.searched) parts.push('search:yes');
  return parts.join(';');
}

const siteText = ({ e, n, capacity }: PutSite): string =>
  [Math.round(e), Math.round(n), ...(capacity === undefined ? [] : [capacity])].join('_');

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
  const newSites = Number(parts.get('new'));
  return {
    kind: oneOf('kind', SITED_KINDS, FIRST_ASK.kind),
    objective: oneOf('aim', SITING_OBJECTIVES, FIRST_ASK.objective),
    newSites: Number.isInteger(newSites) && newSites >= 1 ? Math.min(newSites, MOST_NEW_SITES) : 1,
    existing: oneOf('existing', EXISTING_STATES, 'fixed'),
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
  const [e, n, capacity] = text.split('_').map(numberOf);
  if (e === undefined || n === undefined) return [];
  return [{ e, n, ...(capacity !== undefined && { capacity: Math.max(0, Math.round(capacity)) }) }];
}

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** What question and preview share. */
function circumstancesOf({ kind, numbers }: SitingAsk) {
  const { budgetPln: _, minDistanceM: __, minParcelM2: ___, maxParcelM2: ____, ...shared } = numbers;
  return { kind, ...shared };
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
  ...{ objective: ask.objective, newSites: ask.newSites, existing: ask.existing },
});
