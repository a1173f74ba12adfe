/** A result of `traffic-assignment` as the files of other programs, by their names. */
import type { TrafficResult } from '../wire/traffic.ts';
import { writeGmns } from './gmns/write-gmns.ts';
import { writeSumo } from './sumo/write-sumo.ts';

export const TRAFFIC_FORMATS = ['gmns', 'sumo'] as const;
export type TrafficFormat = (typeof TRAFFIC_FORMATS)[number];

export function trafficFiles(result: TrafficResult, format: TrafficFormat): ReadonlyMap<string, string> {
  if (format === 'gmns') return writeGmns(result);
  const { nodes, edges, connections, trips } = writeSumo(result);
  return new Map([
    ['city.nod.xml', nodes],
    ['city.edg.xml', edges],
    ['city.con.xml', connections],
    ['city.trips.xml', trips],
  ]);
}
