/** Filters and ranks the parcels of a table. */
import {
  SITE_MEASURES,
  type Site,
  type SiteMeasure,
  type SiteQuery,
  type SitesReply,
} from '../../wire/sites.ts';
import { bitOf, LAYER_OF, type SiteTable } from './site-table.ts';

/** @param query `limit` 0 = only counts, without ranking */
export function findSites(table: SiteTable, query: SiteQuery): SitesReply {
  const { hits, unknown, without } = filtered(table, query);
  const ranked = query.limit === 0 ? [] : rankedSites(table, query, hits);
  return {
    matched: hits.length,
    unknown,
    without,
    sites: ranked,
    basis: { parcels: table.ids.length, version: table.version, missing: [...table.missing] },
  };
}

interface Condition {
  readonly name: string;
  /** 1 holds, 0 does not, −1 not known. */
  holds(row: number): 1 | 0 | -1;
}

function filtered(
  table: SiteTable,
  query: SiteQuery,
): { hits: number[]; unknown: number; without: Record<string, number> } {
  const conditions = conditionsOf(table, query);
  const [minE, minN, maxE, maxN] = query.bbox ?? [-Infinity, -Infinity, Infinity, Infinity];
  const hits: number[] = [];
  const spared = conditions.map(() => 0);
  let unknown = 0;
  for (let row = 0; row < table.ids.length; row++) {
    const [e = 0, n = 0] = [table.at[row * 2], table.at[row * 2 + 1]];
    if (e < minE || e > maxE || n < minN || n > maxN) continue;
    let misses = 0;
    let missed = -1;
    let hasUnknown = false;
    for (let i = 0; i < conditions.length && misses < 2; i++) {
      const held = conditions[i]?.holds(row);
      if (held === 1) continue;
      misses++;
      missed = i;
      if (held === -1) hasUnknown = true;
    }
    if (misses === 0) hits.push(row);
    else if (misses === 1) {
      spared[missed] = (spared[missed] ?? 0) + 1;
      if (hasUnknown) unknown++;
    }
  }
  const without = Object.fromEntries(
    conditions.map(({ name }, i) => [name, hits.length + (spared[i] ?? 0)] as const),
  );
  return { hits, unknown, without };
}

function conditionsOf(table: SiteTable, { where, zones, exclude }: SiteQuery): readonly Condition[] {
  const ranges = SITE_MEASURES.flatMap((name): Condition[] => {
    const range = where[name];
    if (!range) return [];
    const { min = -Infinity, max = Infinity } = range;
    const column = table.measures[name];
    return [
      {
        name,
        holds: (row) => {
          const value = column[row] ?? Number.NaN;
          if (Number.isNaN(value)) return -1;
          return value >= min && value <= max ? 1 : 0;
        },
      },
    ];
  });
  const wanted = new Set(zones.map((kind) => table.zoneKinds.indexOf(kind)));
  wanted.delete(-1);
  const zoned: Condition[] =
    zones.length === 0
      ? []
      : [
          {
            name: 'zones',
            holds: (row) => {
              const zone = table.zone[row] ?? -1;
              if (zone === -1) return -1;
              return wanted.has(zone) ? 1 : 0;
            },
          },
        ];
  const excluded = [...new Set(exclude)].map((name): Condition => {
    const bit = bitOf(name);
    const layer = LAYER_OF[name];
    // Without data nobody knows that a parcel is clear of it.
    const isMissing = layer !== undefined && table.missing.includes(layer);
    return { name, holds: (row) => (isMissing ? -1 : ((table.excluded[row] ?? 0) & bit) === 0 ? 1 : 0) };
  });
  // What is looked up fastest and misses most often comes first.
  return [...zoned, ...excluded, ...ranges];
}

function rankedSites(table: SiteTable, query: SiteQuery, hits: readonly number[]): Site[] {
  const weighed = SITE_MEASURES.flatMap((name) => {
    const weight = query.weights[name] ?? 0;
    return weight === 0 ? [] : [{ name, weight, ...spanOf(table.measures[name], hits) }];
  });
  const total = weighed.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  const partOf = (row: number, { name, weight, least, most }: (typeof weighed)[number]): number => {
    const value = table.measures[name][row] ?? Number.NaN;
    if (Number.isNaN(value)) return 0;
    const part = most > least ? (value - least) / (most - least) : 1;
    return weight > 0 ? part : most > least ? 1 - part : 1;
  };
  const scoreOf = (row: number) =>
    total === 0
      ? 1
      : weighed.reduce((sum, each) => sum + partOf(row, each) * Math.abs(each.weight), 0) / total;
  const scores = Float64Array.from(hits, scoreOf);
  const last = query.offset + query.limit;
  // Numbers are sorted many times faster than parcels: those that cannot be among the wanted are left out first.
  const least = last < hits.length ? (scores.toSorted()[hits.length - last] ?? 0) : 0;
  const idOf = (row: number) => table.ids[row] ?? '';
  const order = hits
    .map((row, index) => ({ row, score: scores[index] ?? 0 }))
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score || (idOf(a.row) < idOf(b.row) ? -1 : 1));
  return order.slice(query.offset, last).map(({ row, score }, index) => ({
    id: idOf(row),
    rank: query.offset + index + 1,
    score: Math.round(score * 1e4) / 1e4,
    at: [numberAt(table.at, row * 2), numberAt(table.at, row * 2 + 1)],
    bbox: [0, 1, 2, 3].map((side) => numberAt(table.bbox, row * 4 + side)) as Site['bbox'],
    zone: table.zoneKinds[table.zone[row] ?? -1] ?? null,
    measures: Object.fromEntries(SITE_MEASURES.map((name) => [name, told(table, name, row)])),
    reasons: weighed.map((each) => ({
      measure: each.name,
      value: told(table, each.name, row),
      weight: each.weight,
      part: Math.round(partOf(row, each) * 1e4) / 1e4,
    })),
  }));
}

function spanOf(column: Float64Array, hits: readonly number[]): { least: number; most: number } {
  let [least, most] = [Infinity, -Infinity];
  for (const row of hits) {
    const value = column[row] ?? Number.NaN;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}

function told(table: SiteTable, name: SiteMeasure, row: number): number | null {
  const value = table.measures[name][row] ?? Number.NaN;
  return Number.isNaN(value) ? null : Math.round(value * 100) / 100;
}

const numberAt = (column: Float64Array, index: number): number =>
  Math.round((column[index] ?? 0) * 100) / 100;
