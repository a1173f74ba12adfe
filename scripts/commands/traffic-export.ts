import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { invalidParameter, unavailable } from '../../core/errors.ts';
import { writeGmns } from '../../core/formats/gmns/write-gmns.ts';
import { writeSumo } from '../../core/formats/sumo/write-sumo.ts';
import { type TrafficResult, trafficResultSchema } from '../../core/wire/traffic.ts';
import { reportFailure } from '../exit.ts';

interface ExportFlags {
  readonly result: string;
  readonly format: 'gmns' | 'sumo';
  readonly out: string;
}

/** `traffic export`: the network and flows of a run of traffic-assignment for other programs. */
export function trafficExportCommand(): Command {
  return new Command('export')
    .description(
      'write a result of the model traffic-assignment (JSON of /api/runs/<id>/result) for other programs',
    )
    .requiredOption(
      '--result <file>',
      'the result; with "withMatrix": true in its parameters also trips are written',
    )
    .addOption(
      new Option('--format <format>', 'GMNS tables, or plain XML for SUMO')
        .choices(['gmns', 'sumo'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <folder>', 'where the files go; files of these names there are replaced')
    .action(async (flags: ExportFlags) => {
      process.exitCode = await runExport(flags);
    });
}

/** @returns the exit status */
async function runExport({ result, format, out }: ExportFlags): Promise<number> {
  try {
    const files = filesOf(await resultOf(result), format);
    await mkdir(out, { recursive: true });
    for (const [name, text] of files) await writeFile(join(out, name), text);
    process.stdout.write(`✓ ${[...files.keys()].join(', ')} in ${out}\n`);
    return 0;
  } catch (error) {
    return reportFailure(error);
  }
}

function filesOf(result: TrafficResult, format: ExportFlags['format']): ReadonlyMap<string, string> {
  if (format === 'gmns') return writeGmns(result);
  const { nodes, edges, trips } = writeSumo(result);
  return new Map([
    ['city.nod.xml', nodes],
    ['city.edg.xml', edges],
    ['city.trips.xml', trips],
  ]);
}

async function resultOf(path: string): Promise<TrafficResult> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw unavailable(`${path} cannot be read; check the path`, error);
  }
  try {
    return trafficResultSchema.parse(JSON.parse(text));
  } catch {
    throw invalidParameter(
      'result',
      `${path} is no result of traffic-assignment of this release; run it again`,
    );
  }
}
