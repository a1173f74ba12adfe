/** Settling edits of roads. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import { lengthOf } from '../../../core/geo/polyline.ts';
import { touched } from '../../../core/scenario/scenario-row.ts';
import type { ChangeRoad, CloseRoad, OpenRoad } from '../../../core/wire/edits/road.ts';
import type { Finding } from '../../../core/wire/scenario.ts';
import { sql } from '../sql.ts';
import { type EditedCity, objectNamed, rowsSeen, type SettledEdit } from './edited-city.ts';

export async function settleCloseRoad(city: EditedCity, edit: CloseRoad): Promise<SettledEdit> {
  const road = await objectNamed(city, 'roads', edit.road, 'road');
  const { geometry, properties } = road;
  const lengthM =
    geometry?.type === 'LineString' ? lengthOf(geometry.coordinates.map(([x, y]) => [x, y])) : 0;
  const { fromM = 0, toM = lengthM } = edit;
  if (!(fromM < toM && toM <= lengthM + 0.1)) {
    throw invalidParameter(
      'toM',
      `On ${road.id}, which is ${lengthM.toFixed(2)} m long, fromM must be less than toM; got ${fromM} and ${toM}`,
    );
  }
  const isSame =
    properties['closed'] === true &&
    (properties['closed_from_m'] ?? null) === (edit.fromM ?? null) &&
    (properties['closed_to_m'] ?? null) === (edit.toM ?? null);
  if (isSame) throw invalidParameter('road', `The road ${road.id} is closed there already`);
  return {
    settled: { objects: [touched(road, 'roads', 'changed')] },
    findings: await deadEnds(city, road),
  };
}

export async function settleOpenRoad(city: EditedCity, { road: id }: OpenRoad): Promise<SettledEdit> {
  const road = await objectNamed(city, 'roads', id, 'road');
  if (road.properties['closed'] !== true) {
    throw invalidParameter('road', `The road ${road.id} is not closed; the edit would change nothing`);
  }
  return { settled: { objects: [touched(road, 'roads', 'changed')] }, findings: [] };
}

export async function settleChangeRoad(city: EditedCity, edit: ChangeRoad): Promise<SettledEdit> {
  const road = await objectNamed(city, 'roads', edit.road, 'road');
  const { lanes, speed_kmh: speed, oneway, capacity_pcu_h: capacity } = road.properties;
  const isSame =
    (edit.lanes === undefined || edit.lanes === lanes) &&
    (edit.speedKmH === undefined || edit.speedKmH === speed) &&
    (edit.capacityPcuPerH === undefined || edit.capacityPcuPerH === (capacity ?? null)) &&
    (edit.oneway === undefined || edit.oneway === (oneway === true));
  if (isSame)
    throw invalidParameter('road', `The road ${road.id} is so already; the edit would change nothing`);
  return { settled: { objects: [touched(road, 'roads', 'changed')] }, findings: [] };
}

/** Ends of a road that no other open road leads to. */
async function deadEnds(city: EditedCity, { id, properties }: Feature): Promise<readonly Finding[]> {
  const nodes = [properties['from_node'], properties['to_node']].filter((node) => typeof node === 'string');
  const rows = await city.connection.run<{ node: string; closed: number; open: number }>(
    sql`select node, count(*) filter (where closed) as closed, count(*) filter (where closed is not true) as open
      from unnest(${nodes}::text[]) as node
      join (${rowsSeen(city, 'roads')}) as seen on node in (from_node, to_node) and id <> ${id}::text
      group by node`,
  );
  const cut = rows.filter(({ closed, open }) => Number(closed) > 0 && Number(open) === 0);
  if (cut.length === 0) return [];
  return [
    {
      code: 'junction-cut-off',
      severity: 'warning',
      message: {
        pl: `Wszystkie drogi na skrzyżowaniu są wtedy zamknięte (skrzyżowań: ${cut.length})`,
        en: `All roads at a junction are closed then (junctions: ${cut.length})`,
      },
      ids: [id],
    },
  ];
}
