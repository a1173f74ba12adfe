import { readFile } from 'node:fs/promises';
import { Argument, Command, Option } from 'commander';
import { invalidParameter } from '../../core/errors.ts';
import { PLANNING_ACTS } from '../../core/formats/app/plan-register.ts';
import { STATE_REGISTERS } from '../../core/formats/register-gml/registers.ts';
import type { Register } from '../../core/formats/register-gml/write-register.ts';
import { parseCrs } from '../../core/geo/crs.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import { parseAreaFile } from '../../server/exchange/load-coverage.ts';
import { BUILDING_FORMATS, exportBuildings } from '../../server/orders/export-buildings.ts';
import { exportRegister, type RegisterExported } from '../../server/orders/export-register.ts';
import type { ExportScope } from '../../server/orders/export-scope.ts';
import { exportTiles } from '../../server/orders/export-tiles.ts';
import { DRAWING_FAULTS, type DrawingFault } from '../../tiles/mesh/drawing-faults.ts';
import { geoidOf } from '../../tiles/terrain/city-geoid.ts';
import { reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';
import { momentOf } from './moment.ts';

interface ExportFlags {
  readonly out: string;
  readonly format?: string;
  readonly bbox?: string;
  readonly area?: string;
  readonly at?: Date;
  readonly scenario?: string;
  readonly dataset?: string;
  readonly crs?: string;
  readonly withEnded?: true;
  readonly keepIncomplete?: true;
  readonly json?: true;
}

type Scope = Pick<ExportScope, 'at' | 'scenario' | 'dataset' | 'area' | 'srid'>;

/** The registers of surveying, and the planning acts of the municipality. */
const REGISTERS = [...STATE_REGISTERS, PLANNING_ACTS];

/** The 3D model, beside the registers. */
const BUILDINGS = 'buildings';

/** And its tiles. */
const TILES = 'tiles';

/** `export`: a register as the exchange file that the state asks for, or the 3D model. */
export function exportCommand(): Command {
  return new Command('export')
    .description(
      'write a register of the state as exchange GML, planning acts, the 3D model, or its 3D Tiles (a folder, or one file .3tz); the file takes its place only when it is whole',
    )
    .addArgument(
      new Argument('<register>', 'which register').choices([
        ...REGISTERS.map(({ name }) => name),
        BUILDINGS,
        TILES,
      ]),
    )
    .requiredOption('--out <file>', 'where to write')
    .addOption(
      new Option(
        '--format <format>',
        'gml2021 of the registers and app2 of planning acts, the only one of each; citygml2 (default) or cityjson2 of buildings',
      ).choices(['gml2021', 'app2', ...BUILDING_FORMATS]),
    )
    .option('--area <file>', 'GeoJSON of an area: whole objects that meet it')
    .option('--bbox <minE,minN,maxE,maxN>', 'a box in the CRS of the city: whole objects that meet it')
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
        if (register) await writeRegisterFile(register, flags);
        else if (name === TILES) await writeTiles(flags);
        else await writeBuildingFile(flags);
      } catch (error) {
        process.exitCode = reportFailure(error);
      }
    });
}

async function writeRegisterFile(register: Register, flags: ExportFlags): Promise<void> {
  const only = register === PLANNING_ACTS ? 'app2' : 'gml2021';
  const { out, json, withEnded, keepIncomplete, format = only } = flags;
  if (format !== only) {
    throw invalidParameter('format', `${register.name} is written as ${only}, not as ${format}`);
  }
  const scope = await scopeOf(flags);
  const report = await withDatabase(({ pool, progress, signal }) => {
    progress.step(`Writing ${register.name}`);
    return exportRegister({
      ...{ ...scope, pool, register, path: out, signal, withEnded, keepIncomplete },
      onProgress: (done, total) => progress.count(done, total),
    });
  });
  tell(report, json, describeExport(report, keepIncomplete === true));
}

