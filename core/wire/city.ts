/** JSON of `/api/layers`: which city this is and what it holds. Spoken by the server and the viewer. */
import { z } from 'zod';
import { sourceStateSchema } from './cascade.ts';

const text = z.object({ pl: z.string(), en: z.string() });
/** minE, minN, maxE, maxN in the CRS of the layer or city. */
const extent = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const citySchema = z.object({
  name: text,
  /** EPSG code of the cadastral CRS of the city. */
  srid: z.int(),
  /** Where the viewer starts, degrees WGS 84. */
  home: z.object({ lon: z.number(), lat: z.number() }),
  /** Union of the extents of the city's layers, easting and northing; null while all are empty. */
  extent: extent.nullable(),
});

const geoidSchema = z.object({
  /** Which model turns normal heights into ellipsoidal ones. */
  model: z.string(),
  /** Ellipsoidal minus normal height at `home`, metres. */
  undulationM: z.number(),
});

const property = z.object({
  name: z.string(),
  type: z.enum(['text', 'integer', 'number', 'boolean', 'date', 'datetime']),
  label: text,
  unit: z.string().optional(),
  codelist: z.array(z.object({ code: z.string(), label: text })).optional(),
  references: z.string().optional(),
});

/** Colours are `#rrggbb`; widths in CSS pixels, those ending in M in metres on the ground. */
const ink = {
  fill: z.string().optional(),
  fillOpacity: z.number().optional(),
  stroke: z.string().optional(),
  strokeWidthPx: z.number().optional(),
  strokeWidthM: z.number().optional(),
  strokeDash: z.array(z.number()).optional(),
  casing: z.object({ color: z.string(), widthPx: z.number() }).optional(),
  marker: z
    .object({
      shape: z.enum(['circle', 'square', 'triangle', 'diamond', 'cross']),
      sizePx: z.number(),
      sizeM: z.number().optional(),
    })
    .optional(),
};

const style = z.object({
  ...ink,
  stroke: z.string(),
  strokeWidthPx: z.number(),
  classes: z
    .object({
      property: z.string(),
      entries: z.array(
        z.object({ ...ink, values: z.array(z.string()), flag: z.string().optional(), label: text }),
      ),
    })
    .optional(),
  label: z
    .object({
      property: z.string(),
      suffixProperty: z.string().optional(),
      maxScaleDenominator: z.number(),
      color: z.string(),
    })
    .optional(),
});

const status = z.object({
  count: z.int(),
  /** Storage CRS of the layer. */
  extent: extent.optional(),
  loadedAt: z.string().optional(),
  knownSince: z.string().optional(),
  source: z.string().optional(),
  synthetic: z.boolean(),
  version: z.int(),
  /** Whole days since the last load; null when never loaded. */
  ageDays: z.int().nullable(),
  /** Older than `freshnessDays`, or never loaded. */
  stale: z.boolean(),
});

export const wireLayerSchema = z.object({
  name: z.string(),
  title: text,
  description: text,
  group: z.object({ name: z.string(), title: text, order: z.number() }),
  drawOrder: z.number(),
  initiallyVisible: z.boolean(),
  dataset: z.string(),
  srid: z.int(),
  geometryType: z.enum(['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon']),
  dimension: z.union([z.literal(2), z.literal(3)]),
  properties: z.array(property),
  style,
  maxScaleDenominator: z.number().optional(),
  steward: text,
  licence: text,
  freshnessDays: z.int(),
  /** It is a layer of somebody else's service. */
  cascaded: z
    .object({
      source: z.string(),
      shows: z.enum(['pictures', 'objects']),
      isQueryable: z.boolean(),
      state: sourceStateSchema,
    })
    .optional(),
  status,
});

/** Which state of the city is told of; neither member: the present. */
const state = z.object({
  /** As recorded at this moment. */
  at: z.string().optional(),
  scenario: z.object({ id: z.string(), title: z.string(), revision: z.int(), baseAt: z.string() }).optional(),
});

export const layersReplySchema = z.object({
  state,
  city: citySchema,
  /** True when any layer of the city holds generated data. */
  synthetic: z.boolean(),
  geoid: geoidSchema,
  layers: z.array(wireLayerSchema),
});

export type WireLayer = z.infer<typeof wireLayerSchema>;
export type LayersReply = z.infer<typeof layersReplySchema>;
