import { notFound } from '../../core/errors.ts';
import type { ConsequenceParameters } from '../../core/wire/consequences.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import type { Scenarios } from '../services/scenarios.ts';
import type { Box } from './building-shapes.ts';
import { consequenceArea } from './consequence-area.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import type { Ground } from './settle/edited-city.ts';

/**
 * The box around where the consequences of a scenario are looked for; undefined where its edits touch nothing.
 * @param pool that of the public
 */
export function consequenceBoxes(
  pool: Pool,
  layers: LayersProvider,
  scenarios: Pick<Scenarios, 'state' | 'read'>,
  ground: Ground,
) {
  return async (
    id: string,
    parameters: ConsequenceParameters,
    who: Identity,
    signal: AbortSignal,
  ): Promise<Box | undefined> => {
    const state = await scenarios.state(id, who);
    if (!state) throw notFound(`There is no scenario "${id.slice(0, 100)}" that you may read`, 'scenario');
    const { edits, lawDate } = await scenarios.read(id, who);
    const city = {
      view: { who: ANONYMOUS, scenario: state },
      base: { who: ANONYMOUS, at: state.base },
      ...{ edits, lawDate, ground, layers: await layers() },
      read: <T extends object>(statement: Parameters<typeof pool.read>[0]) => pool.read<T>(statement, signal),
    };
    return (await consequenceArea(city, parameters))?.bbox;
  };
}
