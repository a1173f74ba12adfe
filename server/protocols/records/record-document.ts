/** One record as GeoJSON (20-004r1, 8.1, record core). */
import type { Language } from '../../../core/feature/layer.ts';
import { ringOfBbox } from '../../../core/geo/bbox.ts';
import { recordId } from '../../../core/metadata/metadata-record.ts';
import type { LayerUses } from '../../../core/wire/data-use.ts';
import { href, type Link } from '../../http/links.ts';
import { GEOJSON_TYPE } from '../../http/ogc-view.ts';
import { isoAddress } from '../../http/record-address.ts';
import type { CatalogueRecord } from '../../services/metadata.ts';
import { CATALOGUE_PATH } from './part.ts';

export interface RecordFrame {
  readonly publicUrl: string;
  readonly language: Language;
  /** Orders of each layer that were put down in the use register. */
  readonly orders: ReadonlyMap<string, number>;
  /** What each layer was asked for at the doors. */
  readonly uses: ReadonlyMap<string, LayerUses>;
}

export function recordDocument({ record }: CatalogueRecord, frame: RecordFrame) {
  const { language, orders, uses } = frame;
  const { id, extent, date, upkeep, quality } = record;
  const [west, south, east, north] = extent ?? [];
  const box = extent && { minX: west ?? 0, minY: south ?? 0, maxX: east ?? 0, maxY: north ?? 0 };
  return {
    id,
    type: 'Feature',
    geometry: box ? { type: 'Polygon', coordinates: [ringOfBbox(box)] } : null,
    time: date ? { date: date.toISOString().slice(0, 10) } : null,
    properties: {
      type: record.level,
      title: record.title[language],
      description: record.abstract[language],
      language: { code: language },
      languages: [{ code: 'pl' }, { code: 'en' }],
      keywords: record.keywords.map((keyword) => keyword[language]),
      themes: record.topics.length === 0 ? [] : [topics(record.topics)],
      contacts: record.stewards.map((steward) => ({
        organization: steward[language],
        roles: ['pointOfContact', 'custodian'],
      })),
      license: record.licences.map((licence) => licence[language]).join('; '),
      ...(date && { updated: date.toISOString() }),
      externalIds: [{ scheme: href(frame.publicUrl, '/csw'), value: id }],
      formats: record.formats.map(({ name }) => ({ name })),
      lineage: record.lineage[language],
      completeness: told(quality.omissionPct === undefined ? undefined : 100 - quality.omissionPct, '%'),
      attributeCompleteness: {
        ...told(quality.attributes?.filledPct, '%'),
        ...(quality.attributes && { missing: quality.attributes.missing }),
      },
      positionalAccuracy: told(quality.positionM, 'm'),
      ...(upkeep && {
        ...{ open: upkeep.isOpen, synthetic: upkeep.synthetic, objects: upkeep.objects },
        updateFrequency: `P${upkeep.everyDays}D`,
        ...{ ageDays: upkeep.ageDays, stale: upkeep.isStale, orders: orders.get(upkeep.layer) ?? 0 },
        uses: uses.get(upkeep.layer) ?? { since: null, requests: 0, handedOut: 0, doors: [] },
        ...(quality.previous && {
          previousVersion: {
            ...{ objects: quality.previous.objects, loaded: quality.previous.loadedAt },
            difference: upkeep.objects - quality.previous.objects,
          },
        }),
      }),
    },
    links: [
      { href: href(frame.publicUrl, pathOf(id)), rel: 'self', type: GEOJSON_TYPE },
      {
        href: href(frame.publicUrl, pathOf(id), { f: 'html' }),
        ...{ rel: 'alternate', type: 'text/html', title: record.title[language] },
      },
      { href: href(frame.publicUrl, CATALOGUE_PATH), rel: 'collection', type: 'application/json' },
      ...waysTo(id, upkeep?.layer, frame),
    ],
  };
}

const pathOf = (id: string): string => `${CATALOGUE_PATH}/items/${encodeURIComponent(id)}`;

const topics = (codes: readonly string[]) => ({
  concepts: codes.map((code) => ({ id: code })),
  scheme: 'http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#MD_TopicCategoryCode',
});

/** A figure of quality; what nobody assessed says so. */
const told = (value: number | undefined, unit: string) =>
  value === undefined ? { assessed: false } : { assessed: true, value, unit };

/** Where the data themselves are, and what else tells of them. */
function waysTo(
  id: string,
  layer: string | undefined,
  { publicUrl, language }: RecordFrame,
): readonly Link[] {
  const iso: Link = {
    href: isoAddress(publicUrl, id),
    ...{ rel: 'alternate', type: 'application/xml', title: 'ISO 19139' },
  };
  if (layer === undefined || id !== recordId({ name: layer })) return [iso];
  const wfs = { service: 'WFS', version: '2.0.0', request: 'GetFeature', typeNames: layer };
  return [
    iso,
    {
      href: href(publicUrl, `/ogc/collections/${layer}/items`),
      ...{ rel: 'item', type: GEOJSON_TYPE, title: 'OGC API – Features' },
    },
    { href: href(publicUrl, '/wfs', wfs), rel: 'item', type: 'application/gml+xml', title: 'WFS 2.0' },
    {
      href: href(publicUrl, '/wms', { service: 'WMS', version: '1.3.0', request: 'GetCapabilities' }),
      ...{ rel: 'service', type: 'application/xml', title: 'WMS 1.3.0' },
    },
    {
      href: href(publicUrl, `/ogc/collections/${layer}`),
      ...{
        rel: 'describedby',
        type: 'application/json',
        title: language === 'pl' ? 'Kolekcja' : 'Collection',
      },
    },
  ];
}
