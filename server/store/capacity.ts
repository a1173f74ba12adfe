import { PARCEL_CAPACITY } from '../../core/analysis/capacity/parcel-capacity.ts';
import type { ModelRunner } from '../../core/analysis/model.ts';
import { TwinError } from '../../core/errors.ts';
import { DEFAULT_LAW_DATE } from '../../core/wire/scenario-head.ts';
import { ANONYMOUS } from '../access/identity.ts';
import type { ParcelCapacities } from '../services/capacity.ts';
import { unknownParcel } from '../services/parcel-checks.ts';
import type { Scenarios } from '../services/scenarios.ts';
import { gatherCapacity } from './capacity-facts.ts';
import type { LayersProvider } from './features.ts';
import { meantParcel } from './parcel-facts/meant-parcel.ts';
import type { Pool } from './pool.ts';
import type { Ground } from './settle/edited-city.ts';
import { inSnapshot } from './snapshot.ts';

/** @param pool that of the public: nothing that it may not read can decide what may be built */
export function storeCapacity(
  pool: Pool,
  layers: LayersProvider,
  scenarios: Pick<Scenarios, 'read'>,
  ground: Ground,
  runModel: ModelRunner,
): ParcelCapacities {
  return {
    async of(parameters, lawDate, view, signal) {
      const scenario = view.scenario && (await scenarios.read(view.scenario.id, view.who));
      const known = await layers();
      const gathered = inSnapshot(pool, signal, (connection) =>
        gatherCapacity(
          {
            view: { ...view, who: ANONYMOUS },
            base: view.scenario ? { who: ANONYMOUS, at: view.scenario.base } : { ...view, who: ANONYMOUS },
            edits: scenario?.edits ?? [],
            lawDate: lawDate ?? scenario?.lawDate ?? DEFAULT_LAW_DATE,
            layers: known,
            ground,
            read: (statement) => connection.run(statement, signal),
          },
          parameters,
        ),
      );
      const facts = await gathered.catch(async (error: unknown) => {
        const isUnknown = error instanceof TwinError && error.kind === 'not-found';
        if (!isUnknown) throw error;
        throw unknownParcel(
          await meantParcel(pool, known, parameters.parcel, { ...view, who: ANONYMOUS }, signal),
        );
      });
      return runModel(PARCEL_CAPACITY, facts, parameters, signal);
    },
  };
}
