/** The question of the site finder: as it stands in the link, and as the service is asked. */
import {
  SITE_EXCLUSIONS,
  SITE_MEASURES,
  type SiteExclusion,
  type SiteMeasure,
} from '../../core/wire/sites.ts';

/** Undefined = no bound. */
export interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export interface SitesQuestion {
  readonly where: Readonly<Partial<Record<SiteMeasure, Range>>>;
  readonly zones: readonly string[];
  readonly exclude: readonly SiteExclusion[];
  readonly weights: Readonly<Partial<Record<SiteMeasure, number>>>;
}

/** What most people look for first: free land of a house or more, with a pipe near. */
export const FIRST_QUESTION: SitesQuestion = {
  where: { areaM2: { min: 500, max: 2000 }, waterM: { max: 30 } },
  zones: [],
  exclude: ['flood', 'street', 'built'],
  weights: { waterM: -1 },
};

/** `areaM2:500..2000;exclude:flood,built;weights:waterM~-1` */
export function writeQuestion({ where, zones, exclude, weights }: SitesQuestion): string {
  const parts = SITE_MEASURES.flatMap((name) => {
    const range = where[name];
    return range ? [`${name}:${rangeText(range)}`] : [];
  });
  const weighed = Object.entries(weights).map(([name, weight]) => `${name}~${weight}`);
  for (const [name, values] of [
    ['zones', zones],
    ['exclude', exclude],
    ['weights', weighed],
  ] as const) {
    if (values.length > 0) parts.push(`${name}:${values.join()}`);
  }
  return parts.join(';') || 'all';
}

/** What is not understood is left out. */
export function readQuestion(text: string): SitesQuestion {
  const parts = new Map(
    text.split(';').flatMap((part) => {
      const [name, value] = part.split(':');
      return name && value ? [[name, value] as const] : [];
    }),
  );
  const list = (name: string) => (parts.get(name) ?? '').split(',').filter((word) => word !== '');
  return {
    where: Object.fromEntries(
      SITE_MEASURES.flatMap((name) => {
        const value = parts.get(name);
        return value === undefined ? [] : [[name, readRange(value)] as const];
      }),
    ),
    zones: list('zones').filter((zone) => /^[A-Za-z0-9]{1,10}$/.test(zone)),
    exclude: SITE_EXCLUSIONS.filter((name) => list('exclude').includes(name)),
    weights: Object.fromEntries(
      list('weights').flatMap((pair) => {
        const [name, weight] = pair.split('~');
        const known = SITE_MEASURES.find((measure) => measure === name);
        const value = Number(weight);
        return known && Number.isFinite(value) && value !== 0 ? [[known, value] as const] : [];
      }),
    ),
  };
}

/** Parameters of `/api/sites`. A condition without bounds asks nothing. */
export function parametersOf(question: SitesQuestion): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const name of SITE_MEASURES) {
    const range = question.where[name];
    if (range && (range.min !== undefined || range.max !== undefined)) parameters.set(name, rangeText(range));
  }
  if (question.zones.length > 0) parameters.set('zones', question.zones.join());
  if (question.exclude.length > 0) parameters.set('exclude', question.exclude.join());
  const weights = Object.entries(question.weights).map(([name, weight]) => `${name}:${weight}`);
  if (weights.length > 0) parameters.set('weights', weights.join());
  return parameters;
}

const rangeText = ({ min, max }: Range): string => `${min ?? ''}..${max ?? ''}`;

function readRange(text: string): Range {
  const [min, max] = text.split('..').map((end) => (end === '' ? undefined : Number(end)));
  return {
    ...(min !== undefined && Number.isFinite(min) && { min }),
    ...(max !== undefined && Number.isFinite(max) && { max }),
  };
}
