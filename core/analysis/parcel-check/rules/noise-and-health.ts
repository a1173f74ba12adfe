/** Noise by the class that the plan gives, cemeteries. */
import type { Text } from '../../../feature/layer.ts';
import { numberIn } from '../../../law/provision.ts';
import { classOfSymbols } from '../../noise/noise-class.ts';
import { sigmaOfLayer } from '../accuracy.ts';
import type { AreaFact, ParcelFacts } from '../facts.ts';
import { judgeCommon } from '../judge.ts';
import { nearDrafts } from '../near-rule.ts';
import { zonesInForce } from '../plan-in-force.ts';
import type { DayLaw, Draft, Rule } from '../rule.ts';

/** The class without a plan: what stands there (art. 115). */
const BY_USE: Readonly<Record<string, string>> = { m: 'HAL-3', k: 'HAL-2', z: 'HAL-2' };

interface NoiseClass {
  readonly provision: string;
  readonly basis: Text;
}

/** The strictest class of the parcel; undefined where neither plan nor use gives one. */
function classOf(facts: ParcelFacts, law: DayLaw): NoiseClass | undefined {
  const zones = zonesInForce(facts, 'local', law.day);
  const planned = classOfSymbols(
    zones.map(({ properties }) => String(properties['symbol'] ?? properties['zone_kind'] ?? '')),
  );
  if (planned) {
    return {
      provision: planned.provision,
      basis: { pl: `klasa według planu (${planned.symbol})`, en: `class by the plan (${planned.symbol})` },
    };
  }
  if (zones.length > 0) return undefined;
  const standing = facts.buildings
    .filter(({ commonM2, kind }) => commonM2 > 0 && kind !== null)
    .map(({ kind }) => BY_USE[kind ?? ''])
    .filter((provision) => provision !== undefined)
    .toSorted();
  const [used] = standing;
  return used === undefined
    ? undefined
    : {
        provision: used,
        basis: { pl: 'klasa według faktycznego użytkowania', en: 'class by the actual use' },
      };
}

const NOISE_WORDS = {
  road: { pl: 'Hałas drogowy', en: 'Noise of roads' },
  railway: { pl: 'Hałas kolejowy i tramwajowy', en: 'Noise of rail and trams' },
} as const;

const noiseRule = (kind: keyof typeof NOISE_WORDS, sources: readonly string[]): Rule => ({
  id: `${kind}-noise`,
  category: 'noise',
  title: NOISE_WORDS[kind],
  provisions: ['POS-114', 'HAL-2', 'HAL-3', 'HAL-4'],
  needs: ['noise_zones', 'plan_zones', 'buildings'],
  find(facts, law, accuracy) {
    const bands = facts.areas.filter(
      ({ layer, properties, common }) =>
        layer === 'noise_zones' && common && sources.includes(String(properties['source'])),
    );
    const known = classOf(facts, law);
    const limits = known && law.provision(known.provision);
    if (bands.length === 0) {
      return [
        {
          state: 'does-not-apply',
          reason: {
            pl: 'Mapa hałasu nie pokazuje tu poziomów od 55 dB z tego źródła.',
            en: 'The noise map shows no levels of 55 dB or more of this source here.',
          },
        },
      ];
    }
    if (!known || !limits) {
      return [
        {
          state: 'not-assessed',
          reason: {
            pl: 'Działka nie ma klasy akustycznej z planu ani z użytkowania: brak klasy to nie brak normy.',
            en: 'The parcel has no class of noise by plan or use: no class is not no limit.',
          },
          objects: bands.map(({ id }) => id),
        },
      ];
    }
    const limitOf = (area: AreaFact) =>
      numberIn(limits, area.properties['indicator'] === 'LN' ? 'lnDb' : 'ldwnDb');
    const drafts = bands.flatMap((area): readonly Draft[] => {
      const { level_from_db: from, level_to_db: to, indicator, map_year: year } = area.properties;
      const limitDb = limitOf(area);
      if (!area.common || (typeof to === 'number' && to <= limitDb)) return [];
      const isSure = typeof from === 'number' && from >= limitDb;
      const { state, measured, trace } = judgeCommon(area.common, accuracy, sigmaOfLayer('noise_zones'));
      return [
        {
          state: isSure ? state : 'touches',
          provision: known.provision,
          reason: {
            pl: `${indicator} ${from}–${to ?? '…'} dB przy granicy ${limitDb} dB (${known.basis.pl}); mapa strategiczna z ${year ?? '?'} nie jest dowodem w sprawie.`,
            en: `${indicator} ${from}–${to ?? '…'} dB against ${limitDb} dB (${known.basis.en}); the strategic map of ${year ?? '?'} is no proof in a case.`,
          },
          objects: [area.id],
          measured: { ...measured, ...(typeof from === 'number' && { value: from, unit: 'dB' }) },
          threshold: { must: '<=', value: limitDb, unit: 'dB' },
          geometry: area.common,
          trace: [...trace, ...(isSure ? [] : ['the limit lies within the band of the map'])],
        },
      ];
    });
    const told = new Set(drafts.flatMap(({ objects = [] }) => objects));
    const within = bands.filter(({ id }) => !told.has(id));
    if (within.length === 0) return drafts;
    return [
      ...drafts,
      {
        state: 'does-not-apply',
        provision: known.provision,
        reason: {
          pl: `Te poziomy mapy nie przekraczają granic (${known.basis.pl}).`,
          en: `These levels of the map do not exceed the limits (${known.basis.en}).`,
        },
        objects: within.map(({ id }) => id),
      },
    ];
  },
});

export const NOISE_AND_HEALTH_RULES: readonly Rule[] = [
  noiseRule('road', ['road']),
  noiseRule('railway', ['railway', 'tram']),
  {
    id: 'cemetery-distance',
    category: 'noise',
    title: { pl: 'Strefa sanitarna cmentarza', en: 'Sanitary zone of a cemetery' },
    provisions: ['CM-3'],
    needs: ['green_areas'],
    find({ areas }, law, accuracy) {
      const provision = law.provision('CM-3');
      return nearDrafts(
        {
          objects: areas.filter(({ layer }) => layer === 'green_areas'),
          thresholdM: provision ? numberIn(provision, 'distanceM') : 0,
          sigmaM: sigmaOfLayer('green_areas'),
          reason: {
            pl: 'Cmentarz leży bliżej niż 150 m: domy, żywność i studnie tylko, gdy jest wodociąg (wtedy 50 m).',
            en: 'A cemetery lies within 150 m: dwellings, food and wells only with mains water (then 50 m).',
          },
          none: { pl: 'W promieniu 150 m nie ma cmentarza.', en: 'There is no cemetery within 150 m.' },
        },
        accuracy,
      );
    },
  },
];
