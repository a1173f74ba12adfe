import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { invalidParameter, unavailable } from '../../core/errors.ts';
import { TRAFFIC_FORMATS, type TrafficFormat, trafficFiles } from '../../core/formats/traffic-files.ts';
import { type TrafficResult, trafficResultSchema } from '../../core/wire/traffic.ts';
import { reportFailure } from '../exit.ts';

interface ExportFlags {
  readonly result: string;
  readonly format: TrafficFormat;
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
        .choices(TRAFFIC_FORMATS)
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
    const files = trafficFiles(await resultOf(result), format);
    await mkdir(out, { recursive: true });
    for (const [name, text] of files) await writeFile(join(out, name), text);
    process.stdout.write(`✓ ${[...files.keys()].join(', ')} in ${out}\n`);
    return 0;
  } catch (error) {
    return reportFailure(error);
  }
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
