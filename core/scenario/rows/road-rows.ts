import type { Feature } from '../../feature/feature.ts';
import type { Geometry } from '../../geo/geometry.ts';
import type { Xy } from '../../geo/plane.ts';
import { lengthOf, partOf } from '../../geo/polyline.ts';
import type { AddRoad, ChangeRoad, CloseRoad, OpenRoad } from '../../wire/edits/road.ts';
import type { Settled } from '../../wire/scenario.ts';
import { addedRow, changedRows, featureBefore, rowOf, type ScenarioRow } from '../scenario-row.ts';
import { bansAfter, closureOn } from './split-road.ts';

/** Rows of `roads`. */
export function roadRows(
  edit: CloseRoad | OpenRoad | ChangeRoad | AddRoad,
  settled: Settled,
): readonly ScenarioRow[] {
  switch (edit.kind) {
    case 'close-road':
      return changedRows(settled, () => ({
        properties: { closed: true, closed_from_m: edit.fromM ?? null, closed_to_m: edit.toM ?? null },
      }));
    case 'open-road':
      return changedRows(settled, () => ({
        properties: { closed: null, closed_from_m: null, closed_to_m: null },
      }));
    case 'change-road':
      return changedRows(settled, (before) => changed(edit, before));
    case 'add-road':
      return addedRoads(edit, settled);
  }
}

function changed({ oneway, lanes, speedKmH, capacityPcuPerH }: ChangeRoad, before: Feature) {
  const properties = {
    ...(lanes !== undefined && { lanes }),
    ...(speedKmH !== undefined && { speed_kmh: speedKmH }),
    ...(capacityPcuPerH !== undefined && { capacity_pcu_h: capacityPcuPerH }),
    ...(oneway !== undefined && { oneway: oneway !== false }),
  };
  return oneway === 'against' ? turnedRound(before, properties) : { properties };
}

/** The line runs the other way: its nodes change places, and so do distances along it. */
function turnedRound({ geometry, properties: before }: Feature, properties: Feature['properties']) {
  const path = pathOf(geometry);
  const [from, to] = [before['closed_from_m'], before['closed_to_m']];
  const lengthM = lengthOf(path);
  return {
    geometry: lineOf(path.toReversed()),
    properties: {
      ...properties,
      from_node: before['to_node'] ?? null,
      to_node: before['from_node'] ?? null,
      signal_from: before['signal_to'] ?? null,
      signal_to: before['signal_from'] ?? null,
      closed_from_m: typeof to === 'number' ? lengthM - to : null,
      closed_to_m: typeof from === 'number' ? lengthM - from : null,
    },
  };
}

/** The new road, the two parts of each road that it joins between junctions, and roads that ban turning into those. */
function addedRoads(edit: AddRoad, settled: Settled): readonly ScenarioRow[] {
  const { objects, road: joined } = settled;
  const added = objects.find(({ id }) => id === joined?.id);
  if (!joined || !added) return [];
  const road = addedRow(added, lineOf(joined.path), {
    class: edit.class,
    name: edit.name ?? null,
    lanes: edit.lanes,
    width_m: edit.widthM ?? edit.lanes * 3,
    speed_kmh: edit.speedKmH,
    oneway: edit.oneway,
    surface: edit.surface,
    from_node: joined.fromNode,
    to_node: joined.toNode,
  });
  const { splits } = joined;
  const parts = splits.flatMap(({ road: id, atM, node, restId }) => {
    const object = objects.find((each) => each.id === id);
    if (!object?.before) return [];
    const before = featureBefore(object);
    const path = pathOf(before.geometry);
    const lengthM = lengthOf(path);
    const first = rowOf({
      ...before,
      geometry: lineOf(partOf(path, 0, atM)),
      properties: {
        ...before.properties,
        ...closureOn(before.properties, 0, atM),
        to_node: node,
        signal_to: null,
        no_turn_to: bansAfter(before, splits),
      },
    });
    const rest = addedRow({ layer: 'roads', id: restId }, lineOf(partOf(path, atM, lengthM)), {
      ...before.properties,
      ...closureOn(before.properties, atM, lengthM),
      from_node: node,
      signal_from: null,
      no_turn_to: bansAfter(before, splits, restId),
    });
    return [first, rest];
  });
  const banning = objects.filter(
    ({ id, change }) => change === 'changed' && splits.every(({ road: cut }) => cut !== id),
  );
  const bans = changedRows({ objects: banning }, (before) => ({
    properties: { no_turn_to: bansAfter(before, splits) },
  }));
  return [road, ...parts, ...bans];
}

const lineOf = (path: readonly Xy[]): Geometry => ({ type: 'LineString', coordinates: path });

const pathOf = (geometry: Geometry | undefined): readonly Xy[] =>
  geometry?.type === 'LineString' ? geometry.coordinates.map(([x, y]): Xy => [x, y]) : [];
