import { describe, expect, it } from 'vitest';
import { attributeCompleteness, layerRecord, withUpkeep } from '../../../core/metadata/metadata-record.ts';
import { askProtocols } from '../../../test/support/ask-protocols.ts';
import { SAMPLE_LAYERS } from '../../../test/support/sample-city.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import type { CatalogueRecord } from '../../services/metadata.ts';
import type { Services } from '../../services.ts';
import { records } from './protocol.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

/** Layers that were loaded one after another: the first today, the second longer ago than it may be. */
const CATALOGUE: readonly CatalogueRecord[] = SAMPLE_LAYERS.slice(0, 3).map((layer, n) => {
  const status = {
    ...{ count: 10 * n, version: 1, synthetic: true, source: 'test', knownSince: undefined },
    extent: [6_427_000 + 5_000 * n, 5_806_000, 6_428_000 + 5_000 * n, 5_807_000] as const,
    loadedAt: daysAgo(n === 1 ? layer.freshnessDays + 3 : 0),
  };
  const record = layerRecord(layer, status, 2177);
  const attributes = attributeCompleteness(10 * n, { one: 10 * n, two: 10 * n - 1 });
  const quality = attributes && {
    quality: { attributes, previous: { objects: 7, loadedAt: daysAgo(40) } },
  };
  return {
    record: { ...withUpkeep(record, layer, status, new Date()), ...quality },
    xml: undefined,
  };
});
const [FIRST, SECOND, THIRD] = CATALOGUE.map(({ record }) => record.id);
const [first] = SAMPLE_LAYERS;

const USES = {
  ...{ since: '2026-06-30', requests: 7, handedOut: 90 },
  doors: [{ door: 'wms', requests: 7, handedOut: 90 }],
};
const services = {
  metadata: { records: async () => CATALOGUE },
  uses: {
    add: () => {},
    totals: async () => new Map([[first?.name, USES]]),
  },
  orders: {
    statistics: async () => ({
      rows: [2025, 2026].map((year) => ({
        ...{ year, layer: first?.name ?? '', format: 'gml', profile: 'public', orders: 2 },
      })),
    }),
  },
} as unknown as Services;

interface Found {
  readonly numberMatched: number;
  readonly detail?: string;
  readonly features: readonly { readonly id: string; readonly properties: Record<string, unknown> }[];
  readonly links: readonly { readonly rel: string; readonly href: string }[];
}
const ask = async (tail: string) => {
  const asked = askProtocols([records(services)]);
  return (await asked('GET', `/ogc/collections/datasets${tail}`, undefined, ANONYMOUS)) as {
    status: number;
    body: Found;
  };
};
const idsOf = async (query: string) => (await ask(`/items?${query}`)).body.features.map(({ id }) => id);

