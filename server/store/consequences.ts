import { compareTables } from '../../core/analysis/consequences/compare.ts';
import { CONSEQUENCES } from '../../core/analysis/consequences/consequences.ts';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { conflict, notFound } from '../../core/errors.ts';
import type { ConsequenceParameters, ConsequencesReply } from '../../core/wire/consequences.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import type { ConsequenceTables } from '../services/consequences.ts';
import type { Scenarios } from '../services.ts';
import { consequenceArea } from './consequence-area.ts';
import { gatherConsequences } from './consequence-facts.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import type { Ground } from './settle/edited-city.ts';
import { inSnapshot } from './snapshot.ts';
import type { StudiedCity } from './studied-city.ts';

/** Somebody may change the scenario while it is read. */
const MOST_TRIES = 3;

/** @param pool that of the public: nothing that it may not read can be in a table */
export function storeConsequences(
  pool: Pool,
  layers: LayersProvider,
  scenarios: Pick<Scenarios, 'state' | 'read'>,
  ground: Ground,
): ConsequenceTables {
  /** Some reading of the city in a scenario that stands still meanwhile. */
  const study = async <T>(
    id: string,
    who: Identity,
    signal: AbortSignal,
    work: (city: StudiedCity) => Promise<T>,
  ): Promise<{ readonly scenario: ConsequencesReply['scenario']; readonly found: T }> => {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const state = await scenarios.state(id, who);
      if (!state) throw notFound(`There is no scenario "${id.slice(0, 100)}" that you may read`, 'scenario');
      const { edits, revision, title, base, lawDate } = await scenarios.read(id, who);
      const known = await layers();
      const found = await inSnapshot(pool, signal, (connection) =>
        work({
          view: { who: ANONYMOUS, scenario: state },
          base: { who: ANONYMOUS, at: state.base },
          edits,
          lawDate,
          layers: known,
          ground,
          read: (statement) => connection.run(statement, signal),
        }),
      );
      const now = await scenarios.state(id, who);
      if (state.revision === revision && now?.revision === revision) {
        return { scenario: { id, title, revision, base: { version: base.version, at: base.at } }, found };
      }
    }
    throw conflict('The scenario is being changed all the time; ask again when it rests', 'scenario');
  };
  const tableOf = async (
    id: string,
    parameters: ConsequenceParameters,
    who: Identity,
    signal: AbortSignal,
  ): Promise<ConsequencesReply> => {
    const { scenario, found } = await study(id, who, signal, (city) => gatherConsequences(city, parameters));
    const { name, version } = CONSEQUENCES;
    return {
      scenario,
      model: { name, version },
      parameters,
      ...CONSEQUENCES.run(found, parameters, UNWATCHED),
    };
  };

  return {
    of: tableOf,
    async compare([first, ...others], parameters, who, signal) {
      const boxes: (readonly [number, number, number, number])[] = [];
      for (const id of parameters.bbox ? [] : [first, ...others]) {
        const { found } = await study(id, who, signal, (city) => consequenceArea(city, parameters));
        if (found) boxes.push(found.bbox);
      }
      const common = parameters.bbox ? parameters : { ...parameters, ...aroundAll(boxes) };
      const table = await tableOf(first, common, who, signal);
      const rest: ConsequencesReply[] = [];
      for (const id of others) rest.push(await tableOf(id, common, who, signal));
      return compareTables([table, ...rest], common);
    },
  };
}

function aroundAll(
  boxes: readonly (readonly [number, number, number, number])[],
): Pick<ConsequenceParameters, 'bbox'> {
  if (boxes.length === 0) return {};
  return {
    bbox: [
      Math.min(...boxes.map(([minE]) => minE)),
      Math.min(...boxes.map(([, minN]) => minN)),
      Math.max(...boxes.map(([, , maxE]) => maxE)),
      Math.max(...boxes.map(([, , , maxN]) => maxN)),
    ],
  };
}
