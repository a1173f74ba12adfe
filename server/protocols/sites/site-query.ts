/** Reads the query of an address: `areaM2=800..2000&waterM=..50&zones=MN,MW&exclude=flood&weights=waterM:-2`. */
import { invalidParameter } from '../../../core/errors.ts';
import { SITE_MEASURES, type SiteQuery, siteQuerySchema } from '../../../core/wire/sites.ts';
import { readKvp } from '../../http/kvp.ts';

const KNOWN = new Set(
  [...SITE_MEASURES, 'zones', 'exclude', 'bbox', 'weights', 'limit', 'offset', 'f'].map((name) =>
    name.toLowerCase(),
  ),
);

/** @throws TwinError invalid-parameter naming what cannot be read */
export function siteQueryOf(query: URLSearchParams): SiteQuery {
  for (const name of query.keys()) {
    if (!KNOWN.has(name.toLowerCase())) {
      throw invalidParameter(
        name,
        `There is no condition "${name.slice(0, 50)}"; GET /api/sites/measures lists them`,
      );
    }
  }
  const kvp = readKvp(query);
  const where: Record<string, { min?: number; max?: number }> = {};
  for (const name of SITE_MEASURES) {
    const text = kvp.get(name);
    if (text !== undefined) where[name] = rangeOf(text, name);
  }
  const weights = Object.fromEntries(
    (kvp.list('weights') ?? []).map((pair) => {
      const [name = '', weight = ''] = pair.split(':');
      return [name, numberOf(weight, 'weights')];
    }),
  );
  const whole = (name: string) => {
    const text = kvp.get(name);
    return text === undefined ? {} : { [name]: numberOf(text, name) };
  };
  const bbox = kvp.list('bbox')?.map((text) => numberOf(text, 'bbox'));
  return checked({
    where,
    weights,
    zones: kvp.list('zones') ?? [],
    exclude: kvp.list('exclude') ?? [],
    ...(bbox && { bbox }),
    ...whole('limit'),
    ...whole('offset'),
  });
}

function checked(given: unknown): SiteQuery {
  const read = siteQuerySchema.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const [head, name] = issue?.path ?? [];
  const where = String(head === 'where' ? (name ?? head) : (head ?? 'body'));
  throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
}

function rangeOf(text: string, name: string): { min?: number; max?: number } {
  const [from, to, ...more] = text.split('..');
  if (from === undefined || to === undefined || more.length > 0) {
    throw invalidParameter(
      name,
      `${name} must be a range as in 100..500, 100.. or ..500, got "${text.slice(0, 50)}"`,
    );
  }
  return {
    ...(from.trim() !== '' && { min: numberOf(from, name) }),
    ...(to.trim() !== '' && { max: numberOf(to, name) }),
  };
}

function numberOf(text: string, name: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw invalidParameter(name, `${name} must hold numbers, got "${text.slice(0, 50)}"`);
}
