/** The body of an execution (18-062r2, 7.11.2). */
import { z } from 'zod';
import { invalidParameter, notSupported } from '../../../core/errors.ts';
import type { ModelDeclaration } from '../../../core/wire/run.ts';
import { parseBody } from '../../http/changing.ts';
import type { Ask } from '../../http/protocol.ts';
import { outputsOf } from './process-description.ts';
import type { Selection } from './selection.ts';

const executeSchema = z.object({
  inputs: z.record(z.string().max(100), z.unknown()).default({}),
  outputs: z
    .record(
      z.string().max(100),
      z.object({ transmissionMode: z.enum(['value', 'reference']).default('value') }),
    )
    .optional(),
  response: z.enum(['raw', 'document']).default('raw'),
  subscriber: z.unknown().optional(),
});

export interface Execution {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly selection: Selection;
  readonly isAsync: boolean;
}

/**
 * @param fetchOwn gives the value of a result of this service by its address; undefined where it is none
 * @throws TwinError invalid-parameter, not-supported
 */
export async function readExecution(
  ask: Ask,
  model: ModelDeclaration,
  fetchOwn: (href: string) => Promise<unknown>,
): Promise<Execution> {
  const request = parseBody(ask, executeSchema);
  if (request.subscriber !== undefined) {
    throw notSupported('This service calls nobody back; ask for the status of the job', 'subscriber');
  }
  const known = outputsOf(model);
  const asked = Object.entries(request.outputs ?? {}).map(([id, { transmissionMode }]) => {
    if (known.includes(id)) return { id, byReference: transmissionMode === 'reference' };
    throw invalidParameter(`outputs.${id}`, `The process has no output "${id}"; it has ${known.join(', ')}`);
  });
  const inputs: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(request.inputs)) {
    inputs[name] = await inputValue(name, given, fetchOwn);
  }
  return {
    inputs,
    selection: { response: request.response, outputs: asked },
    isAsync: /(^|,)\s*respond-async\s*(,|;|$)/i.test(ask.headers['prefer'] ?? ''),
  };
}

const MOST_DEEP = 200_000;

/** An input inline, qualified (`{"value": …}`), or by reference (`{"href": …}`). */
async function inputValue(
  name: string,
  given: unknown,
  fetchOwn: (href: string) => Promise<unknown>,
): Promise<unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  if ('value' in given) return given.value;
  if ('bbox' in given) return given.bbox;
  if (!('href' in given) || typeof given.href !== 'string') return given;
  const { href } = given;
  if (href.startsWith('data:')) return dataOf(name, href);
  const own = await fetchOwn(href);
  if (own !== undefined) return own;
  throw invalidParameter(
    `inputs.${name}`,
    `${name} by reference may be a data: address or a result of this service (…/ogc/jobs/{job}/results/{output}); send anything else inline`,
  );
}

function dataOf(name: string, href: string): unknown {
  const [, isBase64, text = ''] = /^data:[^,;]*(?:;charset=[^,;]*)?(;base64)?,(.*)$/s.exec(href) ?? [];
  try {
    if (text.length > MOST_DEEP) throw new Error('too long');
    return JSON.parse(isBase64 ? Buffer.from(text, 'base64').toString('utf8') : decodeURIComponent(text));
  } catch {
    throw invalidParameter(`inputs.${name}`, `The data: address of ${name} must hold JSON of at most 200 kB`);
  }
}
