/** Stops and lines of the demo city as registers, just as its timetable gives them when it is loaded. */
import type { Feature } from '../../feature/feature.ts';
import { type Calls, lineFeature, stopFeature } from '../../transit/transit-features.ts';
import type { Skeleton } from '../skeleton.ts';
import { demoTransit } from '../transit.ts';

export function* transitLayers(skeleton: Skeleton): Generator<Feature> {
  const { timetable, rides } = demoTransit(skeleton);
  const calls = new Map<string, Calls[]>(timetable.stops.map(({ id }) => [id, []]));
  const trips = new Map<string, number>();
  for (const { route, stopTimes } of rides) {
    trips.set(route.id, (trips.get(route.id) ?? 0) + 1);
    for (const { stopId } of stopTimes) calls.get(stopId)?.push(route);
  }
  for (const stop of timetable.stops) yield stopFeature(stop, calls.get(stop.id) ?? []);
  for (const route of timetable.routes) {
    const shapeIds = new Set(
      timetable.trips.flatMap(({ routeId, shapeId }) => (routeId === route.id ? [shapeId] : [])),
    );
    const paths = [...shapeIds]
      .toSorted()
      .map((shapeId) =>
        timetable.shapePoints.filter((point) => point.shapeId === shapeId).map(({ lonLat }) => lonLat),
      );
    const feature = lineFeature(route, paths, trips.get(route.id) ?? 0);
    if (feature) yield feature;
  }
}
