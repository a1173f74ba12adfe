/** Who reaches facilities on foot, who has a place, and where nobody does: the state without new sites. */
import {
  type WalkingAccessParameters,
  type WalkingAccessResult,
  walkingAccessParametersSchema,
  walkingAccessResultSchema,
} from '../../wire/walking-access.ts';
import { type CatchmentRing, floatingCatchment } from '../access/floating-catchment.ts';
import { assignPlaces } from '../access/places.ts';
import { within } from '../access/walk-subsets.ts';
import type { Model } from '../model.ts';
import { stateOf, sumOf, tenth, tenthOrNull } from './siting-effect.ts';
import type { SitingFacts } from './siting-facts.ts';
import { sitingRefusal } from './siting-refusal.ts';
import { termsOf } from './siting-terms.ts';
import { demandOf, sitingWorld, waysFrom } from './siting-world.ts';

const DESERT_PLACES = 1 / 3;
/** Rings of the enhanced catchment, and the part of the reach at which its weight has sunk to a hundredth. */
const RINGS = 12;

export const WALKING_ACCESS: Model<SitingFacts, WalkingAccessParameters, WalkingAccessResult> = {
  name: 'walking-access',
  version: '2',
  title: { pl: 'Dojście do placówek', en: 'Walking access' },
  summary: {
    pl: 'Kto dochodzi pieszo do żłobka, szkoły lub innej placówki, ile jest miejsc na osobę (2SFCA, E2SFCA), kto zostaje bez miejsca i gdzie są pustynie: trzy osoby lub więcej na miejsce. Mieszkańcy stoją w środku oczka siatki 250 m.',
    en: 'Who reaches a nursery, school or other facility on foot, how many places there are for each person (2SFCA, E2SFCA), who is left without one, and where the deserts are: three people or more for a place. People stand in the middle of their 250 m cell.',
  },
  parameters: walkingAccessParametersSchema,
  result: walkingAccessResultSchema,
  run(facts, parameters, watch) {
    if (facts.streets.from.length === 0) {
      throw sitingRefusal(
        'no-streets',
        'There are no streets or paths here to walk along; load the layer roads first',
        {},
      );
    }
    const world = sitingWorld(facts);
    const terms = termsOf({ ...parameters });
    const demand = demandOf(facts, terms);
    const { people } = demand;
    watch.progress(0.3);
    const table = waysFrom(world, world.existing, Math.max(terms.reachM, 45 * terms.metresPerMin));
    const near = within(table, terms.reachM);
    const counts = terms.capacity !== undefined;
    const places = facts.existing.map(({ capacity }) => capacity ?? 0);
    const rows = facts.existing.map((_, row) => row);
    const state = stateOf(table, rows, counts ? places : undefined, people, terms);
    watch.progress(0.7);
    const rings = ringsOf(parameters.decay, terms.reachM);
    const shares = counts ? floatingCatchment(near, places, people, rings) : undefined;
    const assigned = counts ? assignPlaces(near, places, people).bySite : undefined;
    const supply = places.reduce((sum, each) => sum + each, 0);
    const shared = shares?.access.reduce((sum, each, c) => sum + each * (people[c] as number), 0);
    const around = rows.map((row) => {
      let found = 0;
      for (let k = near.start[row] as number; k < (near.start[row + 1] as number); k++) {
        found += people[near.customer[k] as number] as number;
      }
      return found;
    });
    const homes = homesOf(facts);
    return {
      demand: {
        people: tenth(sumOf(people)),
        ...{ estimated: tenth(demand.estimated), planned: tenth(demand.planned) },
        offNetworkPeople: tenth(
          people.reduce(
            (sum, each, c) => sum + (Number.isFinite(world.customers.offM[c] as number) ? 0 : each),
            0,
          ),
        ),
      },
      facilities: facts.existing.map(({ id, name, capacity }, row) => ({
        ...{ id, name, places: capacity, within: tenth(around[row] as number) },
        placesPer100:
          counts && (around[row] as number) > 0
            ? tenth((100 * (places[row] as number)) / (around[row] as number))
            : null,
        assigned: assigned ? tenth(assigned[row] as number) : null,
      })),
      state: state.told,
      unreachedPlaces: shares ? tenth(shares.unreachedSupply) : null,
      conservation:
        shares && shared !== undefined && supply > 0
          ? Math.abs(shared + shares.unreachedSupply - supply) / supply
          : null,
      byDistrict: districtsOf(facts, homes, people, {
        nearestM: state.nearestM,
        reachM: terms.reachM,
        placed: state.placed,
        access: shares?.access,
      }),
      points: homes.map(({ id, e, n }, c) => ({
        ...{ id, e, n, people: tenth(people[c] as number) },
        walkMinutes: tenthOrNull((state.nearestM[c] as number) / terms.metresPerMin),
        access: shares ? Math.round((shares.access[c] as number) * 1000) / 1000 : null,
        isDesert: shares ? (shares.access[c] as number) < DESERT_PLACES : null,
        left: state.placed ? tenth((people[c] as number) - (state.placed[c] as number)) : null,
      })),
    };
  },
};

/** One ring, or rings whose weight falls as a bell does, to a hundredth at the end of the reach (Luo and Qi 2009). */
function ringsOf(decay: WalkingAccessParameters['decay'], reachM: number): CatchmentRing[] {
  if (decay === 'none') return [{ withinM: reachM, weight: 1 }];
  const spread = reachM ** 2 / Math.log(100);
  return Array.from({ length: RINGS }, (_, k) => {
    const middle = ((k + 0.5) / RINGS) * reachM;
    return { withinM: ((k + 1) / RINGS) * reachM, weight: Math.exp(-(middle ** 2) / spread) };
  });
}

const homesOf = ({ demand, planned }: SitingFacts) => [
  ...demand.id.map((id, k) => ({
    ...{ id, e: demand.e[k] as number, n: demand.n[k] as number, district: demand.district[k] as number },
  })),
  ...planned,
];

interface Reached {
  readonly nearestM: Float64Array;
  readonly reachM: number;
  readonly placed: Float64Array | undefined;
  readonly access: Float64Array | undefined;
}

function districtsOf(
  { districts }: SitingFacts,
  homes: ReturnType<typeof homesOf>,
  people: Float64Array,
  { nearestM, reachM, placed, access }: Reached,
): WalkingAccessResult['byDistrict'] {
  const sums = districts.map(() => ({ people: 0, served: 0, placed: 0, access: 0 }));
  for (const [c, { district }] of homes.entries()) {
    const sum = sums[district];
    const own = people[c] as number;
    if (!sum) continue;
    sum.people += own;
    if ((nearestM[c] as number) <= reachM) sum.served += own;
    sum.placed += placed?.[c] ?? 0;
    sum.access += own * (access?.[c] ?? 0);
  }
  return districts.flatMap(({ id, name }, k) => {
    const sum = sums[k];
    if (!sum || sum.people === 0) return [];
    return {
      ...{ district: id, name, people: tenth(sum.people), served: tenth(sum.served) },
      left: placed ? tenth(sum.people - sum.placed) : null,
      placesPer100: access ? tenth((100 * sum.access) / sum.people) : null,
    };
  });
}
