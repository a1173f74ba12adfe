/** What is said of data to who looks for them or is handed them: a layer of the catalogue, or a package of layers. */
import type { Layer, LayerDeclaration, LayerStatus, Text } from '../feature/layer.ts';
import { reprojectBbox } from '../geo/bbox.ts';

export interface MetadataRecord {
  /** Unique and stable: the same data are known by it in every catalogue. */
  readonly id: string;
  readonly level: 'dataset' | 'series';
  readonly title: Text;
  readonly abstract: Text;
  readonly keywords: readonly Text[];
  /** Code of ISO 19115, MD_TopicCategoryCode. */
  readonly topics: readonly TopicCategory[];
  /** Who answers for the data. */
  readonly stewards: readonly Text[];
  /** Of the youngest thing that the data tell of; undefined while there are none. */
  readonly date: Date | undefined;
  readonly srid: number;
  /** Degrees WGS 84: west, south, east, north. */
  readonly extent: readonly [number, number, number, number] | undefined;
  /** Where the data come from, and what was done to them. */
  readonly lineage: Text;
  readonly licences: readonly Text[];
  readonly quality: DataQuality;
  /** Ways in which the data come: name and version. */
  readonly formats: readonly { readonly name: string; readonly version: string }[];
  /** How it is kept; undefined for data that others told of. */
  readonly upkeep?: DataUpkeep;
}

/** How a layer of the twin is kept up to date, and whether it is. */
export interface DataUpkeep {
  /** Name of the layer at every door. */
  readonly layer: string;
  readonly objects: number;
  readonly synthetic: boolean;
  /** Open to everybody, without asking. */
  readonly isOpen: boolean;
  /** It is to be loaded again within this many days. */
  readonly everyDays: number;
  /** Whole days since the last load; null = never loaded. */
  readonly ageDays: number | null;
  readonly isStale: boolean;
}

/** What is known of how good the data are; undefined = not assessed, which is said. */
export interface DataQuality {
  /** Of objects that should be there, the share that is not, per cent. */
  readonly omissionPct?: number;
  /** Mean error of positions, m. */
  readonly positionM?: number;
  /** Of the properties that may not be empty, in the objects that are there. */
  readonly attributes?: AttributeCompleteness;
  /** As many objects as the version before held; undefined of the first. */
  readonly previous?: { readonly objects: number; readonly loadedAt: string };
}

export interface AttributeCompleteness {
  /** Of all their values, the share that is there, per cent, rounded down: 100 is all of them. */
  readonly filledPct: number;
  /** Objects without a value, by property. */
  readonly missing: Readonly<Record<string, number>>;
}

/** @param filled objects with a value, by property; undefined where nothing could be missing */
export function attributeCompleteness(
  objects: number,
  filled: Readonly<Record<string, number>>,
): AttributeCompleteness | undefined {
  const counts = Object.entries(filled);
  if (objects === 0 || counts.length === 0) return undefined;
  const there = counts.reduce((sum, [, count]) => sum + count, 0);
  return {
    filledPct: Math.floor((there / (objects * counts.length)) * 10_000) / 100,
    missing: Object.fromEntries(counts.map(([name, count]) => [name, objects - count])),
  };
}

export type TopicCategory =
  | 'planningCadastre'
  | 'structure'
  | 'utilitiesCommunication'
  | 'environment'
  | 'society'
  | 'transportation'
  | 'location'
  | 'imageryBaseMapsEarthCover';

const TOPIC_OF_GROUP: Readonly<Record<string, TopicCategory>> = {
  land_register: 'planningCadastre',
  buildings_3d: 'structure',
  planning: 'planningCadastre',
  networks: 'utilitiesCommunication',
  greenery: 'environment',
  environment: 'environment',
  society: 'society',
  mobility: 'transportation',
  geodesy: 'location',
  base_map: 'imageryBaseMapsEarthCover',
};

export const topicOf = ({ group }: Pick<LayerDeclaration, 'group'>): TopicCategory =>
  TOPIC_OF_GROUP[group.name] ?? 'location';

type DescribedStatus = Pick<LayerStatus, 'extent' | 'loadedAt' | 'source' | 'synthetic'>;