async function writeBuildingFile(flags: ExportFlags): Promise<void> {
  const { out, json, withEnded, keepIncomplete } = flags;
  const format = BUILDING_FORMATS.find((each) => each === (flags.format ?? 'citygml2'));
  if (!format) {
    throw invalidParameter(
      'format',
      `The 3D model is written as ${BUILDING_FORMATS.join(' or ')}, not as ${flags.format}`,
    );
  }
  if (withEnded || keepIncomplete) {
    throw invalidParameter('format', '--with-ended and --keep-incomplete are of registers; leave them out');
  }
  const scope = await scopeOf(flags);
  const report = await withDatabase(({ pool, progress, signal }) => {
    progress.step('Writing buildings');
    return exportBuildings({
      ...{ ...scope, pool, format, path: out, signal },
      onProgress: (done, total) => progress.count(done, total),
    });
  });
  const { objects, bytes, crs, heights, pictures, seconds } = report;
  tell(
    report,
    json,
    `✓ ${out}: ${objects} buildings, ${format}, ${bytes} bytes, ${pictures} pictures, ${crs}, ${heights} (${seconds} s)\n`,
  );
}

/** Tiles are what the service serves: whole, in their own CRS. */
async function writeTiles({ out, json, at, scenario, dataset, ...others }: ExportFlags): Promise<void> {
  const [unsuited] = Object.keys(others);
  if (unsuited !== undefined) {
    throw invalidParameter(
      unsuited,
      `Tiles are written whole as the service serves them; leave out ${unsuited}`,
    );
  }
  const report = await withDatabase(async ({ pool, config, progress, signal }) => {
    progress.step('Writing tiles');
    return exportTiles({
      ...{ pool, path: out, at, scenario, dataset, signal, geoid: await geoidOf(config.geoidGrid) },
      onProgress: (done, total) => progress.count(done, total),
    });
  });
  const { files, bytes, seconds, buildings, faulty } = report;
  const { inDatabase, demolished, inTiles, missing, repeated } = buildings;
  const isWhole = missing.length === 0 && repeated.length === 0;
  const list = (title: string, ids: readonly string[]) =>
    ids.length === 0 ? '' : `  ${title}: ${ids.join(', ')}\n`;
  tell(
    report,
    json,
    `${isWhole ? '✓' : '✗'} ${out}: ${files} files, ${bytes} bytes (${seconds} s)\n` +
      `  buildings: ${inDatabase} in the database, ${demolished} of them demolished and not drawn, ${inTiles} in tiles\n` +
      list('In no tile', missing) +
      list('In more than one tile', repeated) +
      DRAWING_FAULTS.map((fault) => {
        const ids = faulty.filter(({ faults }) => faults.includes(fault)).map(({ id }) => id);
        const more =
          ids.length > MOST_NAMED ? [`… and ${ids.length - MOST_NAMED} more (--json names all)`] : [];
        return list(FAULT_WORDS[fault], [...ids.slice(0, MOST_NAMED), ...more]);
      }).join(''),
  );
}

const MOST_NAMED = 10;
const FAULT_WORDS: Readonly<Record<DrawingFault, string>> = {
  'nothing-drawn': 'Without any face that has an area, so in the tiles but not seen',
  'no-area': 'With faces without area, left out',
  'inside-out': 'Inside out, turned round',
  'reversed-face': 'With faces that look inward, drawn from both sides',
  open: 'Not closed to the millimetre, drawn as they are',
};

function tell(report: object, json: boolean | undefined, text: string): void {
  process.stdout.write(json ? `${JSON.stringify({ command: 'export', ok: true, ...report })}\n` : text);
}

async function scopeOf({ area, bbox, crs, at, scenario, dataset }: ExportFlags): Promise<Scope> {
  if (area !== undefined && bbox !== undefined) {
    throw invalidParameter('bbox', 'Give --area or --bbox, not both');
  }
  return {
    ...{ at, scenario, dataset },
    area: area !== undefined ? await areaIn(area) : bbox === undefined ? undefined : boxIn(bbox),
    srid: crs === undefined ? undefined : parseCrs(crs, 'crs').srid,
  };
}

function boxIn(text: string): MultiPolygon {
  const [minE = 0, minN = 0, maxE = 0, maxN = 0, ...more] = text.split(',').map(Number);
  const isBox = more.length === 0 && [minE, minN, maxE, maxN].every(Number.isFinite);
  if (!isBox || minE >= maxE || minN >= maxN) {
    throw invalidParameter('bbox', `"${text}" is not a box; write easting, northing of two corners`);
  }
  const corners = [
    [minE, minN],
    [maxE, minN],
    [maxE, maxN],
    [minE, maxN],
    [minE, minN],
  ] as const;
  return { type: 'MultiPolygon', coordinates: [[corners]] };
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
