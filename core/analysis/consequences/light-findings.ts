/** Neighbours that lose the sun or the open sector that the law asks, as findings of the table. */
import type { ConsequenceFinding } from '../../wire/consequences.ts';
import { type NeighbourLoss, neighbourLosses } from '../sun/neighbour-losses.ts';
import { SECTOR_BOUND_M } from '../sun/open-sector.ts';
import type { ConsequenceFacts } from './facts.ts';
import type { MeasuredFacts } from './indicator.ts';
import { LIGHT_ACT } from './light-rows.ts';

export function lightFindings(
  { light }: ConsequenceFacts,
  before: MeasuredFacts,
  after: MeasuredFacts,
): readonly ConsequenceFinding[] {
  if (!light || 'reason' in light) return [];
  if (!before.light || 'reason' in before.light || !after.light || 'reason' in after.light) return [];
  const registered = new Map(light.targets.map(({ id, registerId }) => [id, registerId]));
  return neighbourLosses(before.light.points, after.light.points).map((loss) => {
    const id = registered.get(loss.building) ?? undefined;
    const lacking = loss.isSure ? ('breach' as const) : ('within-accuracy' as const);
    return {
      code: loss.code,
      change: loss.change,
      layer: id === undefined ? 'buildings_3d' : 'buildings',
      id: id ?? loss.building,
      before: loss.change === 'appears' ? 'met' : lacking,
      after: loss.change === 'appears' ? lacking : 'met',
      measured: loss.measured,
      ...WORDS[loss.code](loss),
    };
  });
}

type Told = Pick<ConsequenceFinding, 'bound' | 'limit' | 'unit' | 'message' | 'source'>;

const WORDS: Readonly<Record<NeighbourLoss['code'], (loss: NeighbourLoss) => Told>> = {
  'neighbour-loses-sun': ({ points, asked, limit }) => ({
    limit,
    unit: 'min',
    message: {
      pl: `Sąsiad bez wymaganego słońca: punktów elewacji ${points} z ${asked}; najmniej słońca w gorszym dniu równonocy`,
      en: `A neighbour without the sun required: ${points} of ${asked} points of its façades; least sun on the worse equinox`,
    },
    source: `WT § 60, ${LIGHT_ACT}`,
  }),
  'neighbour-loses-open-sector': ({ points, asked }) => ({
    bound: SECTOR_BOUND_M,
    unit: 'm',
    message: {
      pl: `Przeszkoda za blisko okien sąsiada: punktów elewacji ${points} z ${asked}; najwięcej brakuje`,
      en: `An obstacle too near a neighbour’s windows: ${points} of ${asked} points of its façades; lacking at most`,
    },
    source: `WT § 13, ${LIGHT_ACT}`,
  }),
};
