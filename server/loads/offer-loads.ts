import { notFound } from '../../core/errors.ts';
import { parseMapping } from '../../core/formats/mapped/mapping.ts';
import { parseCrs } from '../../core/geo/crs.ts';
import type { NewLoad } from '../../core/wire/load.ts';
import type { Identity } from '../access/identity.ts';
import { requireRight } from '../access/require-right.ts';
import { parseScope } from '../exchange/load-scope.ts';
import type { Loads } from '../services/loads.ts';
import {
  cancelLoad,
  listLoads,
  readFindings,
  readLoad,
  readRejected,
  receiveFile,
  takeChecked,
} from '../store/load-book.ts';
import { mapTable, readTables } from '../store/load-tables.ts';
import type { Pool } from '../store/pool.ts';
import { proposalOf } from './propose-mapping.ts';

const LOAD_ID = /^[0-9a-f]{32}$/;

/** @param mostBytes of one file */
export function offerLoads(pool: Pool, mostBytes: number): Loads {
  const found = async (id: string, who: Identity) => {
    requireRight(who, 'load');
    const load = LOAD_ID.test(id) ? await readLoad(pool, id) : undefined;
    if (!load) throw notFound(`There is no load "${id.slice(0, 100)}"`, 'load');
    return load;
  };
  return {
    async receive(asked, bytes, who) {
      requireRight(who, 'load');
      refuseUnusable(asked);
      return found(await receiveFile(pool, asked, bytes, { who: who.who, mostBytes }), who);
    },
    async list(who) {
      requireRight(who, 'load');
      return listLoads(pool);
    },
    read: found,
    async take(id, who) {
      await found(id, who);
      await takeChecked(pool, id);
      return found(id, who);
    },
    async propose(id, wish, who) {
      const { fileName } = await found(id, who);
      const tables = await readTables(pool, id);
      if (!tables) throw notFound('The file is no table that came without a mapping', 'load');
      return proposalOf(tables, fileName, wish);
    },
    async map(id, given, who) {
      await found(id, who);
      refuseUnusable(given);
      await mapTable(pool, id, given);
      return found(id, who);
    },
    async cancel(id, who) {
      await found(id, who);
      await cancelLoad(pool, id);
      return found(id, who);
    },
    async findings(id, page, who) {
      await found(id, who);
      return readFindings(pool, id, page);
    },
    async rejected(id, who, signal) {
      await found(id, who);
      return readRejected(pool, id, signal);
    },
  };
}

/** Before anybody waits for gigabytes to come. @throws TwinError invalid-parameter */
function refuseUnusable({ crs, scope, mapping }: Partial<Pick<NewLoad, 'crs' | 'scope' | 'mapping'>>): void {
  if (crs !== undefined) parseCrs(crs, 'crs');
  if (scope !== undefined) parseScope(scope);
  if (mapping !== undefined) parseMapping(mapping);
}