describe('the catalogue of records', () => {
  it('tells of each dataset who keeps it, on which terms, how fresh it is and how often it was taken', async () => {
    const { body } = await ask('/items?lang=en&sortby=id');
    const told = new Map(body.features.map(({ id, properties }) => [id, properties]));
    expect(told.get(FIRST ?? '')).toMatchObject({
      type: 'dataset',
      title: first?.title.en,
      license: first?.licence.en,
      contacts: [{ organization: first?.steward.en, roles: ['pointOfContact', 'custodian'] }],
      ...{ open: true, stale: false, ageDays: 0, orders: 4, updateFrequency: `P${first?.freshnessDays}D` },
      completeness: { assessed: false },
      attributeCompleteness: { assessed: false },
      uses: USES,
    });
    expect(told.get(FIRST ?? '')).not.toHaveProperty('previousVersion');
    const late = told.get(SECOND ?? '');
    expect(late).toMatchObject({ stale: true, ageDays: (SAMPLE_LAYERS[1]?.freshnessDays ?? 0) + 3 });
    expect(late?.['lineage']).toContain('STALE: loaded');
    expect(late).toMatchObject({
      completeness: { assessed: false },
      attributeCompleteness: { assessed: true, value: 95, unit: '%', missing: { one: 0, two: 1 } },
      previousVersion: { objects: 7, difference: 3 },
    });
    expect(told.get(FIRST ?? '')?.['lineage']).not.toContain('STALE');
  });

  it('finds by words, place, time, kind and identifier', async () => {
    expect(await idsOf(`q=${encodeURIComponent(first?.title.pl.toUpperCase() ?? '')}`)).toContain(FIRST);
    expect(await idsOf('q=no such words')).toEqual([]);
    const [lon, lat] = [16.92, 52.38];
    expect(await idsOf(`bbox=${lon},${lat},${lon + 0.02},${lat + 0.02}`)).toEqual([FIRST]);
    expect(await idsOf(`datetime=${daysAgo(1).slice(0, 10)}/..`)).toEqual([FIRST, THIRD].toSorted());
    expect(await idsOf('type=service')).toEqual([]);
    expect(await idsOf(`ids=${FIRST},${THIRD}&sortby=-id`)).toEqual([FIRST, THIRD].toSorted().reverse());
    expect(await idsOf(`externalIds=${SECOND}`)).toEqual([SECOND]);
    expect(await idsOf(`externalIds=http://twin/csw:${SECOND}`)).toEqual([SECOND]);
  });

  it('finds by a filter of CQL2 over the members of records, as its queryables tell them', async () => {
    const filtered = (filter: string | object) =>
      idsOf(
        new URLSearchParams(
          typeof filter === 'string'
            ? { filter, sortby: 'id' }
            : { filter: JSON.stringify(filter), 'filter-lang': 'cql2-json', sortby: 'id' },
        ).toString(),
      );
    const [lon, lat] = [16.92, 52.38];
    const box = `S_INTERSECTS(geom, BBOX(${lon}, ${lat}, ${lon + 0.02}, ${lat + 0.02}))`;
    expect(await filtered(`updated > TIMESTAMP('${daysAgo(1)}')`)).toEqual([FIRST, THIRD].toSorted());
    expect(await filtered(`description LIKE '%' AND ${box}`)).toEqual([FIRST]);
    expect(await filtered(`NOT (id = '${FIRST}') AND type = 'dataset'`)).toEqual([SECOND, THIRD].toSorted());
    const title = { op: '=', args: [{ property: 'title' }, first?.title.pl ?? ''] };
    expect(await filtered(title)).toEqual([FIRST]);
    expect(await filtered(`title = '${first?.title.pl}'`)).toEqual(await filtered(title));
    const { properties } = (await ask('/queryables')).body as unknown as {
      properties: Readonly<Record<string, object>>;
    };
    const { geom: _, ...named } = properties;
    for (const name of Object.keys(named)) {
      expect([name, await filtered(`${name} IS NOT NULL`)]).toEqual([
        name,
        [FIRST, SECOND, THIRD].toSorted(),
      ]);
    }
  });

  it('leads from page to page without losing or repeating a record', async () => {
    const all = await idsOf('sortby=title');
    const seen: string[] = [];
    for (let next: string | undefined = '/items?sortby=title&limit=2'; next !== undefined; ) {
      const { body }: { body: Found } = await ask(next);
      expect(body.numberMatched).toBe(3);
      seen.push(...body.features.map(({ id }) => id));
      next = body.links.find(({ rel }) => rel === 'next')?.href.replace(/^.*datasets/, '');
    }
    expect(seen).toEqual(all);
  });

  it('is read by people as pages that say the same, in their language, and lead on without scripts', async () => {
    const page = async (tail: string) => {
      const { status, body } = await ask(tail);
      return [status, String(body)] as const;
    };
    expect((await page('?f=html&lang=en'))[1]).toContain('name="q"');
    const [status, list] = await page('/items?f=html&lang=pl&limit=2&sortby=id');
    expect([status, list.includes('<html lang="pl">'), list.includes(`Pokazano 2 z 3`)]).toEqual([
      200,
      true,
      true,
    ]);
    const [, rest] = await page(
      /rel="next" href="[^"]*datasets([^"]*)"/.exec(list)?.[1]?.replaceAll('&amp;', '&') ?? '',
    );
    expect(
      [FIRST, SECOND, THIRD].map((id) => list.includes(`<code>${id}<`) !== rest.includes(`<code>${id}<`)),
    ).toEqual([true, true, true]);
    const [, late] = await page(`/items/${SECOND}?f=html&lang=en`);
    for (const told of [
      SAMPLE_LAYERS[1]?.title.en,
      SAMPLE_LAYERS[1]?.licence.en,
      '95 %',
      'not assessed',
      '+3 (7 → 10)',
      '<strong>stale</strong>',
      'ISO 19139',
    ]) {
      expect(late).toContain(told);
    }
    expect((await page('/queryables?f=html'))[1]).toContain('<code>keywords</code>');
    const [, odd] = await page(`/items?f=html&q=${encodeURIComponent('"><script>')}`);
    expect([odd.includes('<script'), odd.includes('Żaden zbiór')]).toEqual([false, true]);
  });

  it('says what it cannot do, and where', async () => {
    for (const [tail, word] of [
      ['/items?datetime=yesterday', 'datetime'],
      ['/items?bbox=1,2,3', 'bbox'],
      ['/items?sortby=colour', 'colour'],
      ['/items?colour=red', 'known'],
      ["/items?filter=colour='red'", 'colour'],
      ["/items?filter=subject='red'", 'subject'],
      ['/items?filter=title&filter-lang=sql', 'cql2-text'],
      ['/items?filter-crs=EPSG:2177', 'CRS84'],
      ['/items?f=xml', 'html'],
    ] as const) {
      const { status, body } = await ask(tail);
      expect([status, body.detail?.includes(word)]).toEqual([400, true]);
    }
    expect((await ask('/items/blizniak:nothing')).status).toBe(404);
    expect((await ask(`/items/${FIRST}`)).body).toMatchObject({ id: FIRST, type: 'Feature' });
  });
});
