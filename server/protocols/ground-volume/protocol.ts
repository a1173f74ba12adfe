/** `/api/ground-volume`: earth between the ground and a level. */
import { invalidParameter } from '../../../core/errors.ts';
import { type GroundVolumeQuestion, groundVolumeQuestionSchema } from '../../../core/wire/ground-volume.ts';
import { validatedJson } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { readOutline } from '../../http/outline.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export const GROUND_VOLUME_PATH = '/api/ground-volume';

export function groundVolume({ groundVolumes }: Pick<Services, 'groundVolumes'>): Protocol {
  return {
    name: 'ground-volume',
    prefix: GROUND_VOLUME_PATH,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: GROUND_VOLUME_PATH,
        handle: async (ask) => validatedJson(ask, await groundVolumes.of(questionOf(ask), ask.view)),
      },
    ],
  };
}

function questionOf({ query }: Ask): GroundVolumeQuestion {
  const kvp = readKvp(query);
  const level = kvp.get('levelM');
  const read = groundVolumeQuestionSchema.safeParse({
    outline: readOutline(kvp.require('outline')),
    ...(level !== undefined && { levelM: Number(level) }),
  });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = String(issue?.path[0] ?? 'outline');
  throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
}
