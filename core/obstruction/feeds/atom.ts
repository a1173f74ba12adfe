import { markup } from '../../xml/writer.ts';
import { type Feed, feedTitle, pageUrl, summaryOf, updatedAt } from './feed.ts';
import { placeOf } from './rss.ts';

/** Atom 1.0 (RFC 4287) with GeoRSS Simple. */
export function atomFeed(feed: Feed): string {
  const entries = feed.obstructions.map(
    (each) => markup`
  <entry>
    <id>${feed.serviceUrl}/api/obstructions/${each.id}</id>
    <title>${each.name}</title>
    <link rel="alternate" type="text/html" href="${pageUrl(feed, each)}"/>
    <link rel="via" type="application/json" href="${feed.serviceUrl}/api/obstructions/${each.id}"/>
    <published>${each.publishedAt ?? each.updatedAt}</published>
    <updated>${each.updatedAt}</updated>
    <author><name>${each.owner}</name></author>
    <category term="${each.kind}"/>
    <category term="${each.impact}"/>
    <summary>${summaryOf(each, feed.language)}</summary>
    ${placeOf(each)}
  </entry>`,
  );
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss" xml:lang="${feed.language}">
  <id>${feed.serviceUrl}/feeds/obstructions.atom</id>
  <title>${feedTitle(feed)}</title>
  <updated>${updatedAt(feed)}</updated>
  <author><name>${feed.cityName}</name></author>
  <link rel="self" type="application/atom+xml" href="${feed.selfUrl}"/>
  <link rel="alternate" type="text/html" href="${feed.serviceUrl}/"/>${entries}
</feed>
`.text;
}
