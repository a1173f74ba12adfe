/** Orders of data: which area, which layers, in which formats and coordinates. */
import { z } from 'zod';
import { CITY_HEIGHTS, HEIGHT_SYSTEMS } from '../geo/height-systems.ts';
import { geometrySchema } from './geometry.ts';

/** What an order may be written in, in the order in which people look for it. */
export const ORDER_FORMATS = [
  'gml',
  'gml2021',
  'gpkg',
  'shp',
  'dxf',
  'geojson',
  'fgb',
  'parquet',
  'csv',
  'kml',
  'txt',
  'citygml',
  'cityjson',
  'glb',
  'ifc',
  'dtm-tif',
  'dtm-asc',
  'dtm-xyz',
  'dtm-landxml',
  'pdf',
  'map-tif',
] as const;
export type OrderFormat = (typeof ORDER_FORMATS)[number];

/** Scales of maps on paper: 1 to this. */
export const MAP_SCALES = [500, 1000, 2000, 5000] as const;
/** Of a map as pixels: 5 or 10 of them a millimetre. */
export const MAP_DPI = [127, 254] as const;
export const MAP_PAPERS = ['A4', 'A3', 'A2', 'A1', 'A0'] as const;
export type MapPaper = (typeof MAP_PAPERS)[number];

/** Systems that an order may be written in. */
export const ORDER_SRIDS = [2177, 2176, 2178, 2179, 2180, 4258, 4326, 3857] as const;

export const MOST_ORDER_VERTICES = 20_000;
export const MOST_ORDER_PARCELS = 500;

const word = z.string().trim().min(1).max(200);

export const orderAreaSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('city') }),
  z.strictObject({
    kind: z.literal('polygon'),
    /** Polygon or MultiPolygon, easting (longitude) first. */
    geometry: geometrySchema,
    srid: z.int(),
    bufferM: z.number().min(0).max(5_000).optional(),
  }),
  z.strictObject({
    kind: z.literal('parcels'),
    ids: z.array(word).min(1).max(MOST_ORDER_PARCELS),
    bufferM: z.number().min(0).max(5_000).default(0),
  }),
  z.strictObject({
    kind: z.literal('street'),
    name: word,
    /** On both sides together. */
    widthM: z.number().min(1).max(500),
  }),
  z.strictObject({
    kind: z.literal('place'),
    at: z.tuple([z.number(), z.number()]),
    srid: z.int(),
    radiusM: z.number().min(1).max(5_000),
  }),
  z.strictObject({ kind: z.literal('district'), id: word }),
  z.strictObject({ kind: z.literal('precinct'), id: word }),
  /** Sheet of a map in PL-2000: `6.177.11` (1:10 000), `6.177.11.3` (1:5000) to `6.177.11.17.2.3` (1:500). */
  z.strictObject({ kind: z.literal('sheet'), name: word }),
]);
export type OrderArea = z.infer<typeof orderAreaSchema>;

/** An area out of a file, as it may be ordered, and what was done to it. */
export const givenAreaSchema = z.strictObject({
  /** In the CRS of the city; parts are one. */
  area: z.strictObject({ kind: z.literal('polygon'), geometry: geometrySchema, srid: z.int() }),
  /** What the file was read as. */
  form: z.string(),
  /** Of the file, as it says itself or as was asked. */
  srid: z.int(),
  sridFrom: z.enum(['file', 'asked']),
  /** In the file. */
  polygons: z.int(),
  /** Of the area. */
  vertices: z.int(),
  /** Things in the file that are no polygons. */
  leftOut: z.int(),
  areaM2: z.number(),
  /** By how much it was simplified; 0 = not at all. */
  simplifiedM: z.number(),
  /** Where borders cross themselves, in the CRS of the city: the area is then a repaired one, to be looked at. */
  faults: z.array(z.strictObject({ reason: z.string(), e: z.number(), n: z.number() })),
});
export type GivenArea = z.infer<typeof givenAreaSchema>;

const orderSchema = z.strictObject({
  area: orderAreaSchema,
  /** Names of layers. */
  layers: z.array(word).min(1).max(100),
  formats: z.array(z.enum(ORDER_FORMATS)).min(1).max(ORDER_FORMATS.length),
  /** EPSG code; KML is always in WGS 84. */
  srid: z.literal([...ORDER_SRIDS]).default(2177),
  /**
   * Only what has changed since this moment of the city (ISO 8601, or a day), with `change`, `version_before` and
   * `version_after` beside each object, in GML, GeoPackage, GeoJSON and CSV.
   */
  since: z.string().trim().max(40).optional(),
  /** `clip` cuts objects at the edge of the area; objects in space stay whole. */
  cut: z.enum(['whole', 'clip']).default('whole'),
  /** Heights are kept in PL-EVRF2007-NH: the way to PL-KRON86-NH needs the grids of the state, and is refused without them. */
  heights: z
    .enum(HEIGHT_SYSTEMS, `heights are handed out in ${HEIGHT_SYSTEMS.join(' or ')}`)
    .default(CITY_HEIGHTS),
  /** Of the map on paper (PDF), and the scale of the map as GeoTIFF. */
  map: z
    .strictObject({
      scale: z.literal([...MAP_SCALES]).default(500),
      /** The largest that may be used; what it does not hold goes on several sheets. */
      paper: z.enum(MAP_PAPERS).default('A0'),
      title: z.string().trim().min(1).max(120).optional(),
      dpi: z.literal([...MAP_DPI]).default(254),
    })
    .optional(),
});
export type OrderRequest = z.infer<typeof orderSchema>;

