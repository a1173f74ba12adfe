/** JSON of `/api/scenarios`. Spoken by the server and the viewer; edits are stored in the same words. */
import { z } from 'zod';
import { addBuildingSchema, removeBuildingSchema } from './edits/building.ts';
import { changeBuildingSchema, moveBuildingSchema } from './edits/building-change.ts';
import { addModelSchema } from './edits/building-model.ts';
import { CHANGEABLE_LAYERS } from './edits/changeable-layers.ts';
import { scaleDemandSchema } from './edits/demand.ts';
import { position } from './edits/edit-parts.ts';
import { addFacilitySchema, changeFacilitySchema, closeFacilitySchema } from './edits/facility.ts';
import { mergeParcelsSchema, splitParcelSchema } from './edits/parcel.ts';
import { changePlanZoneSchema } from './edits/plan-zone.ts';
import { addRoadSchema, changeRoadSchema, closeRoadSchema, openRoadSchema } from './edits/road.ts';
import { earthworkSchema, shapeTerrainSchema } from './edits/terrain.ts';
import {
  allowTurnSchema,
  banTurnSchema,
  lowEmissionZoneSchema,
  removeSignalSchema,
  setSignalSchema,
  slowZoneSchema,
} from './edits/traffic-rules.ts';
import { fellTreeSchema, plantTreeSchema } from './edits/tree.ts';
import { addUtilityLineSchema, removeUtilityLineSchema } from './edits/utility.ts';
import { geometrySchema } from './geometry.ts';
import { scenarioHeadSchema } from './scenario-head.ts';

/** One change of the city in the words of a planner; the kinds stand by subject in `edits/`. */
export const editSchema = z.discriminatedUnion('kind', [
  addBuildingSchema,
  addModelSchema,
  removeBuildingSchema,
  moveBuildingSchema,
  changeBuildingSchema,
  splitParcelSchema,
  mergeParcelsSchema,
  changePlanZoneSchema,
  shapeTerrainSchema,
  plantTreeSchema,
  fellTreeSchema,
  addFacilitySchema,
  closeFacilitySchema,
  changeFacilitySchema,
  closeRoadSchema,
  openRoadSchema,
  changeRoadSchema,
  addRoadSchema,
  banTurnSchema,
  allowTurnSchema,
  setSignalSchema,
  removeSignalSchema,
  slowZoneSchema,
  lowEmissionZoneSchema,
  scaleDemandSchema,
  addUtilityLineSchema,
  removeUtilityLineSchema,
]);

const propertiesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** An object as the city had it, GeoJSON in the city's CRS, easting first; without what is not known of it. */
const featureBefore = z.object({
  type: z.literal('Feature'),
  id: z.string(),
  geometry: geometrySchema.nullable(),
  properties: propertiesSchema,
});

const touchedObject = z.object({
  layer: z.enum(CHANGEABLE_LAYERS),
  id: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  /** The object as the scenario had it when the edit was made: of all that is changed or removed. */
  before: featureBefore.optional(),
});

/** What the city said when the edit was made; kept with it, so that its result never depends on the day. */
export const settledSchema = z.object({
  objects: z.array(touchedObject),
  /** Lowest ground under an added building, PL-EVRF2007-NH. */
  groundHeightM: z.number().optional(),
  /** From there to the highest point of the roof. */
  heightM: z.number().optional(),
  /** Of a body that is closed, m³. */
  volumeM3: z.number().optional(),
  /** Parcels that an added object stands on. */
  parcelIds: z.array(z.string()).optional(),
  /** Of objects that were registered on a parcel that is gone: which ones they stand on instead. */
  registeredOn: z
    .array(
      z.object({
        layer: z.enum(['buildings', 'addresses', 'trees']),
        id: z.string(),
        parcelIds: z.array(z.string()),
      }),
    )
    .optional(),
  /** How much higher a moved building stands, or how much a changed one has grown, m. */
  raisedM: z.number().optional(),
  /** Of objects whose shape the city decided: parts of parcels, zones that gave way. */
  shapes: z
    .array(
      z.object({
        layer: z.enum(CHANGEABLE_LAYERS),
        id: z.string(),
        geometry: geometrySchema,
        /** Of objects that the store makes from others. */
        properties: propertiesSchema.optional(),
      }),
    )
    .optional(),
  /** What shaping the ground moves. */
  earthwork: earthworkSchema.optional(),
  /** Building that an added facility is in. */
  buildingId: z.string().optional(),
  /** Node of the layer roads that a signal stands at. */
  junction: z.string().optional(),
  /** An added road as it was joined to the network. */
  road: z
    .object({
      id: z.string(),
      /** With its ends on the network. */
      path: z.array(position),
      fromNode: z.string(),
      toNode: z.string(),
      /** Roads that it meets between their junctions: each ends there, the rest of it gets an id of its own. */
      splits: z.array(z.object({ road: z.string(), atM: z.number(), node: z.string(), restId: z.string() })),
    })
    .optional(),
});

