import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { invalidParameter, notFound } from '../../core/errors.ts';
import {
  type ModelChangeAnswer,
  type ModelChangeSet,
  modelChangeSetSchema,
} from '../../core/wire/model-change.ts';
import { OFFICE } from '../../server/orders/office-view.ts';
import { layersOf } from '../../server/store/layers.ts';
import { storeModelChanges } from '../../server/store/model-changes.ts';
import { reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';
import { modelGroundCommand } from './model-ground.ts';

interface ChangeFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `model`: change sets of the 3D model, as the service takes them at `/api/model/changes`, and its ground. */
export function modelCommand(): Command {
  const command = new Command('model').description('keep the 3D model of the city');
  command
    .command('change')
    .description('do a change set (docs/how-to/keep-the-3d-model.md): all of it, or nothing')
    .argument('<file>', 'the change set, JSON')
    .option('--dry-run', 'check everything, tell what would change, and keep nothing')
    .option('--json', 'print the answer as one JSON document on standard output')
    .action(async (file: string, flags: ChangeFlags) => {
      try {
        const set = await changeSetOf(file);
        const answer = await withDatabase(({ pool }) =>
          storeModelChanges(pool, layersOf(pool)).apply(set, { who: OFFICE }, flags.dryRun === true),
        );
        tell(answer, flags.json === true);
      } catch (error) {
        process.exitCode = reportFailure(error);
      }
    });
  command.addCommand(modelGroundCommand());
  return command;
}

async function changeSetOf(file: string): Promise<ModelChangeSet> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw notFound(`The file ${file} cannot be read`, 'file');
  });
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw invalidParameter('file', `${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  const read = modelChangeSetSchema.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join('.') || 'file';
  throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
}

function tell(answer: ModelChangeAnswer, asJson: boolean): void {
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ command: 'model change', ok: true, ...answer })}\n`);
    return;
  }
  const { id, version, isPreview, isRepeated, results } = answer;
  const became = isPreview
    ? 'preview, nothing kept'
    : `version ${version}${isRepeated ? ', made before' : ''}`;
  process.stdout.write(`✓ ${id}: ${results.length} changes, ${became}\n`);
  for (const { op, before, after, warnings } of results) {
    const told = (list: typeof before) =>
      list
        .map((each) => `${each.id} (${each.state}, ${each.groundM2 ?? '?'} m², ${each.heightM} m)`)
        .join(', ');
    process.stdout.write(`  ${op}: ${told(before)} → ${told(after)}\n`);
    for (const { en } of warnings) process.stdout.write(`    ${en}\n`);
  }
}
