import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Purpose } from '../../core/analysis/traffic/city-facts.ts';
import { invalidParameter, missingParameter, unavailable } from '../../core/errors.ts';
import { readTrips } from '../../core/formats/traffic-demand/read-trips.ts';
import { readZones } from '../../core/formats/traffic-demand/read-zones.ts';
import { parseCrs } from '../../core/geo/crs.ts';
import { DEMAND_PURPOSES } from '../../core/wire/edits/demand.ts';
import { boxOfRoads, saveDemand } from '../../server/store/traffic-book.ts';
import { reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';

interface DemandFlags {
  readonly zones?: string;
  readonly trips?: string;
  readonly hour?: number;
  readonly purpose?: Purpose;
  readonly crs: string;
  readonly source?: string;
  readonly clear?: boolean;
  readonly json?: boolean;
}

/** Farther from every street no zone of the city lies. */
const AROUND_M = 5_000;

/** `traffic demand`: zones and trips by purpose and hour into the database. */
export function trafficDemandCommand(): Command {
  return new Command('demand')
    .description('keep trips from zone to zone (CSV, GMNS, TNTP); traffic is reckoned with them from then on')
    .option(
      '--zones <file>',
      'zone_id, x_coord, y_coord, name, is_gate (CSV), node.csv of GMNS, nodes of TNTP',
    )
    .option(
      '--trips <file>',
      'o_zone_id, d_zone_id, volume, truck_volume, hour, purpose (CSV), demand.csv of GMNS, *_trips.tntp',
    )
    .option('--hour <n>', 'hour of the working day, of rows that name none', hourOf)
    .addOption(
      new Option('--purpose <purpose>', 'of rows that name none (default: other)').choices(DEMAND_PURPOSES),
    )
    .option('--crs <code>', 'CRS of the coordinates, easting first', 'EPSG:2177')
    .option('--source <words>', 'where the trips come from (default: the file name)')
    .option('--clear', 'keep no trips any more: they are generated again')
    .option('--json', 'print the report as one JSON document on standard output')
    .action(async (flags: DemandFlags) => {
      process.exitCode = await keepDemand(flags);
    });
}

/** @returns the exit status */
async function keepDemand(flags: DemandFlags): Promise<number> {
  try {
    const report = flags.clear ? await clearDemand() : await loadDemand(flags);
    const { version, zones, hours, vehPerH, foreign } = report;
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ command: 'traffic demand', ok: true, ...report })}\n`
        : `✓ ${Math.round(vehPerH)} trips between ${zones} zones, hours ${hours.join(', ') || 'none'}: version ${version}\n`,
    );
    if (foreign.zones.length > 0) {
      process.stderr.write(
        `${foreign.vehPerH} trips an hour have zones that the zones file does not have, and were left out: ${foreign.zones.slice(0, 10).join(', ')}\n`,
      );
    }
    return 0;
  } catch (error) {
    return reportFailure(error);
  }
}

async function loadDemand(flags: DemandFlags) {
  if (flags.zones === undefined) throw missingParameter('--zones', 'Name the zones with --zones');
  if (flags.trips === undefined) throw missingParameter('--trips', 'Name the trips with --trips');
  const zones = readZones(await textOf(flags.zones), basename(flags.zones), parseCrs(flags.crs, 'crs').srid);
  const fileName = basename(flags.trips);
  const { hour, purpose, source = fileName } = flags;
  const trips = readTrips(await textOf(flags.trips), fileName, { zones, hour, purpose });
  return await withDatabase(async ({ pool }) => {
    const box = await boxOfRoads(pool);
    if (!box) throw invalidParameter('zones', 'The city has no streets yet; load the layer roads first');
    const [w, s, e, n] = box;
    const near = zones.filter(
      ({ at: [x, y] }) => x > w - AROUND_M && x < e + AROUND_M && y > s - AROUND_M && y < n + AROUND_M,
    );
    if (near.length < zones.length / 2) {
      throw invalidParameter(
        'zones',
        `${zones.length - near.length} of ${zones.length} zones lie more than ${AROUND_M / 1000} km from the streets of the city, the first at ${zones[0]?.at.map(Math.round).join(' ')}; say the CRS of the coordinates with --crs`,
      );
    }
    const header = { fileName, source, synthetic: false };
    const version = await saveDemand(pool, header, zones, trips.matrices);
    const hours = [...new Set(trips.matrices.map((matrix) => matrix.hour))];
    const { vehPerH, withinZonesVehPerH, foreign } = trips;
    return { version, zones: zones.length, hours, vehPerH, withinZonesVehPerH, foreign };
  });
}

const clearDemand = () =>
  withDatabase(async ({ pool }) => {
    const header = { fileName: 'none', source: 'none', synthetic: false };
    const version = await saveDemand(pool, header, [], []);
    const none = { zones: [] as readonly string[], vehPerH: 0 };
    return {
      version,
      zones: 0,
      hours: [] as readonly number[],
      vehPerH: 0,
      withinZonesVehPerH: 0,
      foreign: none,
    };
  });

/** @throws TwinError unavailable */
export async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unavailable(`${path} cannot be read; check the path`, error);
  }
}

export function hourOf(text: string): number {
  const hour = Number(text);
  if (/^\d{1,2}$/.test(text) && hour <= 23) return hour;
  throw new InvalidArgumentError('It must be an hour of the day, 0 to 23.');
}
