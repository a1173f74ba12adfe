/** `/api/obstructions`: the register of what stands in the way in streets, from draft to closing. */
import { notFound } from '../../../core/errors.ts';
import {
  newObstructionSchema,
  type ObstructionChanged,
  type ObstructionsReply,
  stepSchema,
} from '../../../core/wire/obstruction.ts';
import { requireRight } from '../../access/require-right.ts';
import { parseBody, revisionOf } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { boxOf, queryOf, trafficSpan } from './requests.ts';

const PREFIX = '/api/obstructions';
const UNKEPT = { 'cache-control': 'no-store' };

export function obstructions({ obstructions: register }: Services): Protocol {
  const one = `${PREFIX}/:id`;
  return {
    name: 'obstructions',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: PREFIX,
        handle: async (ask) => {
          const found = await register.list(queryOf(ask), ask.view.who);
          const reply: ObstructionsReply = {
            now: new Date().toISOString(),
            obstructions: [...found.obstructions],
            more: found.more,
          };
          return jsonReply(reply, UNKEPT);
        },
      },
      { method: 'POST', path: PREFIX, handle: (ask) => create(register, ask) },
      {
        method: 'GET',
        path: `${PREFIX}/traffic`,
        handle: async (ask) =>
          jsonReply(await register.traffic(trafficSpan(ask), boxOf(readKvp(ask.query))), UNKEPT),
      },
      {
        method: 'GET',
        path: one,
        handle: async (ask) => {
          const obstruction = await register.read(idOf(ask), ask.view.who);
          return jsonReply(obstruction, { etag: `"${obstruction.revision}"`, ...UNKEPT });
        },
      },
      {
        method: 'PUT',
        path: one,
        handle: async (ask) => {
          requireRight(ask.view.who, 'plan');
          const content = parseBody(ask, newObstructionSchema);
          if (isDryRun(ask)) return jsonReply(await register.tryOut(content, idOf(ask)), UNKEPT);
          return reply(await register.change(idOf(ask), revisionOf(ask), content, ask.view.who));
        },
      },
      {
        method: 'GET',
        path: `${one}/conflicts`,
        handle: async (ask) => {
          requireRight(ask.view.who, 'plan');
          return jsonReply({ conflicts: await register.conflicts(idOf(ask)) }, UNKEPT);
        },
      },
      {
        method: 'POST',
        path: `${one}/steps`,
        handle: async (ask) => {
          requireRight(ask.view.who, 'plan');
          const step = parseBody(ask, stepSchema);
          return reply(await register.step(idOf(ask), revisionOf(ask), step, ask.view.who));
        },
      },
    ],
  };
}

async function create(register: Services['obstructions'], ask: Ask): Promise<Reply> {
  requireRight(ask.view.who, 'plan');
  const content = parseBody(ask, newObstructionSchema);
  if (isDryRun(ask)) return jsonReply(await register.tryOut(content), UNKEPT);
  const made = await register.create(content, ask.view.who);
  const { headers, ...rest } = reply(made);
  const location = `${ask.publicUrl}${PREFIX}/${made.obstruction.id}`;
  return { ...rest, headers: { ...headers, location }, status: 201 };
}

const isDryRun = ({ query }: Ask): boolean => /^(?:true|1)$/i.test(readKvp(query).get('dryRun') ?? 'false');

function idOf({ route }: Ask): string {
  const { id } = route;
  if (id === undefined) throw notFound('There is no obstruction without an id', 'id');
  return id;
}

const reply = (made: ObstructionChanged): Reply =>
  jsonReply(made, { etag: `"${made.obstruction.revision}"`, ...UNKEPT });
