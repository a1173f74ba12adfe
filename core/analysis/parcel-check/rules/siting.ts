/** Siting on the plot: distances to boundaries, to neighbours' buildings and windows, to forest. */
import { numberIn } from '../../../law/provision.ts';
import { sigmaOfLayer } from '../accuracy.ts';
import type { BuildingFact, ParcelFacts } from '../facts.ts';
import { judgeCommon, judgeDistance, toHundredth } from '../judge.ts';
import { nearDrafts } from '../near-rule.ts';
import type { DayLaw, Draft, Rule } from '../rule.ts';
import { sectorLosses, sunOnNeighbours } from './neighbour-light.ts';
import { bindingZones } from './planning.ts';

/** A number of a provision that the frame has found in force. */
const limitM = (law: DayLaw, id: string, name = 'distanceM'): number => {
  const provision = law.provision(id);
  return provision ? numberIn(provision, name) : 0;
};

const ofNeighbours = ({ buildings }: ParcelFacts): readonly BuildingFact[] =>
  buildings.filter(({ commonM2 }) => commonM2 === 0);

/** Housing, education and health: rooms for people. */
const WITH_WINDOWS = ['m', 'k', 'z'];
/** A storey is counted as this high where a plan sets no other. */
const STOREY_M = 3;

function setbackDrafts(...[facts, law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  const { setback } = facts;
  if (!setback || setback.lengthM < 0.1 || !setback.strip) {
    return [
      {
        state: 'does-not-apply',
        provision: 'WT-12-10',
        reason: {
          pl: 'Działka graniczy tylko z działkami drogowymi: odległości od granicy nie obowiązują.',
          en: 'The parcel borders on road parcels only: distances to the boundary do not apply.',
        },
      },
    ];
  }
  const judged = judgeCommon(setback.strip, accuracy, 0);
  const distanceM = limitM(law, 'WT-12-1a');
  return [
    {
      state: 'applies',
      reason: {
        pl: `Ściana z oknami stoi co najmniej ${distanceM} m, a ślepa ${limitM(law, 'WT-12-1b')} m od granicy; pas ${distanceM} m zajmuje ${Math.round(judged.areaM2)} m² działki.`,
        en: `A wall with openings stands at least ${distanceM} m, a blank one ${limitM(law, 'WT-12-1b')} m from the boundary; the ${distanceM} m strip takes ${Math.round(judged.areaM2)} m² of the parcel.`,
      },
      measured: { ...judged.measured, lengthM: toHundredth(setback.lengthM) },
      threshold: { must: '>=', value: distanceM, unit: 'm' },
      geometry: setback.strip,
      trace: judged.trace,
    },
  ];
}

/** Standing buildings nearer to the boundary than a blank wall may be. */
function standingDrafts(...[facts, law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  const limit = limitM(law, 'WT-12-1b');
  const onParcel = facts.buildings.filter(({ commonM2, boundaryM }) => commonM2 > 0 && boundaryM !== null);
  const sigmaM = accuracy.sigmaOfDistance(sigmaOfLayer('buildings'));
  const near = onParcel.filter(
    ({ boundaryM }) => judgeDistance(boundaryM ?? 0, limit, sigmaM) !== 'does-not-apply',
  );
  if (near.length === 0) {
    return [
      {
        state: 'does-not-apply',
        reason: {
          pl: `Żaden budynek działki nie stoi bliżej granicy niż ${limit} m.`,
          en: `No building of the parcel stands nearer to the boundary than ${limit} m.`,
        },
        threshold: { must: '>=', value: limit, unit: 'm' },
      },
    ];
  }
  return nearDrafts(
    {
      objects: near.map(({ id, boundaryM }) => ({ id, distanceM: boundaryM ?? 0 })),
      thresholdM: limit,
      sigmaM: sigmaOfLayer('buildings'),
      reason: {
        pl: `Budynek stoi bliżej granicy niż ${limit} m: dopuszczalne od strony drogi, przy ścianie sąsiada albo na podstawie planu lub dawnego pozwolenia.`,
        en: `A building stands nearer to the boundary than ${limit} m: allowed towards a road, against a neighbour's wall, or by a plan or an old permit.`,
      },
      none: { pl: '', en: '' },
    },
    accuracy,
  );
}

/** Where a plan allows more than four storeys. */
function tallDrafts(...[facts, law]: Parameters<Rule['find']>): readonly Draft[] {
  const storeys = limitM(law, 'WT-12-1c', 'storeys');
  const distanceM = limitM(law, 'WT-12-1c');
  const zones = bindingZones(facts, law.day);
  const tall = zones.filter(({ properties: { max_height_m: height } }) => {
    return typeof height !== 'number' || height > storeys * STOREY_M;
  });
  if (zones.length > 0 && tall.length === 0) {
    return [
      {
        state: 'does-not-apply',
        reason: {
          pl: 'Plan nie dopuszcza budynków powyżej czterech kondygnacji.',
          en: 'The plan allows no buildings of more than four storeys.',
        },
        objects: zones.map(({ id }) => id),
        layer: 'plan_zones',
      },
    ];
  }
  return [
    {
      state: 'applies',
      reason: {
        pl: `Budynek wielorodzinny powyżej ${storeys} kondygnacji stałby co najmniej ${distanceM} m od granicy.`,
        en: `A multi-family building of more than ${storeys} storeys would stand at least ${distanceM} m from the boundary.`,
      },
      objects: tall.map(({ id }) => id),
      threshold: { must: '>=', value: distanceM, unit: 'm' },
      layer: 'plan_zones',
    },
  ];
}

const isForest = (landUse: string | null): boolean => landUse !== null && /(^|[\s,])Ls/.test(landUse);

export const SITING_RULES: readonly Rule[] = [
  {
    id: 'boundary-distance',
    category: 'building',
    title: { pl: 'Odległość od granicy działki', en: 'Distance to the boundary' },
    provisions: ['WT-12-1a', 'WT-12-1b', 'WT-12-10'],
    needs: ['parcels'],
    find: setbackDrafts,
  },
  {
    id: 'standing-near-boundary',
    category: 'building',
    title: { pl: 'Istniejący budynek przy granicy', en: 'Standing building near the boundary' },
    provisions: ['WT-12-1b'],
    needs: ['buildings', 'parcels'],
    find: standingDrafts,
  },
  {
    id: 'tall-building-distance',
    category: 'building',
    title: { pl: 'Odległość bloku od granicy', en: 'Distance of tall housing to the boundary' },
    provisions: ['WT-12-1c'],
    needs: ['parcels', 'plan_zones'],
    find: tallDrafts,
  },
  {
    id: 'narrow-plot',
    category: 'building',
    title: { pl: 'Wąska działka', en: 'Narrow plot' },
    provisions: ['WT-12-4a'],
    needs: ['parcels'],
    find({ setback }, law, accuracy) {
      const limit = limitM(law, 'WT-12-4a', 'widthM');
      const widthM = setback?.widthM ?? 0;
      const state = judgeDistance(widthM, limit, accuracy.sigmaOfDistance(accuracy.sigmaM));
      const threshold = { must: '<=', value: limit, unit: 'm' } as const;
      const measured = { value: toHundredth(widthM), unit: 'm' };
      const wide = {
        pl: `Działka jest szersza niż ${limit} m: wyjątek dla wąskich działek nie obowiązuje.`,
        en: `The parcel is wider than ${limit} m: the exception for narrow plots does not apply.`,
      };
      const narrow = {
        pl: `Działka ma około ${toHundredth(widthM)} m szerokości: dom ze ścianą ślepą może stać w granicy lub 1,5 m od niej.`,
        en: `The parcel is about ${toHundredth(widthM)} m wide: a house with a blank wall may stand on the boundary or 1.5 m from it.`,
      };
      return [{ state, reason: state === 'does-not-apply' ? wide : narrow, measured, threshold }];
    },
  },
  {
    id: 'fire-distance',
    category: 'building',
    title: { pl: 'Odległość pożarowa od budynków sąsiadów', en: 'Fire distance to neighbouring buildings' },
    provisions: ['WT-271-1'],
    needs: ['buildings'],
    find: (facts, law, accuracy) =>
      nearDrafts(
        {
          objects: ofNeighbours(facts),
          thresholdM: limitM(law, 'WT-271-1'),
          sigmaM: sigmaOfLayer('buildings'),
          reason: {
            pl: 'Budynek sąsiada stoi tak blisko, że część działki leży w odległości pożarowej; klasa i przegrody nie są znane.',
            en: 'A neighbouring building stands so near that part of the parcel lies within the fire distance; its class and walls are not known.',
          },
          none: {
            pl: 'Żaden budynek sąsiada nie stoi w odległości pożarowej od działki.',
            en: 'No neighbouring building stands within the fire distance of the parcel.',
          },
        },
        accuracy,
      ),
  },
  {
    id: 'obstruction-of-windows',
    category: 'building',
    title: { pl: 'Przesłanianie okien sąsiadów', en: 'Obstruction of neighbours’ windows' },
    provisions: ['WT-13'],
    needs: ['buildings'],
    find: (facts, law, accuracy) => [
      ...sectorLosses(facts),
      ...nearDrafts(
        {
          objects: ofNeighbours(facts).filter(({ kind }) => kind !== null && WITH_WINDOWS.includes(kind)),
          thresholdM: limitM(law, 'WT-13', 'capM'),
          sigmaM: sigmaOfLayer('buildings'),
          reason: {
            pl: `Okna sąsiadów leżą bliżej niż ${limitM(law, 'WT-13', 'capM')} m: wysokość zabudowy ponad ich parapetem nie przekracza odległości.`,
            en: `Neighbours’ windows lie nearer than ${limitM(law, 'WT-13', 'capM')} m: the height above their sill may not exceed the distance.`,
          },
          none: {
            pl: 'Żaden dom, szkoła ani szpital nie stoi tak blisko.',
            en: 'No dwelling, school or hospital stands so near.',
          },
        },
        accuracy,
      ),
    ],
  },
  {
    id: 'sun-on-neighbours',
    category: 'building',
    title: { pl: 'Słońce sąsiadów', en: 'Sun on neighbours' },
    provisions: ['WT-60-2'],
    needs: ['buildings'],
    find: sunOnNeighbours,
  },
  {
    id: 'large-hall-distance',
    category: 'building',
    title: { pl: 'Hala przy domach', en: 'Large hall near dwellings' },
    provisions: ['WT-12-11'],
    needs: ['buildings'],
    find: (facts, law, accuracy) =>
      nearDrafts(
        {
          objects: ofNeighbours(facts).filter(({ kind }) => kind === 'm'),
          thresholdM: limitM(law, 'WT-12-11'),
          sigmaM: sigmaOfLayer('buildings'),
          reason: {
            pl: 'Dom na innej działce stoi bliżej niż 30 m: hala powyżej 1000 m² musi zachować tę odległość.',
            en: 'A dwelling on another plot stands within 30 m: a hall above 1,000 m² must keep that distance.',
          },
          none: { pl: 'Żaden dom nie stoi bliżej niż 30 m.', en: 'No dwelling stands within 30 m.' },
        },
        accuracy,
      ),
  },
  {
    id: 'forest-distance',
    category: 'building',
    title: { pl: 'Odległość od lasu', en: 'Distance to forest' },
    provisions: ['WT-271-8'],
    needs: ['parcels'],
    find: ({ neighbours, parcel }, law, accuracy) =>
      nearDrafts(
        {
          objects: [
            ...neighbours.filter(({ landUse }) => isForest(landUse)),
            ...(isForest(parcel.landUse) ? [{ id: parcel.id, distanceM: 0 }] : []),
          ],
          thresholdM: limitM(law, 'WT-271-8'),
          sigmaM: sigmaOfLayer('parcels'),
          reason: {
            pl: 'Kontur lasu (Ls) leży bliżej niż 12 m (16 m, gdy ściana lub dach rozprzestrzenia ogień).',
            en: 'A forest contour (Ls) lies within 12 m (16 m when wall or roof spreads fire).',
          },
          none: { pl: 'W pobliżu nie ma konturu lasu (Ls).', en: 'There is no forest contour (Ls) near.' },
        },
        accuracy,
      ),
  },
];
