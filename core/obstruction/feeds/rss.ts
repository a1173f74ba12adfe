import type { Obstruction } from '../../wire/obstruction.ts';
import { markup } from '../../xml/writer.ts';
import { type Feed, feedTitle, lonLat, pageUrl, pointOf, summaryOf, updatedAt } from './feed.ts';

/** RSS 2.0 with GeoRSS Simple (OGC 17-002r1): latitude before longitude. */
export function rssFeed(feed: Feed): string {
  const items = feed.obstructions.map(
    (each) => markup`
    <item>
      <title>${each.name}</title>
      <link>${pageUrl(feed, each)}</link>
      <description>${summaryOf(each, feed.language)}</description>
      <category>${each.kind}</category>
      <guid isPermaLink="false">${each.id}</guid>
      <pubDate>${new Date(each.publishedAt ?? each.updatedAt).toUTCString()}</pubDate>
      ${placeOf(each)}
    </item>`,
  );
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss">
  <channel>
    <title>${feedTitle(feed)}</title>
    <link>${feed.serviceUrl}/</link>
    <atom:link href="${feed.selfUrl}" rel="self" type="application/rss+xml"/>
    <description>${feedTitle(feed)}</description>
    <language>${feed.language}</language>
    <lastBuildDate>${new Date(updatedAt(feed)).toUTCString()}</lastBuildDate>
    <ttl>5</ttl>${items}
  </channel>
</rss>
`.text;
}

/** The first line where there is one, for readers that draw; else a point. */
export function placeOf(each: Obstruction) {
  const [line] = each.lines;
  const text = (position: readonly [number, number]) => {
    const [lon, lat] = position;
    return `${lat} ${lon}`;
  };
  return line && line.length > 1
    ? markup`<georss:line>${line.map((position) => text(lonLat(position))).join(' ')}</georss:line>`
    : markup`<georss:point>${text(pointOf(each))}</georss:point>`;
}