/** What is not written, and why. */
export const orderSkipSchema = z.strictObject({
  layer: z.string(),
  format: z.enum(ORDER_FORMATS),
  reason: z.strictObject({ pl: z.string(), en: z.string() }),
});
export type OrderSkip = z.infer<typeof orderSkipSchema>;

export const orderEstimateSchema = z.strictObject({
  /** In the CRS of the city; null = the whole city. */
  areaM2: z.number().nullable(),
  layers: z.array(z.strictObject({ layer: z.string(), objects: z.int() })),
  objects: z.int(),
  /** Of the package, about. */
  bytes: z.int(),
  seconds: z.number(),
  skipped: z.array(orderSkipSchema),
});
export type OrderEstimate = z.infer<typeof orderEstimateSchema>;

export const ORDER_PROFILE_NAMES = [
  'public',
  'surveyor',
  'designer',
  'network',
  'bailiff',
  'valuer',
  'office',
] as const;
export type OrderProfile = (typeof ORDER_PROFILE_NAMES)[number];

export const orderNotifySchema = z.strictObject({
  email: z.email().max(254).optional(),
  /** Is posted JSON: `{notice, event: "order.ready" | "order.failed", order, link}`. */
  webhook: z
    .url({ protocol: /^https?$/ })
    .max(1_000)
    .optional(),
  /** Signs what is posted: header `x-blizniak-signature`. */
  secret: z.string().min(16).max(200).optional(),
});
export type OrderNotify = z.infer<typeof orderNotifySchema>;

/** An order that is kept: made when its turn comes, and fetched from where a connection broke. */
export const newOrderSchema = orderSchema.extend({
  /** For whom, and with whose eyes: accounts order in profiles that they hold, staff in all, `office` is theirs alone. */
  profile: z.enum(ORDER_PROFILE_NAMES).default('public'),
  /** KERG or another number of the case. */
  caseNumber: z.string().trim().min(3).max(60).optional(),
  /** The account of the client for whom the office orders. */
  client: z.string().trim().min(1).max(41).optional(),
  /** Whom to tell once the package is there, or failed. Needs an account; forgotten once they were told. */
  notify: orderNotifySchema.optional(),
});
export type NewDataOrder = z.infer<typeof newOrderSchema>;

/** An order that is answered at once: there is nobody to tell. */
export const downloadSchema = newOrderSchema.omit({ notify: true });
export type DownloadOrder = z.infer<typeof downloadSchema>;

export const ORDER_STATES = ['waiting', 'running', 'ready', 'failed', 'cancelled', 'expired'] as const;

export const dataOrderSchema = z.strictObject({
  id: z.string(),
  state: z.enum(ORDER_STATES),
  /** Per cent. */
  progress: z.int(),
  order: newOrderSchema,
  /** The moment of the city that it is of; null = as it was when ordered, or the base of the scenario. */
  at: z.string().nullable(),
  /** The scenario that it is of. */
  scenario: z.string().nullable(),
  objects: z.int(),
  createdAt: z.string(),
  /** When it was first begun to be packed, and when that ended; also of the same package ordered by somebody before. */
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** Of the package, once it is there. */
  bytes: z.int().nullable(),
  fileName: z.string(),
  /** The package is kept up to then. */
  keptUntil: z.string().nullable(),
  /** Why it failed, or what it was broken off for and waits to be tried again. */
  problem: z.strictObject({ kind: z.string(), message: z.string() }).nullable(),
  urls: z.strictObject({ self: z.string(), file: z.string() }),
});
export type DataOrder = z.infer<typeof dataOrderSchema>;

/** Of an order that is too large for its profile: a part that is not. */
export const orderPartSchema = z.strictObject({ area: orderAreaSchema, objects: z.int() });
export type OrderPart = z.infer<typeof orderPartSchema>;

/** A profile, and whether whoever asks may order in it. */
export const heldProfileSchema = z.strictObject({
  profile: z.enum(ORDER_PROFILE_NAMES),
  title: z.strictObject({ pl: z.string(), en: z.string() }),
  terms: z.strictObject({ pl: z.string(), en: z.string() }),
  /** Of all layers of one order. */
  mostObjects: z.int(),
  needsCase: z.boolean(),
  /** Layers that it includes; null = all that may be seen. */
  layers: z.array(z.string()).nullable(),
  /** Formats that it does not include. */
  withoutFormats: z.array(z.enum(ORDER_FORMATS)),
  held: z.boolean(),
  /** The last day on which it is held; null = no end. */
  lastDay: z.string().nullable(),
});
export type HeldProfile = z.infer<typeof heldProfileSchema>;

/** What may be ordered here. */
export const orderOfferSchema = z.strictObject({
  profiles: z.array(heldProfileSchema),
  /** Systems of heights; the first one is that of the twin. */
  heights: z.array(z.enum(HEIGHT_SYSTEMS)),
});
export type OrderOffer = z.infer<typeof orderOfferSchema>;
