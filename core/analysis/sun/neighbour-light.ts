/** What edits of buildings take of their neighbours' light, for the check of a parcel. */
import { z } from 'zod';
import type { LightFacts } from '../consequences/facts.ts';
import type { Model } from '../model.ts';
import { type NeighbourLoss, neighbourLosses } from './neighbour-losses.ts';
import { neighbourPoints } from './neighbour-points.ts';
import { BARE, obstaclesAround } from './surroundings.ts';

interface NeighbourLight {
  readonly losses: readonly NeighbourLoss[];
  /** Points on façades that a rule asks sun for. */
  readonly asked: number;
}

/** A part of a check that takes tenths of a second: threads run it, nobody can ask for it by itself. */
export const NEIGHBOUR_LIGHT: Model<LightFacts, { readonly lawDate: string }, NeighbourLight> = {
  name: 'neighbour-light',
  version: '1',
  title: { pl: 'Słońce sąsiadów', en: 'Sun of neighbours' },
  summary: {
    pl: 'Punkty elewacji sąsiadów, które przez zmiany budynków tracą słońce lub otwarty wycinek. Bez drzew.',
    en: 'Points on façades of neighbours that lose their sun or open sector by edits of buildings. Without trees.',
  },
  parameters: z.strictObject({ lawDate: z.string() }),
  result: z.custom<NeighbourLight>(),
  run(light, { lawDate }, watch) {
    const { surroundings = BARE, targets } = light;
    const around = {
      before: obstaclesAround(light.before, { ...surroundings.before, trees: [] }),
      after: obstaclesAround(light.after, { ...surroundings.after, trees: [] }),
    };
    const points = neighbourPoints(light, lawDate, around, watch);
    const registered = new Map(targets.map(({ id, registerId }) => [id, registerId ?? id]));
    return {
      losses: neighbourLosses(points.before, points.after).map((loss) => ({
        ...loss,
        building: registered.get(loss.building) ?? loss.building,
      })),
      asked: points.after.filter(({ lacksSun }) => lacksSun !== undefined).length,
    };
  },
};