const DAY_MS = 86_400_000;

/** Whole days since the last load, and whether that is longer than the layer may be left. */
export function ageOf(
  { loadedAt }: Pick<LayerStatus, 'loadedAt'>,
  freshnessDays: number,
  now: Date,
): Pick<DataUpkeep, 'ageDays' | 'isStale'> {
  const ageMs = loadedAt === undefined ? undefined : now.getTime() - Date.parse(loadedAt);
  const ageDays = ageMs === undefined ? null : Math.max(0, Math.floor(ageMs / DAY_MS));
  return { ageDays, isStale: ageDays === null || ageDays > freshnessDays };
}

/** A text about a layer, which says so where the layer is older than it may be. */
export function withStaleness(
  { pl, en }: Text,
  { freshnessDays, cascaded }: Pick<Layer, 'freshnessDays' | 'cascaded'>,
  status: Pick<LayerStatus, 'loadedAt'>,
  now: Date,
): Text {
  // Nothing of it is loaded: it is asked for when it is shown.
  if (cascaded) return { pl, en };
  const { ageDays, isStale } = ageOf(status, freshnessDays, now);
  if (!isStale) return { pl, en };
  if (ageDays === null) return { pl: `${pl} Nigdy nie wczytano.`, en: `${en} Never loaded.` };
  return {
    pl: `${pl} NIEAKTUALNE: wczytano ${ageDays} dni temu, a należy co ${freshnessDays} dni.`,
    en: `${en} STALE: loaded ${ageDays} days ago, due every ${freshnessDays} days.`,
  };
}

/** A record with how its layer is kept; one that is stale says so where it says where the data come from. */
export function withUpkeep(
  record: MetadataRecord,
  layer: Pick<LayerDeclaration, 'name' | 'audience' | 'freshnessDays'>,
  status: Pick<LayerStatus, 'loadedAt' | 'count' | 'synthetic'>,
  now: Date,
): MetadataRecord {
  const { ageDays, isStale } = ageOf(status, layer.freshnessDays, now);
  const most = layer.freshnessDays;
  return {
    ...record,
    lineage: withStaleness(record.lineage, layer, status, now),
    upkeep: {
      ...{ layer: layer.name, objects: status.count, synthetic: status.synthetic },
      isOpen: (layer.audience ?? 'public') === 'public',
      ...{ everyDays: most, ageDays, isStale },
    },
  };
}

/** By which every catalogue knows the record of a layer. */
export const recordId = ({ name }: Pick<LayerDeclaration, 'name'>): string => `blizniak:${name}`;

/** Said of a layer as the catalogue declares it and as it stands. @param srid EPSG code of the layer's storage */
export function layerRecord(
  layer: Pick<LayerDeclaration, 'name' | 'title' | 'description' | 'group' | 'steward' | 'licence'>,
  { extent, loadedAt, source, synthetic }: DescribedStatus,
  srid: number,
): MetadataRecord {
  const from = source ?? '–';
  return {
    id: recordId(layer),
    level: 'dataset',
    title: layer.title,
    abstract: layer.description,
    keywords: [layer.group.title],
    topics: [topicOf(layer)],
    stewards: [layer.steward],
    date: loadedAt === undefined ? undefined : new Date(loadedAt),
    srid,
    extent: extent && degreesOf(extent, srid),
    lineage: synthetic
      ? {
          pl: `Dane syntetyczne, wytworzone na potrzeby pokazu; nie są rejestrem. Źródło: ${from}.`,
          en: `Synthetic data, made for demonstration; no register. Source: ${from}.`,
        }
      : { pl: `Wczytano z: ${from}.`, en: `Loaded from: ${from}.` },
    licences: [layer.licence],
    quality: {},
    formats: [],
  };
}

/** A box of a CRS as degrees WGS 84. */
export function degreesOf(
  [minX, minY, maxX, maxY]: readonly [number, number, number, number],
  srid: number,
): readonly [number, number, number, number] {
  const box = reprojectBbox({ minX, minY, maxX, maxY, srid }, 4326);
  return [box.minX, box.minY, box.maxX, box.maxY];
}
