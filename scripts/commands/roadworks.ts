import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { notFound } from '../../core/errors.ts';
import {
  type RoadworksMapping,
  takeCsvRoadworks,
  takeDatexRoadworks,
} from '../../core/live/adapters/roadworks.ts';
import { layersOf } from '../../server/store/layers.ts';
import { storeObstructions } from '../../server/store/obstructions.ts';
import { EXIT, reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';

interface RoadworksFlags {
  readonly mapping?: string;
  readonly provider?: string;
  readonly json?: boolean;
}

/** `roadworks`: roadworks of others become drafts of the register of obstructions. */
export function roadworksCommand(): Command {
  return new Command('roadworks')
    .description(
      'take roadworks (DATEX II, or CSV with --mapping) over as drafts of the register of obstructions',
    )
    .argument('<file>', 'the file')
    .option('--mapping <file>', 'which columns of a CSV say what (JSON)')
    .option('--provider <name>', 'whose they are (default: the name of the file)')
    .option('--json', 'print the report as one JSON document on standard output')
    .action(async (file: string, flags: RoadworksFlags) => {
      process.exitCode = await takeOver(file, flags);
    });
}

/** Drafts are nobody's yet: whoever submits one answers for it. */
const FEED = { who: 'roadworks', roles: ['public', 'staff'] } as const;

async function takeOver(
  file: string,
  { mapping, provider = basename(file), json }: RoadworksFlags,
): Promise<number> {
  const became: Record<string, number> = {};
  const problems: string[] = [];
  let failure: unknown;
  try {
    const text = await textOf(file);
    const taken =
      mapping === undefined
        ? takeDatexRoadworks(text, provider)
        : takeCsvRoadworks(text, JSON.parse(await textOf(mapping)) as RoadworksMapping, provider);
    problems.push(...taken.problems);
    await withDatabase(async ({ pool, signal }) => {
      const register = storeObstructions(pool, layersOf(pool));
      for (const { externalId, content } of taken.drafts) {
        signal.throwIfAborted();
        try {
          const { became: word } = await register.draft(`${provider}/${externalId}`, content, FEED);
          became[word] = (became[word] ?? 0) + 1;
        } catch (error) {
          problems.push(`${externalId}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    });
  } catch (error) {
    failure = error;
  }
  const status = failure === undefined ? 0 : reportFailure(failure);
  const total = Object.values(became).reduce((sum, n) => sum + n, 0);
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ command: 'roadworks', ok: status === 0 && total > 0, drafts: became, problems })}\n`,
    );
  } else if (failure === undefined) {
    const counts = Object.entries(became).map(([word, n]) => `${n} ${word}`);
    process.stdout.write(
      `${total > 0 ? '✓' : '✗'} ${file}: ${counts.join(', ') || 'no roadworks taken over'}\n`,
    );
    for (const problem of problems) process.stdout.write(`  ${problem}\n`);
  }
  return status === 0 && total === 0 ? EXIT.failure : status;
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => {
    throw notFound(`The file ${path} cannot be read`, 'file');
  });
}
