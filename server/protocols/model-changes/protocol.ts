/** `/api/model/changes`: upkeep of the 3D model by staff, in sets that are done whole or not at all. */
import { invalidParameter } from '../../../core/errors.ts';
import { modelChangeQuerySchema, modelChangeSetSchema } from '../../../core/wire/model-change.ts';
import { requireRight } from '../../access/require-right.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { readListQuery } from '../../http/list-query.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const PREFIX = '/api/model/changes';
const UNKEPT = { 'cache-control': 'no-cache' };

export function modelChanges({ modelChanges: changes }: Pick<Services, 'modelChanges'>): Protocol {
  return {
    name: 'model-changes',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: PREFIX,
        handle: async (ask) => {
          requireRight(ask.view.who, 'edit');
          const { query } = readListQuery(
            ask,
            modelChangeQuerySchema,
            Object.keys(modelChangeQuerySchema.shape),
          );
          return jsonReply(await changes.list(query, ask.signal), UNKEPT);
        },
      },
      {
        method: 'POST',
        path: PREFIX,
        handle: async (ask) => {
          requireRight(ask.view.who, 'edit');
          const answer = await changes.apply(
            parseBody(ask, modelChangeSetSchema),
            ask.view,
            dryRunOf(ask.query),
          );
          const status = answer.isPreview || answer.isRepeated ? 200 : 201;
          return { ...jsonReply(answer, UNKEPT), status };
        },
      },
    ],
  };
}

function dryRunOf(query: URLSearchParams): boolean {
  const text = readKvp(query).get('dryRun') ?? 'false';
  if (text !== 'true' && text !== 'false') {
    throw invalidParameter('dryRun', `dryRun must be true or false, got "${text.slice(0, 50)}"`);
  }
  return text === 'true';
}
