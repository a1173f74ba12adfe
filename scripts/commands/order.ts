import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { invalidParameter } from '../../core/errors.ts';
import { CITY_HEIGHTS, HEIGHT_SYSTEMS } from '../../core/geo/height-systems.ts';
import { OLD_HEIGHTS_LAW } from '../../core/order/order-heights.ts';
import {
  MAP_DPI,
  MAP_PAPERS,
  MAP_SCALES,
  type NewDataOrder,
  newOrderSchema,
  ORDER_FORMATS,
  ORDER_PROFILE_NAMES,
  ORDER_SRIDS,
  type OrderArea,
} from '../../core/wire/order.ts';
import { officeView } from '../../server/orders/office-view.ts';
import { readGivenArea } from '../../server/orders/read-given-area.ts';
import { type OrderWritten, writeOrder } from '../../server/orders/write-order.ts';
import { openOrderPlace } from '../../server/parts/order-place.ts';
import { areaReadingOf, orderOf } from '../../server/protocols/orders/order-query.ts';
import { reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';
import { momentOf } from './moment.ts';

/** Flags that a link says by another name; the rest are as in `GET /api/download`. */
const IN_LINKS: Readonly<Record<string, string>> = { bboxCrs: 'bbox-crs', placeCrs: 'place-crs' };
/** Flags that no link has. */
interface OwnFlags {
  readonly out: string;
  readonly area?: string;
  readonly areaCrs?: string;
  readonly areaAxes?: string;
  readonly takeRepaired?: true;
  readonly at?: Date;
  readonly scenario?: string;
  readonly profile?: NewDataOrder['profile'];
  readonly case?: string;
  readonly json?: true;
}

/** `order`: the package that `/api/orders` hands out, written on the spot. */
export function orderCommand(): Command {
  return new Command('order')
    .description(
      'order data of an area as one package; the file takes its place only when it is whole, and the use register says so',
    )
    .requiredOption('--out <file>', 'where to write the ZIP')
    .requiredOption('--formats <list>', `of ${ORDER_FORMATS.join(', ')}`)
    .option('--layers <list>', 'names of layers (default: the base map of a surveyor)')
    .option('--parcels <ids>', 'area: parcels by id, separated by commas')
    .option('--buffer-m <metres>', 'round the parcels')
    .option(
      '--area <file>',
      'area: GeoJSON, KML, WKT, zipped Shapefile, DXF (closed polylines), or corners one a line',
    )
    .option('--area-crs <code>', 'system of the file, where it names none')
    .addOption(
      new Option('--area-axes <order>', 'order of numbers in a list of corners').choices(['en', 'ne']),
    )
    .option('--take-repaired', 'use the repaired area of a file whose border crosses itself')
    .option('--bbox <minE,minN,maxE,maxN>', 'area: a box')
    .option('--bbox-crs <code>', 'system of the box')
    .option('--street <name>', 'area: along a street')
    .option('--width-m <metres>', 'across the street, both sides together')
    .option('--place <E,N>', 'area: round a place')
    .option('--place-crs <code>', 'system of the place')
    .option('--radius-m <metres>', 'round the place')
    .option('--district <id>', 'area: a district')
    .option('--precinct <id>', 'area: a precinct')
    .option('--sheet <name>', 'area: a map sheet of PL-2000, as 6.177.11.17.2')
    .option('--city', 'area: all of it')
    .option('--crs <code>', `of ${ORDER_SRIDS.join(', ')} (default: 2177)`)
    .addOption(
      new Option(
        '--heights <system>',
        `system of heights (default: ${CITY_HEIGHTS}); PL-KRON86-NH needs HEIGHT_GRIDS. ${OLD_HEIGHTS_LAW.en}`,
      ).choices([...HEIGHT_SYSTEMS]),
    )
    .addOption(new Option('--cut <how>', 'objects at the edge').choices(['whole', 'clip']))
    .option('--since <moment>', 'only what has changed since this day or moment')
    .option('--at <moment>', 'the city as the twin knew it then, as 2026-06-30T12:00:00Z', momentOf)
    .option('--scenario <id>', 'the city after the edits of a scenario')
    .addOption(
      new Option(
        '--profile <name>',
        'for whom: seen with their eyes (default: office, all that staff see)',
      ).choices([...ORDER_PROFILE_NAMES]),
    )
    .option(
      '--case <number>',
      'KERG or another number of the case; every profile but public and office needs it',
    )
    .option('--scale <number>', `of a map (pdf, map-tif), 1 to ${MAP_SCALES.join(', ')}`)
    .option('--dpi <number>', `of map-tif: ${MAP_DPI.join(' or ')}`)
    .option('--paper <size>', `largest sheet of a PDF: ${MAP_PAPERS.join(', ')}`)
    .option('--title <text>', 'title of a PDF')
    .option('--json', 'print one JSON document on standard output')
    .action(async (flags: OwnFlags & Readonly<Record<string, unknown>>) => {
      try {
        const written = await run(flags);
        process.stdout.write(
          flags.json ? `${JSON.stringify({ command: 'order', ok: true, ...written })}\n` : described(written),
        );
      } catch (error) {
        process.exitCode = reportFailure(error);
      }
    });
}

function run(flags: OwnFlags & Readonly<Record<string, unknown>>): Promise<OrderWritten> {
  const { out, area: areaFile, areaCrs, areaAxes, takeRepaired, json, ...asked } = flags;
  const { at, scenario, profile, case: caseNumber, ...link } = asked;
  return withDatabase(async ({ pool, publicPool, config, log, progress, signal }) => {
    const view = await officeView(pool, { at, scenario });
    const { place, close } = await openOrderPlace({ pool, publicPool }, config, progress, log);
    try {
      let drawn: OrderArea | undefined;
      if (areaFile !== undefined) {
        progress.step('Reading the area');
        const reading = areaReadingOf(inLink({ srid: areaCrs, axes: areaAxes }));
        const given = await readGivenArea(pool, place.city.srid, await bytesOf(areaFile), reading, signal);
        const [fault] = given.faults;
        if (fault && !takeRepaired) {
          throw invalidParameter(
            'area',
            `The border in ${areaFile} is faulty (${fault.reason} at E ${fault.e.toFixed(2)}, N ${fault.n.toFixed(2)}); mend it, or take it repaired (--take-repaired)`,
          );
        }
        drawn = given.area;
      }
      const order = orderFor(inLink(link), drawn, profile, caseNumber);
      progress.step('Packing');
      const onProgress = progress.count;
      return await writeOrder({ place, pool, order, view, path: out, signal, onProgress });
    } finally {
      await close();
    }
  });
}

/** @throws TwinError as `orderOf` */
function orderFor(
  link: URLSearchParams,
  drawn: OrderArea | undefined,
  profile: NewDataOrder['profile'] = 'office',
  caseNumber?: string,
): NewDataOrder {
  const order = { ...orderOf(link, drawn), profile };
  const read = newOrderSchema.safeParse(caseNumber === undefined ? order : { ...order, caseNumber });
  if (read.success) return read.data;
  throw invalidParameter('case', `--case cannot be used: ${read.error.issues[0]?.message}`);
}

const inLink = (flags: Readonly<Record<string, unknown>>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(flags).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[IN_LINKS[name] ?? name, String(value)]],
    ),
  );

async function bytesOf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: Error) => {
    throw invalidParameter('area', `The area ${path} cannot be read: ${error.message}`);
  });
}

function described({ file, objects, bytes, crs, heights, seconds, layers, skipped }: OrderWritten): string {
  return [
    `✓ ${file}: ${objects} objects, ${bytes} bytes, ${crs}, ${heights} (${seconds} s)\n`,
    ...layers.map((each) => `    ${each.layer}: ${each.objects}\n`),
    ...skipped.map((each) => `  Left out: ${each.layer} as ${each.format}. ${each.reason.en}\n`),
  ].join('');
}
