/** Errors by OGC API – Processes (18-062r2, 7.x: exception.yaml): problem details with types of their own. */
import { notFound, type TwinError } from '../../../core/errors.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Reply } from '../../http/protocol.ts';

const TYPES = {
  process: 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-process',
  job: 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-job',
  results: 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/result-not-ready',
} as const;

export const noSuchProcess = (id: string): TwinError =>
  notFound(`There is no process "${id.slice(0, 100)}"; /ogc/processes lists them`, 'process');
export const noSuchJob = (id: string): TwinError =>
  notFound(`There is no job "${id.slice(0, 100)}" that you may see`, 'job');
export const notReady = (state: string): TwinError =>
  notFound(`The job is ${state}; its results come later`, 'results');

/** Which of the standard's own types an error is of, by the parameter that it names. */
export function explainAsException(error: TwinError, ask: Pick<Ask, 'requestId'>): Reply {
  const reply = explainAsProblem(error, ask);
  const known = Object.entries(TYPES).find(([parameter]) => parameter === error.parameter);
  if (error.kind !== 'not-found' || !known || typeof reply.body !== 'string') return reply;
  return { ...reply, body: `${JSON.stringify({ ...JSON.parse(reply.body), type: known[1] })}\n` };
}
