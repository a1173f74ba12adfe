import { spansOf } from '../spans.ts';
import { type Feed, feedTitle, pageUrl, pointOf, summaryOf } from './feed.ts';

/** Of one obstruction, so that a year of nights does not fill a calendar. */
const MOST_EVENTS = 60;

/** iCalendar (RFC 5545): one event for each span of time. */
export function icalendarFeed(feed: Feed): string {
  const events = feed.obstructions.flatMap((each) => {
    const [lon, lat] = pointOf(each);
    return spansOf(each.windows)
      .slice(0, MOST_EVENTS)
      .flatMap(({ fromMs, toMs }, index) => [
        'BEGIN:VEVENT',
        `UID:${each.id}-${index + 1}@obstructions`,
        `DTSTAMP:${stamp(Date.parse(each.updatedAt))}`,
        `DTSTART:${stamp(fromMs)}`,
        `DTEND:${stamp(toMs)}`,
        `SEQUENCE:${each.revision}`,
        `SUMMARY:${escaped(each.name)}`,
        `DESCRIPTION:${escaped(summaryOf(each, feed.language))}`,
        `LOCATION:${escaped(each.streets.join(', '))}`,
        `GEO:${lat};${lon}`,
        `URL:${pageUrl(feed, each)}`,
        `CATEGORIES:${each.kind}`,
        'END:VEVENT',
      ]);
  });
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Blizniak//Obstructions//PL',
    `X-WR-CALNAME:${escaped(feedTitle(feed))}`,
    ...events,
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const stamp = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');

const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

const LONGEST_OCTETS = 74;

/** Lines are folded by octets of UTF-8, never within a character. */
function folded(line: string): string {
  let text = '';
  let octets = 0;
  for (const character of line) {
    const code = character.codePointAt(0) ?? 0;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets + size > LONGEST_OCTETS) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}