export type RoadSplit = NonNullable<z.infer<typeof settledSchema>['road']>['splits'][number];

export const storedEditSchema = z.object({
  id: z.string(),
  author: z.string(),
  madeAt: z.string(),
  edit: editSchema,
  ...settledSchema.shape,
});

/** Append. */
export const FINDING_CODES = [
  'overlaps-building',
  'crosses-parcels',
  'outside-parcels',
  'terrain-unknown',
  'roof-simplified',
  'tree-in-building',
  'tree-on-road',
  'tree-near-utility',
  'protected-tree',
  'facility-outside-building',
  'capacity-unknown',
  'capacity-below-enrolled',
  'border-through-building',
  'parcel-below-plan',
  'parcels-overlap',
  'holders-differ',
  'plan-hole',
  'zone-absorbed',
  'sides-end-early',
  'building-on-shaped-ground',
  'road-not-joined',
  'road-through-building',
  'road-over-trees',
  'road-crosses-road',
  'junction-cut-off',
  'utility-through-building',
  'utility-near-tree',
  'utility-devices-left',
  'utility-cut-off',
  'body-open',
  'foot-off-ground',
] as const;

/** Something about an edit that a planner should know; it does not stop them. */
export const findingSchema = z.object({
  code: z.enum(FINDING_CODES),
  severity: z.literal('warning'),
  message: z.object({ pl: z.string(), en: z.string() }),
  /** Objects that it speaks of. */
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
    terrain: z.string(),
    vectorTiles: z.string(),
  }),
});

export const scenariosReplySchema = z.object({ scenarios: z.array(scenarioSummarySchema) });
export const scenarioChangedReplySchema = z.object({ scenario: scenarioReplySchema });
const addedEdit = { edit: storedEditSchema, findings: z.array(findingSchema) };
/** To one edit. */
export const editReplySchema = z.object({ scenario: scenarioReplySchema, ...addedEdit });
/** To several, in their order. */
export const editsReplySchema = z.object({
  scenario: scenarioReplySchema,
  edits: z.array(z.object(addedEdit)),
});
/** To one or several with `Prefer: return=minimal`: a large stack is not told with each edit. */
export const briefEditsReplySchema = z.object({
  revision: z.int(),
  edits: z.array(
    z.object({
      id: z.string(),
      objects: z.array(touchedObject.omit({ before: true })),
      findings: z.array(findingSchema),
    }),
  ),
});
export const editTrialReplySchema = z.object({ ...settledSchema.shape, findings: z.array(findingSchema) });
export const editTrialsReplySchema = z.object({ edits: z.array(editTrialReplySchema) });
/** Several edits are put on the stack all together, or none of them. */
export const editsSchema = z.array(editSchema).min(1).max(1_000);

export type Edit = z.infer<typeof editSchema>;
export type Settled = z.infer<typeof settledSchema>;
export type TouchedObject = z.infer<typeof touchedObject>;
export type StoredEdit = z.infer<typeof storedEditSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioSummary = z.infer<typeof scenarioSummarySchema>;
export type ScenarioReply = z.infer<typeof scenarioReplySchema>;
export type EditReply = z.infer<typeof editReplySchema>;
export type EditsReply = z.infer<typeof editsReplySchema>;
export type BriefEditsReply = z.infer<typeof briefEditsReplySchema>;
export type EditTrialReply = z.infer<typeof editTrialReplySchema>;
