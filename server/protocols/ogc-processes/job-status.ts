/** A run as a job (18-062r2, 7.12: statusInfo.yaml). */
import type { Run } from '../../../core/wire/run.ts';
import { href } from '../../http/links.ts';
import type { Ask } from '../../http/protocol.ts';

const RESULTS = 'http://www.opengis.net/def/rel/ogc/1.0/results';
const JSON_TYPE = 'application/json';

/** What is told of a job. */
type StatusOfRun = Pick<
  Run,
  'model' | 'state' | 'progress' | 'createdAt' | 'startedAt' | 'endedAt' | 'updatedAt' | 'problem'
>;

export function statusInfo({ publicUrl }: Pick<Ask, 'publicUrl'>, run: StatusOfRun, jobId: string) {
  const self = href(publicUrl, `/ogc/jobs/${jobId}`);
  const link = (address: string, rel: string) => ({ href: address, rel, type: JSON_TYPE });
  return {
    processID: run.model,
    type: 'process',
    jobID: jobId,
    status: run.state,
    ...(run.problem && { message: run.problem.message }),
    created: run.createdAt,
    ...(run.startedAt && { started: run.startedAt }),
    ...(run.endedAt && { finished: run.endedAt }),
    updated: run.updatedAt,
    progress: run.progress,
    links: [
      link(self, 'self'),
      ...(run.state === 'successful' ? [link(`${self}/results`, RESULTS)] : []),
      link(href(publicUrl, '/ogc/jobs'), 'up'),
    ],
  };
}
