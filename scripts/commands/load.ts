import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { invalidParameter } from '../../core/errors.ts';
import type { LoadProblem } from '../../core/formats/reader.ts';
import { CITY_HEIGHTS, HEIGHT_SYSTEMS, type HeightSystem } from '../../core/geo/height-systems.ts';
import { RELIEF_KINDS, type ReliefKind } from '../../core/wire/load.ts';
import { loadFile } from '../../server/exchange/load-file.ts';
import { type FileLoadReport, isTakenOver, type LoadStep } from '../../server/exchange/load-report.ts';
import { loadTerrain } from '../../server/exchange/load-terrain.ts';
import { isTerrainName } from '../../server/exchange/terrain-raster.ts';
import { EXIT, Interrupted, reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';

interface LoadFlags {
  readonly dryRun?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly crs?: string;
  readonly dataset?: string;
  readonly allowOutside?: boolean;
  readonly source?: string;
  readonly steward?: string;
  readonly licence?: string;
  readonly scope?: string;
  readonly mapping?: string;
  readonly coverage?: string;
  readonly nodes?: string;
  readonly heights?: HeightSystem;
  readonly kind?: ReliefKind;
}

/** How many problems of one kind are shown to a person; `--json` has them all. */
const SHOWN_PROBLEMS = 5;

/** `load`: exchange files into the database, each file one transaction. */
export function loadCommand(): Command {
  return new Command('load')
    .description(
      'load exchange files (EGiB GML, CityGML, planning acts APP 2.0, streets of OpenStreetMap, GMNS and TNTP, a GTFS timetable as .zip, models of the ground as GeoTIFF, ASC and XYZ); each file is taken over as a whole or not at all',
    )
    .argument('<file...>', 'files to load, in this order')
    .option('--dry-run', 'do and report everything, and keep nothing')
    .option('--strict', 'refuse a whole file for one object at fault')
    .option('--json', 'print the reports as one JSON document on standard output')
    .option('--crs <code>', 'CRS of files that name none, e.g. EPSG:2177')
    .option('--dataset <name>', 'dataset to load into (default: the city, or one named after the file)')
    .option('--allow-outside', 'take objects that lie outside the city, into a dataset of their own CRS')
    .option(
      '--scope <scope>',
      'the file is the whole content of: all, or precinct:<id>,… – objects absent from it end (of registers it holds)',
    )
    .option(
      '--coverage <file>',
      'GeoJSON of the area that the data speak of: within it, nothing found means that nothing is there',
    )
    .option(
      '--mapping <file>',
      'JSON that says how columns become properties of a planning layer: for GeoJSON, GeoPackage and Shapefile',
    )
    .option('--nodes <file>', 'coordinates of the nodes of a TNTP network (default: *_node.tntp beside it)')
    .addOption(
      new Option(
        '--heights <system>',
        `system of heights of a model of the ground whose file names none; the twin keeps ${CITY_HEIGHTS}`,
      ).choices([...HEIGHT_SYSTEMS]),
    )
    .addOption(
      new Option(
        '--kind <kind>',
        'what rasters of heights show: the ground (dtm, the default), or roofs and trees too (dsm), kept beside the ground',
      ).choices([...RELIEF_KINDS]),
    )
    .option('--source <words>', 'where the data come from, shown beside the layer (default: the file name)')
    .option('--steward <words>', 'who answers for the data')
    .option('--licence <words>', 'on which terms the data may be used')
    .action(async (files: readonly string[], flags: LoadFlags) => {
      process.exitCode = await load(files, flags);
    });
}

/** @returns the exit status: 0 when something of every file was taken over (objects refused by name are in the report) */
async function load(files: readonly string[], flags: LoadFlags): Promise<number> {
  const reports: FileLoadReport[] = [];
  let failure: unknown;
  let handled = 0;
  try {
    const [mapping, coverage] = await Promise.all([
      textOf('mapping', flags.mapping),
      textOf('coverage', flags.coverage),
    ]);
    await withDatabase(async ({ pool, config, progress, signal }) => {
      for (const paths of deliveries(files, mapping)) {
        signal.throwIfAborted();
        const [path = ''] = paths;
        const name = paths.map((each) => basename(each)).join(', ');
        let phase = '';
        const given = {
          ...{
            ...flags,
            mapping,
            coverage,
            pool,
            path,
            signal,
            dataDir: config.dataDir,
            heightGrids: config.heightGrids,
          },
          onProgress: (step: LoadStep) => {
            if (step.phase !== phase)
              progress.step(`${step.phase === 'reading' ? 'Reading' : 'Storing'} ${name}`);
            phase = step.phase;
            progress.count(step.done, step.total);
          },
        };
        const report = await (paths.length > 1 ? loadTerrain({ ...given, paths }) : loadFile(given));
        reports.push(report);
        handled += paths.length;
        if (!flags.json) process.stdout.write(describeReport(report));
      }
    });
  } catch (error) {
    failure = error;
    if (error instanceof Interrupted) explainInterruption(files[handled], reports);
  }
  const status = failure === undefined ? 0 : reportFailure(failure);
  const refused = !reports.every(isTakenOver);
  if (flags.json) {
    const error = failure instanceof Error ? failure.message : undefined;
    const result = {
      command: 'load',
      ok: status === 0 && !refused,
      ...(error ? { error } : {}),
      files: reports,
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
  return status === 0 && refused ? EXIT.failure : status;
}

/** Files that are loaded as one: rasters of heights that follow each other are the sheets of one model. */
function deliveries(files: readonly string[], mapping: string | undefined): readonly (readonly string[])[] {
  const found: string[][] = [];
  for (const path of files) {
    const before = found.at(-1);
    const isSheet = mapping === undefined && isTerrainName(path);
    if (isSheet && before?.every(isTerrainName)) before.push(path);
    else found.push([path]);
  }
  return found;
}

/** The file that an option names. */
async function textOf(option: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return readFile(path, 'utf8').catch((error: Error) => {
    throw invalidParameter(option, `The ${option} ${path} cannot be read: ${error.message}`);
  });
}

function explainInterruption(current: string | undefined, done: readonly FileLoadReport[]): void {
  const kept = done
    .filter((report) => isTakenOver(report) && !report.dryRun)
    .map(({ file }) => basename(file));
  if (current !== undefined)
    process.stderr.write(`\nNothing of ${basename(current)} was loaded: the database is unchanged by it.\n`);
  if (kept.length > 0) process.stderr.write(`Loaded before that: ${kept.join(', ')}\n`);
}

/** The report of one file for a person. */
export function describeReport(report: FileLoadReport): string {
  const { file, format, dataset, crs, read, written, unchanged, ended, rejected, version } = report;
  const head = !isTakenOver(report)
    ? `✗ ${file}: ${report.refused ? 'refused' : 'every object was rejected'}, nothing was loaded`
    : `${report.dryRun ? '· ' : '✓ '}${file}: ${format} ${crs ?? ''} → ${dataset}${report.dryRun ? ' (dry run, nothing kept)' : `, version ${version}`}`;
  const lines = [head];
  if (!report.refused) {
    lines.push(
      `  ${read} read: ${written} written, ${unchanged} unchanged, ${rejected} rejected; ${ended} ended (${report.seconds} s); of the written ${report.added} new, ${report.changed} changed`,
    );
  }
  for (const { file: table, read: rows, rejected: out } of report.tables ?? [])
    lines.push(`  ${table}: ${rows} rows${out === 0 ? '' : `, ${out} left out`}`);
  for (const { code, message, line, at } of report.notes) {
    const where = [line && `line ${line}`, at && `at ${at.map((m) => m.toFixed(2)).join(' ')}`].filter(
      Boolean,
    );
    lines.push(`  note ${code}: ${message}${where.length > 0 ? ` (${where.join(', ')})` : ''}`);
  }
  const byKind = new Map<string, LoadProblem[]>();
  for (const problem of report.problems) {
    const { code, objectClass } = problem;
    const kind = objectClass === undefined ? code : `${code} ${objectClass}`;
    const known = byKind.get(kind);
    if (known) known.push(problem);
    else byKind.set(kind, [problem]);
  }
  for (const [kind, problems] of byKind) {
    lines.push(`  ${kind}: ${problems.length}`);
    for (const { objectId, message, line } of problems.slice(0, SHOWN_PROBLEMS)) {
      lines.push(
        `    ${line === undefined ? '' : `line ${line}: `}${objectId === undefined ? '' : `${objectId}: `}${message}`,
      );
    }
    if (problems.length > SHOWN_PROBLEMS)
      lines.push(`    … and ${problems.length - SHOWN_PROBLEMS} more (--json lists all)`);
  }
  return `${lines.join('\n')}\n`;
}
