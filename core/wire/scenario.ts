/** JSON of `/api/scenarios`. Spoken by the server and the viewer; edits are stored in the same words. */
import { z } from 'zod';
import { scenarioHeadSchema } from './scenario-head.ts';

/** Easting, northing, metres in the city's cadastral CRS (EPSG:2177). */
const position = z.tuple([z.number(), z.number()]);

export const ROOF_SHAPES = ['flat', 'gabled', 'hipped', 'pent'] as const;
/** Kinds of the layer `buildings` (KŚT). */
export const BUILDING_FUNCTIONS = ['m', 'g', 't', 'k', 'z', 'b', 'h', 'p', 's', 'i'] as const;

const note = z.string().trim().max(1_000).optional();

export const addBuildingSchema = z.strictObject({
  kind: z.literal('add-building'),
  /** The outline, open or closed, in either direction; no holes. */
  footprint: z.array(position).min(3).max(500),
  storeys: z.int().min(1).max(100),
  /** Metres. */
  storeyHeightM: z.number().min(2).max(12).default(3.2),
  /** From the lowest ground under the building to the eaves; without it storeys × storey height. */
  eavesHeightM: z.number().min(2).max(300).optional(),
  roof: z.strictObject({
    shape: z.enum(ROOF_SHAPES),
    /** Without it 35° gabled, 30° hipped, 10° pent. */
    pitchDeg: z.number().min(1).max(70).optional(),
  }),
  function: z.enum(BUILDING_FUNCTIONS),
  name: z.string().trim().max(200).optional(),
  note,
});

export const removeBuildingSchema = z.strictObject({
  kind: z.literal('remove-building'),
  /** Its id in `buildings` or in `buildings_3d`; both go. */
  building: z.string().min(1).max(200),
  note,
});

/** One change of the city in the words of a planner. Grows by further kinds. */
export const editSchema = z.discriminatedUnion('kind', [addBuildingSchema, removeBuildingSchema]);

const touchedObject = z.object({
  layer: z.enum(['buildings', 'buildings_3d']),
  id: z.string(),
  change: z.enum(['added', 'removed']),
});

/** What the city said when the edit was made; kept with it, so that its result never depends on the day. */
export const settledSchema = z.object({
  objects: z.array(touchedObject),
  /** Lowest ground under an added building, PL-EVRF2007-NH. */
  groundHeightM: z.number().optional(),
  /** From there to the highest point of the roof. */
  heightM: z.number().optional(),
  /** Parcels that an added building stands on. */
  parcelIds: z.array(z.string()).optional(),
});

export const storedEditSchema = z.object({
  id: z.string(),
  author: z.string(),
  madeAt: z.string(),
  edit: editSchema,
  ...settledSchema.shape,
});

export const FINDING_CODES = [
  'overlaps-building',
  'crosses-parcels',
  'outside-parcels',
  'terrain-unknown',
  'roof-simplified',
] as const;

/** Something about an edit that a planner should know; it does not stop them. */
export const findingSchema = z.object({
  code: z.enum(FINDING_CODES),
  severity: z.literal('warning'),
  message: z.object({ pl: z.string(), en: z.string() }),
  /** Objects that it speaks of: buildings or parcels. */
  ids: z.array(z.string()),
  /** How large an overlap is, or the part outside. */
  areaM2: z.number().optional(),
});

const datasetVersion = z.object({ version: z.int(), recordedAt: z.string(), source: z.string() });

export const scenarioSummarySchema = scenarioHeadSchema.extend({
  base: z.object({ version: z.int(), at: z.string() }),
  /** Whether the city has been loaded anew since the base. */
  movedOn: z.boolean(),
  editCount: z.int(),
});

export const scenarioSchema = scenarioHeadSchema.extend({
  base: z.object({
    /** Dataset version that was the last one at that moment; 0 for an empty city. */
    version: z.int(),
    at: z.string(),
    /** Loads since then, the newest first, at most 20. */
    newerVersions: z.array(datasetVersion),
    /** That version is not there any more (an older backup was put back): rebase, then edit. */
    isGone: z.boolean(),
  }),
  /** The stack as it stands, in order. */
  edits: z.array(storedEditSchema),
  /** How many edits `redo` can bring back. */
  undone: z.int(),
});

/** Absolute addresses of the city in the scenario. */
export const scenarioReplySchema = scenarioSchema.extend({
  urls: z.object({
    viewer: z.string(),
    wfs: z.string(),
    wms: z.string(),
    ogc: z.string(),
    tileset3d: z.string(),
    vectorTiles: z.string(),
  }),
});

export const scenariosReplySchema = z.object({ scenarios: z.array(scenarioSummarySchema) });
export const scenarioChangedReplySchema = z.object({ scenario: scenarioReplySchema });
export const editReplySchema = z.object({
  scenario: scenarioReplySchema,
  edit: storedEditSchema,
  findings: z.array(findingSchema),
});
export const editTrialReplySchema = z.object({ ...settledSchema.shape, findings: z.array(findingSchema) });

export type Edit = z.infer<typeof editSchema>;
export type AddBuilding = z.infer<typeof addBuildingSchema>;
export type RemoveBuilding = z.infer<typeof removeBuildingSchema>;
export type Settled = z.infer<typeof settledSchema>;
export type StoredEdit = z.infer<typeof storedEditSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioSummary = z.infer<typeof scenarioSummarySchema>;
export type ScenarioReply = z.infer<typeof scenarioReplySchema>;
export type EditReply = z.infer<typeof editReplySchema>;
export type EditTrialReply = z.infer<typeof editTrialReplySchema>;
