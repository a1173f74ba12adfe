/** What the site finder measures, in words, and the range of it in a city. */
import { PLAN_ZONES } from '../../catalogue/planning.ts';
import type { Text } from '../../feature/layer.ts';
import {
  SITE_EXCLUSIONS,
  SITE_MEASURES,
  type SiteExclusion,
  type SiteMeasure,
  type SiteMeasuresReply,
} from '../../wire/sites.ts';
import { bitOf, type SiteTable } from './site-table.ts';

export const MEASURE_WORDS: Readonly<Record<SiteMeasure, { readonly title: Text; readonly unit: string }>> = {
  areaM2: { title: { pl: 'Pole działki', en: 'Area of the parcel' }, unit: 'm2' },
  builtPct: { title: { pl: 'Zabudowa dziś', en: 'Built today' }, unit: '%' },
  maxHeightM: { title: { pl: 'Wysokość w planie, najwyżej', en: 'Greatest height of the plan' }, unit: 'm' },
  maxIntensity: {
    title: { pl: 'Intensywność w planie, najwyżej', en: 'Greatest floor area ratio' },
    unit: '1',
  },
  minGreenPct: { title: { pl: 'Zieleń w planie, najmniej', en: 'Least bio-active share' }, unit: '%' },
  roadM: { title: { pl: 'Do drogi publicznej', en: 'To a public road' }, unit: 'm' },
  waterM: { title: { pl: 'Do wodociągu', en: 'To water mains' }, unit: 'm' },
  sewerM: { title: { pl: 'Do kanalizacji', en: 'To a sewer' }, unit: 'm' },
  gasM: { title: { pl: 'Do gazociągu', en: 'To gas' }, unit: 'm' },
  heatM: { title: { pl: 'Do sieci ciepłowniczej', en: 'To district heat' }, unit: 'm' },
  powerM: { title: { pl: 'Do linii energetycznej', en: 'To power' }, unit: 'm' },
  stopM: { title: { pl: 'Do przystanku', en: 'To a stop' }, unit: 'm' },
  schoolM: { title: { pl: 'Do szkoły podstawowej', en: 'To a primary school' }, unit: 'm' },
  greenM: { title: { pl: 'Do zieleni', en: 'To a green area' }, unit: 'm' },
};

export const EXCLUSION_WORDS: Readonly<Record<SiteExclusion, Text>> = {
  flood: { pl: 'zagrożenie powodzią 1 % i 10 %', en: 'flood hazard 1 % and 10 %' },
  heritage: { pl: 'ochrona zabytków', en: 'heritage' },
  nature: { pl: 'ochrona przyrody', en: 'nature protection' },
  noise: { pl: 'hałas od 65 dB (LDWN)', en: 'noise from 65 dB (LDEN)' },
  street: { pl: 'działki dróg, kolei i wód', en: 'parcels of roads, railways and water' },
  built: { pl: 'działki zabudowane', en: 'parcels with buildings' },
  'not-municipal': { pl: 'grunty inne niż gminne', en: 'ground that is not the municipality’s' },
};

const zoneWords = new Map(
  PLAN_ZONES.properties
    .find(({ name }) => name === 'zone_kind')
    ?.codelist?.map(({ code, label }) => [code, label]),
);

/** Ranges for sliders, and what there is to choose from. */
export function siteMeasures(table: SiteTable): SiteMeasuresReply {
  const parcels = table.ids.length;
  const counts = new Map<number, number>();
  for (const zone of table.zone) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return {
    measures: SITE_MEASURES.map((name) => {
      const known = table.measures[name].filter((value) => !Number.isNaN(value)).toSorted();
      const at = (share: number) =>
        known[Math.min(known.length - 1, Math.floor(known.length * share))] ?? null;
      return { name, ...MEASURE_WORDS[name], known: known.length, min: at(0), max: at(1), p90: at(0.9) };
    }),
    zones: table.zoneKinds
      .map((kind, index) => ({
        kind,
        title: zoneWords.get(kind) ?? { pl: kind, en: kind },
        parcels: counts.get(index) ?? 0,
      }))
      .toSorted((a, b) => (a.kind < b.kind ? -1 : 1)),
    exclusions: SITE_EXCLUSIONS.map((name) => ({
      name,
      title: EXCLUSION_WORDS[name],
      parcels: table.excluded.reduce((sum, bits) => sum + (bits & bitOf(name) ? 1 : 0), 0),
    })),
    basis: { parcels, version: table.version, missing: [...table.missing] },
  };
}
