/** Services of others whose layers stand in our catalogue: what staff say of them, what is kept, how each fares. */
import { z } from 'zod';

export const SOURCE_KINDS = ['wms', 'wmts', 'wfs', 'ogc-features'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

const text = z.object({ pl: z.string(), en: z.string() });
const words = z.string().trim().min(1).max(500);
const numbers = z.array(z.number());

export const SOURCE_NAME = /^[a-z][a-z0-9_]{0,30}$/;

/** What a layer of pictures of WMS needs to be asked. */
const mapsSchema = z.object({
  version: z.enum(['1.3.0', '1.1.1']),
  format: z.string(),
  infoFormat: z.string().optional(),
  style: z.string(),
  legend: z.string().optional(),
  /** EPSG codes that we know too, the cadastral ones first. */
  srids: z.array(z.int()),
  mostSidePx: z.int(),
});

/** A grid of tiles (07-057r7, 6.1) in a CRS that we know too. */
const tileMatrixSetSchema = z.object({
  id: z.string(),
  srid: z.int(),
  /** From the coarsest. */
  levels: z.array(
    z.object({
      id: z.string(),
      /** Units of the CRS. */
      perPx: z.number().positive(),
      /** Upper left corner, easting (longitude) and northing. */
      minX: z.number(),
      maxY: z.number(),
      tileWidthPx: z.int().positive(),
      tileHeightPx: z.int().positive(),
      columns: z.int().positive(),
      rows: z.int().positive(),
    }),
  ),
});
export type TileMatrixSet = z.infer<typeof tileMatrixSetSchema>;

/** What a layer of tiles needs to be asked. */
const tilesSchema = z.object({
  format: z.string(),
  style: z.string(),
  /** Address with `{TileMatrixSet}`, `{TileMatrix}`, `{TileRow}` and `{TileCol}`; all else is filled in. */
  template: z.string(),
  legend: z.string().optional(),
  sets: z.array(
    z.object({
      id: z.string(),
      /** By the id of the level: first and last row, first and last column that there are. */
      limits: z.record(z.string(), numbers.length(4)).optional(),
    }),
  ),
});

/** The same of objects, and what the first page of them showed. */
const objectsSchema = z.object({
  version: z.string(),
  format: z.enum(['geojson', 'gml']),
  /** The word for it in requests. */
  outputFormat: z.string(),
  /** Of what comes. */
  srid: z.int(),
  /** As the service calls it in requests. */
  srsName: z.string(),
  geometryType: z.enum(['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon']),
  properties: z.array(
    z.object({
      name: z.string(),
      column: z.string(),
      type: z.enum(['text', 'number', 'boolean']),
    }),
  ),
});

const offeredLayerSchema = z.object({
  /** As the service calls it. */
  remote: z.string(),
  title: z.string(),
  description: z.string(),
  /** West, south, east, north, degrees; null where the service does not say. */
  extent: numbers.length(4).nullable(),
  maxScaleDenominator: z.number().optional(),
  maps: mapsSchema.optional(),
  tiles: tilesSchema.optional(),
  objects: objectsSchema.optional(),
});
export type OfferedLayer = z.infer<typeof offeredLayerSchema>;

/** What a service says of itself, as far as it can be shown here. */
export const sourceOfferSchema = z.object({
  kind: z.enum(SOURCE_KINDS),
  /** Without parameters of the request. */
  url: z.string(),
  title: z.string(),
  owner: z.string().nullable(),
  licence: z.string().nullable(),
  /** Of layers of tiles. */
  tileMatrixSets: z.array(tileMatrixSetSchema).optional(),
  layers: z.array(offeredLayerSchema),
});
export type SourceOffer = z.infer<typeof sourceOfferSchema>;

const cascadedLayerSchema = offeredLayerSchema.extend({
  /** At our doors. */
  name: z.string(),
});
export type CascadedLayer = z.infer<typeof cascadedLayerSchema>;

/** A source as it is kept: it can be asked without reading its capabilities again. */
export const cascadedSourceSchema = z.object({
  name: z.string(),
  kind: z.enum(SOURCE_KINDS),
  url: z.string(),
  title: text,
  owner: text,
  licence: text,
  freshnessS: z.int(),
  tileMatrixSets: z.array(tileMatrixSetSchema).optional(),
  layers: z.array(cascadedLayerSchema),
});
export type CascadedSource = z.infer<typeof cascadedSourceSchema>;

export const SOURCE_STATES = ['unasked', 'works', 'down'] as const;

/** How a source fares. */
export const sourceStateSchema = z.object({
  state: z.enum(SOURCE_STATES),
  /** Of this state; null while unasked. */
  since: z.string().nullable(),
  lastGoodAt: z.string().nullable(),
  /** Why it is down, in English. */
  reason: z.string().nullable(),
  /** Answers kept here, which are shown while it is down. */
  keptAnswers: z.int(),
  /** When the oldest of them came. */
  keptSince: z.string().nullable(),
});
export type SourceState = z.infer<typeof sourceStateSchema>;

export const sourceUrlSchema = z
  .string()
  .trim()
  .max(2_000)
  .refine(
    (address) => URL.canParse(address) && /^https?:$/.test(new URL(address).protocol),
    'must be an address such as https://example.org/wms',
  )
  .refine(
    (address) => !URL.canParse(address) || new URL(address).username + new URL(address).password === '',
    'must hold no name or password: what is shown to everybody is asked for as everybody',
  );

/** Where a service is to be looked at. */
export const offerAskSchema = z.strictObject({
  url: sourceUrlSchema,
  /** Unset: what its capabilities turn out to be. */
  kind: z.enum(SOURCE_KINDS).optional(),
  /** Of WMS, where the newest that it speaks is not the one that it speaks well. */
  version: z.enum(['1.3.0', '1.1.1']).optional(),
});
export type OfferAsk = z.infer<typeof offerAskSchema>;

/** What staff say of a source. */
export const newSourceSchema = offerAskSchema.extend({
  /** As the service calls them. */
  layers: z.array(z.string().max(300)).min(1).max(50),
  title: words.optional(),
  owner: words.optional(),
  licence: words.optional(),
  /** How long an answer is taken as new where the service does not say. */
  freshnessS: z.int().min(10).max(604_800).default(3_600),
});
export type NewSource = z.input<typeof newSourceSchema>;

export const listedSourceSchema = cascadedSourceSchema.extend({ state: sourceStateSchema });
export type ListedSource = z.infer<typeof listedSourceSchema>;
export const sourceListSchema = z.object({ sources: z.array(listedSourceSchema) });
