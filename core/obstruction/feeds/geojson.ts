import { type Feed, feedTitle, lonLat, pageUrl, summaryOf, updatedAt } from './feed.ts';

/** GeoJSON (RFC 7946): the stretches as lines where it lies on streets, else the ground that it takes. */
export function geojsonFeed(feed: Feed): string {
  const features = feed.obstructions.map((each) => ({
    type: 'Feature',
    id: each.id,
    geometry:
      each.lines.length > 0
        ? { type: 'MultiLineString', coordinates: each.lines.map((line) => line.map(lonLat)) }
        : {
            type: 'MultiPolygon',
            coordinates: each.area.map((rings) => rings.map((ring) => ring.map(lonLat))),
          },
    properties: {
      name: each.name,
      kind: each.kind,
      impact: each.impact,
      lanes_left: each.lanesLeft ?? null,
      modes: each.modes,
      starts_at: each.startsAt,
      ends_at: each.endsAt,
      windows: each.windows,
      actual_start: each.actualFrom ?? null,
      streets: each.streets,
      roads: each.stretches.map(({ road, fromM, toM }) => ({ road, from_m: fromM, to_m: toM })),
      detour: each.detour?.text ?? null,
      owner: each.owner,
      decision: each.decision?.number ?? null,
      summary: summaryOf(each, feed.language),
      link: pageUrl(feed, each),
      published_at: each.publishedAt ?? null,
      updated_at: each.updatedAt,
    },
  }));
  const title = feedTitle(feed);
  return `${JSON.stringify({ type: 'FeatureCollection', title, updated: updatedAt(feed), features })}\n`;
}
