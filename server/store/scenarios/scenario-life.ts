import type { Layer } from '../../../core/feature/layer.ts';
import { isChangeable } from '../../../core/wire/edits/changeable-layers.ts';
import type { Scenario } from '../../../core/wire/scenario.ts';
import { type Identity, isStaff } from '../../access/identity.ts';
import type { ScenarioLife } from '../../services/scenario-life.ts';
import type { Connection } from '../connection.ts';
import { CITY } from '../dataset.ts';
import type { LayersProvider } from '../features.ts';
import type { Pool } from '../pool.ts';
import { type HeadRow, readScenario } from '../scenario-reading.ts';
import { inTransaction } from '../transaction.ts';
import { branchScenario } from './branch-scenario.ts';
import { lockScenario, noSuch, readableHead } from './lock-scenario.ts';
import { readLog } from './scenario-log.ts';
import { publish, setState, withdraw } from './set-state.ts';

/** What becomes of the scenarios of the store. The pool is that of the owner. */
export function storeScenarioLife(pool: Pool, layers: LayersProvider): ScenarioLife {
  const read = async (id: string, who: Identity): Promise<Scenario> => {
    const head = await readableHead(pool, id, who);
    if (!head) throw noSuch(id);
    return readScenario(pool, head, isStaff(who));
  };
  const changeable = async (): Promise<readonly Layer[]> =>
    (await layers()).filter(({ dataset, name }) => dataset === CITY && isChangeable(name));
  const changing = async (
    id: string,
    revision: number,
    who: Identity,
    work: (connection: Connection, head: HeadRow) => Promise<void>,
  ): Promise<Scenario> => {
    await inTransaction(pool, async (connection) =>
      work(connection, await lockScenario(connection, id, revision)),
    );
    return read(id, who);
  };

  return {
    async branch(id, wanted, who) {
      const known = await changeable();
      const branch = await inTransaction(pool, (connection) =>
        branchScenario(connection, id, wanted, known, who),
      );
      return read(branch, who);
    },
    setState: (id, revision, change, who) =>
      changing(id, revision, who, (connection, head) => setState(connection, head, change, who)),
    publish: (id, revision, who) =>
      changing(id, revision, who, (connection, head) => publish(connection, head, who)),
    withdraw: (id, revision, who) =>
      changing(id, revision, who, (connection, head) => withdraw(connection, head, who)),
    async log(id, before, who) {
      if (!(await readableHead(pool, id, who))) throw noSuch(id);
      return readLog(pool, id, before);
    },
  };
}
