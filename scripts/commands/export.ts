import { readFile } from 'node:fs/promises';
import { Argument, Command, Option } from 'commander';
import { invalidParameter } from '../../core/errors.ts';
import { PLANNING_ACTS } from '../../core/formats/app/plan-register.ts';
import { STATE_REGISTERS } from '../../core/formats/register-gml/registers.ts';
import type { Register } from '../../core/formats/register-gml/write-register.ts';
import { parseCrs } from '../../core/geo/crs.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import { parseAreaFile } from '../../server/exchange/load-coverage.ts';
import { exportRegister, type RegisterExported } from '../../server/orders/export-register.ts';
import { reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';
import { momentOf } from './moment.ts';

interface ExportFlags {
  readonly out: string;
  readonly format?: string;
  readonly area?: string;
  readonly at?: Date;
  readonly scenario?: string;
  readonly dataset?: string;
  readonly crs?: string;
  readonly withEnded?: true;
  readonly keepIncomplete?: true;
  readonly json?: true;
}

/** The registers of surveying, and the planning acts of the municipality. */
const REGISTERS = [...STATE_REGISTERS, PLANNING_ACTS];

/** `export`: a register as the exchange file that the state asks for. */
export function exportCommand(): Command {
  return new Command('export')
    .description(
      'write a register of the state as exchange GML; the file takes its place only when it is whole',
    )
    .addArgument(new Argument('<register>', 'which register').choices(REGISTERS.map(({ name }) => name)))
    .requiredOption('--out <file>', 'where to write')
    .addOption(
      new Option(
        '--format <format>',
        'schemas: of 2021, of planning acts app2; the only ones of each register',
      ).choices(['gml2021', 'app2']),
    )
    .option('--area <file>', 'GeoJSON of an area: whole objects that meet it')
    .option('--at <moment>', 'the register as the twin knew it then, as 2026-06-30T12:00:00Z', momentOf)
    .option('--scenario <id>', 'the register after the edits of a scenario')
    .option('--dataset <name>', 'a dataset loaded beside the city')
    .option('--crs <code>', 'plane CRS to write in (default: that of the dataset)')
    .option('--with-ended', 'also the versions that the register itself has ended')
    .option(
      '--keep-incomplete',
      'also objects that lack what the schema demands: the file is then not valid, and the report says where',
    )
    .option('--json', 'print the report as one JSON document on standard output')
    .action(async (name: string, flags: ExportFlags) => {
      try {
        const register = REGISTERS.find((each) => each.name === name);
        const format = register === PLANNING_ACTS ? 'app2' : 'gml2021';
        if (flags.format !== undefined && flags.format !== format)
          throw invalidParameter('format', `${name} is written as ${format}, not as ${flags.format}`);
        if (register) await run(register, flags);
      } catch (error) {
        process.exitCode = reportFailure(error);
      }
    });
}

async function run(register: Register, flags: ExportFlags): Promise<void> {
  const { out, area: areaFile, crs, json, format: _, ...asked } = flags;
  const area = areaFile === undefined ? undefined : await areaIn(areaFile);
  const report = await withDatabase(({ pool, progress, signal }) => {
    progress.step(`Writing ${register.name}`);
    return exportRegister({
      ...asked,
      ...{ pool, register, path: out, area, signal },
      srid: crs === undefined ? undefined : parseCrs(crs, 'crs').srid,
      onProgress: (done, total) => progress.count(done, total),
    });
  });
  const text = json
    ? `${JSON.stringify({ command: 'export', ok: true, ...report })}\n`
    : describeExport(report, flags.keepIncomplete === true);
  process.stdout.write(text);
}

async function areaIn(path: string): Promise<MultiPolygon> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw invalidParameter('area', `The area ${path} cannot be read: ${error.message}`);
  });
  return parseAreaFile(text, undefined, 'area');
}

/** The report for a person. */
function describeExport(report: RegisterExported, isKept: boolean): string {
  const { file, register, objects, bytes, crs, seconds, written, leftOut, nil, empty, noPlace } = report;
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]) => `    ${name}: ${count}\n`);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? '' : `  ${title}\n${lines.join('')}`;
  return [
    `✓ ${file}: ${register}, ${objects} objects, ${bytes} bytes, ${crs} (${seconds} s)\n`,
    ...list(written),
    section(
      isKept ? 'Written though the schema demands more (the file is not valid):' : 'Left out:',
      leftOut.map(
        (each) =>
          `    ${each.objects} of ${each.layer}, without ${each.lacks.join(', ')}: ${each.examples.join(', ')}${each.objects > each.examples.length ? ', …' : ''}\n`,
      ),
    ),
    section('Demanded, not known here, said to be missing (nilReason):', list(nil)),
    section('Demanded, not known here, written empty or as not stated:', list(empty)),
    section('Known here, without a place in the schema:', list(noPlace)),
  ].join('');
}
