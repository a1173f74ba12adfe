import { isChangeable } from '../../../core/wire/edits/changeable-layers.ts';
import type { Scenario } from '../../../core/wire/scenario.ts';
import type { MergeRequest, RebaseRequest, ReplayReport } from '../../../core/wire/scenario-life.ts';
import { type Identity, isStaff } from '../../access/identity.ts';
import type { ScenarioLife } from '../../services/scenario-life.ts';
import type { Connection } from '../connection.ts';
import { CITY } from '../dataset.ts';
import type { LayersProvider } from '../features.ts';
import type { Pool } from '../pool.ts';
import { type HeadRow, readScenario } from '../scenario-reading.ts';
import type { Ground } from '../settle/edited-city.ts';
import { inTransaction, inTrial } from '../transaction.ts';
import { applyScenario } from './apply-scenario.ts';
import { branchScenario } from './branch-scenario.ts';
import { lockDraft, lockScenario, noSuch, readableHead } from './lock-scenario.ts';
import { lockBoth, mergeScenarios } from './merge-scenarios.ts';
import { rebaseScenario } from './rebase-scenario.ts';
import { readLog } from './scenario-log.ts';
import { publish, setState, withdraw } from './set-state.ts';
import type { Workshop } from './workshop.ts';

/** What becomes of the scenarios of the store. The pool is that of the owner. */
export function storeScenarioLife(pool: Pool, layers: LayersProvider, ground: Ground): ScenarioLife {
  const workshopOf = async (who: Identity): Promise<Workshop> => ({
    who,
    layers: (await layers()).filter(({ dataset }) => dataset === CITY),
    ground,
  });
  const read = async (id: string, who: Identity): Promise<Scenario> => {
    const head = await readableHead(pool, id, who);
    if (!head) throw noSuch(id);
    return readScenario(pool, head, isStaff(who));
  };
  const changing = async <T>(
    id: string,
    revision: number,
    work: (connection: Connection, head: HeadRow) => Promise<T>,
  ): Promise<T> =>
    inTransaction(pool, async (connection) => work(connection, await lockScenario(connection, id, revision)));

  const rebase = async (
    connection: Connection,
    id: string,
    revision: number | undefined,
    request: RebaseRequest,
    workshop: Workshop,
  ): Promise<ReplayReport> => {
    const head = await lockDraft(connection, id, revision);
    return rebaseScenario(connection, head, request, workshop, revision === undefined);
  };
  const merge = async (
    connection: Connection,
    id: string,
    revision: number | undefined,
    request: MergeRequest,
    workshop: Workshop,
  ): Promise<ReplayReport> => {
    await lockBoth(connection, id, request.from);
    const head = await lockDraft(connection, id, revision);
    return mergeScenarios(connection, head, request, workshop, revision === undefined);
  };

  return {
    async branch(id, wanted, who) {
      const known = (await workshopOf(who)).layers.filter(({ name }) => isChangeable(name));
      const branch = await inTransaction(pool, (connection) =>
        branchScenario(connection, id, wanted, known, who),
      );
      return read(branch, who);
    },

    async rebase(id, revision, request, who, watch) {
      const workshop = { ...(await workshopOf(who)), ...watch };
      const report = await inTransaction(pool, (connection) =>
        rebase(connection, id, revision, request, workshop),
      );
      return { scenario: await read(id, who), report };
    },
    async tryRebase(id, request, who, watch) {
      const workshop = { ...(await workshopOf(who)), ...watch };
      return inTrial(pool, (connection) => rebase(connection, id, undefined, request, workshop));
    },

    async merge(id, revision, request, who, watch) {
      const workshop = { ...(await workshopOf(who)), ...watch };
      const report = await inTransaction(pool, (connection) =>
        merge(connection, id, revision, request, workshop),
      );
      return { scenario: await read(id, who), report };
    },
    async tryMerge(id, request, who, watch) {
      const workshop = { ...(await workshopOf(who)), ...watch };
      return inTrial(pool, (connection) => merge(connection, id, undefined, request, workshop));
    },

    async setState(id, revision, change, who) {
      await changing(id, revision, (connection, head) => setState(connection, head, change, who));
      return read(id, who);
    },
    async publish(id, revision, who) {
      await changing(id, revision, (connection, head) => publish(connection, head, who));
      return read(id, who);
    },
    async withdraw(id, revision, who) {
      await changing(id, revision, (connection, head) => withdraw(connection, head, who));
      return read(id, who);
    },

    async apply(id, revision, who) {
      const workshop = await workshopOf(who);
      const report = await changing(id, revision, (connection, head) =>
        applyScenario(connection, head, workshop),
      );
      return { scenario: await read(id, who), report };
    },
    async tryApply(id, who) {
      const workshop = await workshopOf(who);
      const { version: _, ...report } = await inTrial(pool, async (connection) =>
        applyScenario(connection, await lockScenario(connection, id), workshop),
      );
      return report;
    },

    async log(id, before, who) {
      if (!(await readableHead(pool, id, who))) throw noSuch(id);
      return readLog(pool, id, before);
    },
  };
}
