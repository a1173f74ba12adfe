import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type Obstruction, obstructionSchema } from '../../wire/obstruction.ts';
import { atomFeed } from './atom.ts';
import type { Feed } from './feed.ts';
import { geojsonFeed } from './geojson.ts';
import { icalendarFeed } from './icalendar.ts';
import { rssFeed } from './rss.ts';

const CLOSURE: Obstruction = obstructionSchema.parse({
  id: 'UTR-2026-00007',
  state: 'published',
  revision: 4,
  name: 'Wymiana sieci <gaz> & "ciepło", ul. Źródlana',
  kind: 'utility_works',
  place: { kind: 'street', street: 'Źródlana' },
  windows: [
    {
      from: '2026-06-01T00:00:00Z',
      to: '2026-06-03T00:00:00Z',
      daily: { from: '22:00', to: '05:00' },
    },
  ],
  impact: 'closed',
  modes: ['car', 'bus'],
  detour: { text: 'ul. Polną; potem prosto' },
  owner: 'Aquanet S.A.',
  decision: { number: 'ZDM-1/2026' },
  stretches: [
    {
      road: 'UL-1',
      street: 'Źródlana',
      fromM: 0,
      toM: 80,
      roadM: 80,
      lanes: 2,
      widthM: 6,
      reversed: false,
    },
  ],
  streets: ['Źródlana'],
  lengthM: 80,
  lines: [
    [
      [6_427_000, 5_808_000],
      [6_427_080, 5_808_000],
    ],
  ],
  area: [
    [
      [
        [6_427_000, 5_807_997],
        [6_427_080, 5_807_997],
        [6_427_080, 5_808_003],
        [6_427_000, 5_807_997],
      ],
    ],
  ],
  detourStretches: [],
  startsAt: '2026-06-01T20:00:00Z',
  endsAt: '2026-06-03T00:00:00Z',
  publishedAt: '2026-05-20T08:00:00Z',
  updatedAt: '2026-05-20T08:00:00Z',
});

const feed = (obstructions: readonly Obstruction[]): Feed => ({
  serviceUrl: 'https://miasto.example',
  selfUrl: 'https://miasto.example/feeds/obstructions?street=Źródlana&lang=pl',
  language: 'pl',
  cityName: 'Poznań',
  obstructions,
});

/** What readers that are not ours make of a feed. */
const PARSE = `
import json, sys
from xml.etree import ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
print(json.dumps([[e.tag.split('}')[-1], (e.text or '').strip()] for e in root.iter()]))`;
const parsed = (text: string): [string, string][] =>
  JSON.parse(execFileSync('/usr/bin/python3', ['-c', PARSE], { input: text, encoding: 'utf8' }));
const valuesOf = (text: string, name: string) =>
  parsed(text).flatMap(([tag, value]) => (tag === name ? [value] : []));

describe('the feeds of obstructions', () => {
  it.each([
    ['rss', rssFeed],
    ['atom', atomFeed],
    ['geojson', geojsonFeed],
    ['ics', icalendarFeed],
  ] as const)('say as %s what they always said', async (name, write) => {
    await expect(write(feed([CLOSURE]))).toMatchFileSnapshot(`golden/obstructions.${name}`);
  });

  it('are read by another reader of XML with every character as it was', () => {
    for (const write of [rssFeed, atomFeed]) {
      expect(valuesOf(write(feed([CLOSURE])), 'title')).toEqual([
        'Utrudnienia w ruchu – Poznań',
        'Wymiana sieci <gaz> & "ciepło", ul. Źródlana',
      ]);
      expect(valuesOf(write(feed([])), 'title')).toHaveLength(1);
    }
  });

  it('have what RSS 2.0 and Atom (RFC 4287) ask of every feed and entry', () => {
    const rss = rssFeed(feed([CLOSURE]));
    for (const name of ['link', 'description']) expect(valuesOf(rss, name).length, name).toBeGreaterThan(1);
    const published = Date.parse(valuesOf(rss, 'pubDate')[0] ?? '');
    expect(published).toBe(Date.parse('2026-05-20T08:00:00Z'));
    const atom = atomFeed(feed([CLOSURE]));
    expect(valuesOf(atom, 'id')).toHaveLength(2);
    expect(valuesOf(atom, 'updated')).toEqual(['2026-05-20T08:00:00Z', '2026-05-20T08:00:00Z']);
    expect(valuesOf(atom, 'name')).toEqual(['Poznań', 'Aquanet S.A.']);
  });

  it('tell the place in degrees, latitude first in GeoRSS and longitude first in GeoJSON', () => {
    const [line = ''] = valuesOf(rssFeed(feed([CLOSURE])), 'line');
    const [lat, lon] = line.split(' ').map(Number);
    expect([lat, lon]).toEqual([expect.closeTo(52.4, 0), expect.closeTo(16.9, 0)]);
    const { features } = JSON.parse(geojsonFeed(feed([CLOSURE])));
    expect(features[0].geometry.coordinates[0][0]).toEqual([lon, lat]);
  });

  it('fold lines of calendars at 75 octets and hold each night as an event', () => {
    const lines = icalendarFeed(feed([CLOSURE])).split('\r\n');
    expect(lines.filter((text) => Buffer.byteLength(text) > 75)).toEqual([]);
    expect(lines.filter((text) => text.startsWith('DTSTART'))).toEqual([
      'DTSTART:20260601T000000Z',
      'DTSTART:20260601T200000Z',
      'DTSTART:20260602T200000Z',
    ]);
  });
});
