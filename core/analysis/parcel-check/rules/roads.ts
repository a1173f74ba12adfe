/** Roads, access, works in streets, rail. */
import { numberIn } from '../../../law/provision.ts';
import { COVERAGE_FACTOR, sigmaOfLayer } from '../accuracy.ts';
import type { NeighbourFact, RoadFact } from '../facts.ts';
import { measuredDistance, toHundredth } from '../judge.ts';
import { nearDrafts } from '../near-rule.ts';
import type { Draft, Rule } from '../rule.ts';

/** Where a carriageway is not measured it is taken as this wide. */
const CARRIAGEWAY_M = 5;

const edgeOf = ({ distanceM, widthM }: RoadFact): number =>
  Math.max(0, distanceM - (widthM ?? CARRIAGEWAY_M) / 2);

/**
 * The category of a road (national to municipal) is not in the data, its class is: below the least distance of any
 * public road it applies, beyond the greatest that the class can have it does not, between them nobody can say.
 */
function carriagewayDrafts(...[{ roads }, law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  const provision = law.provision('UDP-43');
  if (!provision) return [];
  const value = (name: string) => numberIn(provision, name);
  const sigmaM = accuracy.sigmaOfDistance(sigmaOfLayer('roads'));
  const [least, most] = [
    (road: RoadFact) =>
      road.kind === 'motorway'
        ? value('motorwayM')
        : road.kind === 'express'
          ? value('expressM')
          : value('leastM'),
    (road: RoadFact) =>
      road.kind === 'motorway'
        ? value('motorwayOutsideM')
        : road.kind === 'express'
          ? value('expressOutsideM')
          : value('mostOutsideM'),
  ];
  const publicRoads = roads.filter(({ kind }) => kind !== 'service');
  const bound = COVERAGE_FACTOR * sigmaM;
  const within = publicRoads.filter((road) => edgeOf(road) < least(road) - bound);
  const atEdge = publicRoads.filter((road) => Math.abs(edgeOf(road) - least(road)) <= bound);
  const unsure = publicRoads.filter(
    (road) => edgeOf(road) > least(road) + bound && edgeOf(road) < most(road) + bound,
  );
  const told = (
    state: Draft['state'],
    found: readonly RoadFact[],
    pl: string,
    en: string,
  ): readonly Draft[] =>
    found.length === 0
      ? []
      : [
          {
            state,
            reason: { pl, en },
            objects: found.map(({ id }) => id),
            measured: measuredDistance(Math.min(...found.map(edgeOf)), sigmaM),
            threshold: { must: '>=', value: Math.min(...found.map(least)), unit: 'm' },
            trace: [
              `edge of the carriageway = axis less half of its width (${CARRIAGEWAY_M} m where unknown)`,
            ],
          },
        ];
  const drafts = [
    ...told(
      'applies',
      within,
      'Jezdnia drogi publicznej leży bliżej niż najmniejsza odległość art. 43: mniej za zgodą zarządcy.',
      'The carriageway of a public road lies nearer than the least distance of art. 43: less with consent of the manager.',
    ),
    ...told(
      'touches',
      atEdge,
      'Jezdnia leży w granicach dokładności na progu art. 43.',
      'The carriageway lies within accuracy of the threshold of art. 43.',
    ),
    ...told(
      'not-assessed',
      unsure,
      'Kategorii drogi i terenu zabudowy nie ma w danych: odległość 8–25 m może obowiązywać.',
      'The category of the road and the built-up area are not in the data: a distance of 8–25 m may apply.',
    ),
  ];
  if (drafts.length > 0) return drafts;
  return [
    {
      state: 'does-not-apply',
      reason: {
        pl: 'Żadna jezdnia drogi publicznej nie leży w odległościach art. 43.',
        en: 'No carriageway of a public road lies within the distances of art. 43.',
      },
    },
  ];
}

const ROAD_LAND = /^(dr|Tp)\b/;
const RAIL_LAND = /^Tk\b/;
const isRoad = ({ landUse }: NeighbourFact): boolean => ROAD_LAND.test(landUse ?? '');
const isRail = ({ landUse }: NeighbourFact): boolean => RAIL_LAND.test(landUse ?? '');
/** Parcels that share a boundary are apart by rounding only. */
const ADJOINING_M = 0.3;

function accessDrafts(...[{ neighbours, parcel }]: Parameters<Rule['find']>): readonly Draft[] {
  if (ROAD_LAND.test(parcel.landUse ?? '')) {
    return [
      {
        state: 'does-not-apply',
        reason: { pl: 'Działka sama jest drogą.', en: 'The parcel is a road itself.' },
        objects: [parcel.id],
      },
    ];
  }
  const adjoining = neighbours.filter((each) => isRoad(each) && each.distanceM <= ADJOINING_M);
  if (adjoining.length > 0) {
    return [
      {
        state: 'not-assessed',
        reason: {
          pl: 'Działka przylega do działki drogowej; czy to droga publiczna i czy jest zjazd, tego rejestr nie mówi.',
          en: 'The parcel adjoins a road parcel; whether the road is public and has an exit the register does not say.',
        },
        objects: adjoining.map(({ id }) => id),
      },
    ];
  }
  return [
    {
      state: 'applies',
      reason: {
        pl: 'Działka nie przylega do żadnej działki drogowej: dostęp do drogi publicznej trzeba wykazać (służebność, droga wewnętrzna).',
        en: 'The parcel adjoins no road parcel: access to a public road must be shown (easement, internal road).',
      },
    },
  ];
}

export const ROAD_RULES: readonly Rule[] = [
  {
    id: 'carriageway-distance',
    category: 'roads',
    title: { pl: 'Odległość od jezdni', en: 'Distance to the carriageway' },
    provisions: ['UDP-43'],
    needs: ['roads'],
    find: carriagewayDrafts,
  },
  {
    id: 'road-access',
    category: 'roads',
    title: { pl: 'Dostęp do drogi publicznej', en: 'Access to a public road' },
    provisions: ['WT-14', 'UDP-29', 'WZ-61-1'],
    needs: ['parcels'],
    find: accessDrafts,
  },
  {
    id: 'roadworks',
    category: 'cases',
    title: { pl: 'Utrudnienia i roboty przy działce', en: 'Works and obstructions at the parcel' },
    provisions: ['UDP-40'],
    needs: ['obstructions'],
    find({ areas }) {
      const near = areas.filter(({ layer }) => layer === 'obstructions');
      if (near.length === 0) {
        return [
          {
            state: 'does-not-apply',
            reason: {
              pl: 'Przy działce nie ogłoszono utrudnień.',
              en: 'No obstruction is published at the parcel.',
            },
          },
        ];
      }
      return near.map(({ id, properties, distanceM, common }): Draft => {
        const when = [properties['starts_at'], properties['ends_at']].map((at) =>
          String(at ?? '').slice(0, 10),
        );
        return {
          state: 'applies',
          reason: {
            pl: `${properties['name'] ?? id} (${when[0]} – ${when[1] || '…'}), ${properties['decision_number'] ?? 'bez numeru decyzji'}.`,
            en: `${properties['name'] ?? id} (${when[0]} – ${when[1] || '…'}), ${properties['decision_number'] ?? 'no number of a decision'}.`,
          },
          objects: [id],
          measured: { distanceM: toHundredth(distanceM) },
          ...(common && { geometry: common }),
        };
      });
    },
  },
  {
    id: 'railway-distance',
    category: 'roads',
    title: { pl: 'Odległość od kolei', en: 'Distance to the railway' },
    provisions: ['UTK-53-2'],
    needs: ['parcels'],
    find({ neighbours, parcel }, law, accuracy) {
      const provision = law.provision('UTK-53-2');
      if (!provision) return [];
      const rail = neighbours.filter(isRail);
      const own = RAIL_LAND.test(parcel.landUse ?? '') ? [{ id: parcel.id, distanceM: 0 }] : [];
      const drafts = nearDrafts(
        {
          objects: [...rail, ...own],
          thresholdM: numberIn(provision, 'boundaryM'),
          sigmaM: sigmaOfLayer('parcels'),
          reason: {
            pl: 'Obszar kolejowy (działka Tk) leży bliżej niż 10 m.',
            en: 'The railway area (a Tk parcel) lies within 10 m.',
          },
          none: {
            pl: 'Działki kolejowej (Tk) nie ma w pobliżu 20 m.',
            en: 'There is no railway parcel (Tk) within 20 m.',
          },
        },
        accuracy,
      );
      const farther = rail.filter(({ distanceM }) => distanceM > numberIn(provision, 'boundaryM'));
      if (farther.length === 0 || drafts.some(({ state }) => state !== 'does-not-apply')) return drafts;
      return [
        {
          state: 'not-assessed',
          reason: {
            pl: 'Obszar kolejowy leży 10–20 m od działki; osi torów nie ma w danych, a obowiązuje też 20 m od skrajnej.',
            en: 'The railway area lies 10–20 m away; track axes are not in the data, and 20 m from the outermost counts too.',
          },
          objects: farther.map(({ id }) => id),
        },
      ];
    },
  },
  {
    id: 'railway-earthworks',
    category: 'roads',
    title: { pl: 'Roboty ziemne przy kolei', en: 'Earthworks near the railway' },
    provisions: ['KOL-Z'],
    needs: ['parcels'],
    find({ neighbours }, law, accuracy) {
      const provision = law.provision('KOL-Z');
      return nearDrafts(
        {
          objects: neighbours.filter(isRail),
          thresholdM: provision ? numberIn(provision, 'agreedM') : 0,
          sigmaM: sigmaOfLayer('parcels'),
          reason: {
            pl: 'Wykopy do 4 m od obszaru kolejowego są zakazane, a do 20 m uzgadnia się je z zarządcą.',
            en: 'Earthworks within 4 m of the railway area are banned, within 20 m agreed with its manager.',
          },
          none: { pl: 'Obszar kolejowy leży dalej niż 20 m.', en: 'The railway area is farther than 20 m.' },
        },
        accuracy,
      );
    },
  },
];
