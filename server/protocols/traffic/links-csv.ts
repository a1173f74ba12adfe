import { csvCell } from '../../../core/formats/csv-cell.ts';
import type { LinkState, TrafficLink } from '../../../core/wire/traffic-link.ts';

const STATE: readonly (readonly [name: string, of: (state: LinkState) => number | null])[] = [
  ['flow_veh_per_h', ({ flowVehPerH }) => flowVehPerH],
  ['truck_veh_per_h', ({ truckVehPerH }) => truckVehPerH],
  ['v_over_c', ({ vOverC }) => vOverC],
  ['speed_km_h', ({ speedKmH }) => speedKmH],
  ['delay_s', ({ delayS }) => delayS],
  ['sound_power_db_a_per_m', ({ soundPowerDbAPerM }) => soundPowerDbAPerM],
];

const HEAD = [
  ...[
    'link',
    'road',
    'name',
    'class',
    'from_node',
    'to_node',
    'lanes',
    'length_m',
    'free_speed_km_h',
    'state',
  ],
  ...STATE.map(([name]) => `${name}_before`),
  ...STATE.map(([name]) => `${name}_after`),
  'flow_change_veh_per_h',
  'is_beyond_noise',
  'wkt_epsg_2177_easting_northing',
];

/** One line for each direction of each section; nothing where it is not there or closed. */
export function linksCsv(links: readonly TrafficLink[]): string {
  const rows = links.map((link) => [
    ...[link.id, link.road, link.name, link.class, link.from, link.to, link.lanes, link.lengthM],
    ...[link.freeSpeedKmH, link.state],
    ...[link.before, link.after].flatMap((state) => STATE.map(([, of]) => state && of(state))),
    link.difference?.flowVehPerH ?? null,
    link.difference === null ? null : String(link.difference.isBeyondNoise),
    `LINESTRING (${link.path.map(([e, n]) => `${e} ${n}`).join(', ')})`,
  ]);
  return [HEAD, ...rows].map((row) => `${row.map(csvCell).join()}\r\n`).join('');
}
