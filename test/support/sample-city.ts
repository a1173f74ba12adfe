/** A small, wholly known city for tests of protocols: squares of 20 m in EPSG:2177 and boxes on some of them. */
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { notFound, unavailable } from '../../core/errors.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { memorySource } from '../../core/feature/memory-source.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { MultiPolygon, Position } from '../../core/geo/geometry.ts';
import { NO_CASCADE } from '../../server/cascade/no-cascade.ts';
import { documentWriter } from '../../server/documents/document-writer.ts';
import { geoPackages } from '../../server/geopackage/geo-packages.ts';
import type { Transit } from '../../server/services/transit.ts';
import type { Services } from '../../server/services.ts';
import { TileCache } from '../../tiles/cached-source.ts';
import { keptPictures } from '../../tiles/picture/kept-pictures.ts';
import { makePicture } from '../../tiles/picture/picture-maker.ts';

/** What the public knows of. */
export const SAMPLE_LAYERS: readonly Layer[] = REGISTERS.filter(({ audience }) => audience !== 'staff').map(
  (register) => ({ ...register, dataset: 'city', srid: 2177 }),
);

/** Lower left corner of the first parcel, easting and northing. */
export const SAMPLE_ORIGIN = { easting: 6_427_000, northing: 5_808_000 } as const;
const SIDE_M = 20;
const PER_ROW = 20;
const HEIGHT_M = 9.5;
const GROUND_M = 71.25;

/** `306401_1.0021.AR_10.1/4` and so on; one in ten holds a slash, as parcel numbers do. */
export const sampleParcelId = (index: number): string =>
  `306401_1.0021.AR_10.${index + 1}${index % 10 === 0 ? '/4' : ''}`;

/** Parcels of all indexes, a register building on every third, a 3D building on every sixth. */
export function sampleFeatures(parcels: number): readonly Feature[] {
  return Array.from({ length: parcels }, (_, index) => [
    parcel(index),
    ...(index % 3 === 0 ? [building(index)] : []),
    ...(index % 6 === 0 ? [building3d(index)] : []),
  ]).flat();
}

function parcel(index: number): Feature {
  return {
    layer: 'parcels',
    id: sampleParcelId(index),
    geometry: { type: 'MultiPolygon', coordinates: [[square(index, 0)]] },
    properties: {
      parcel_number: `${index + 1}`,
      precinct_id: '306401_1.0021',
      map_sheet: index % 2 === 0 ? 'AR_10' : null,
      registered_area_ha: 0.04,
      area_precision: '1',
      register_group: index % 3 === 0 ? '7' : '4',
      public_holder: index % 3 === 0 ? 'other' : 'municipality',
      land_use: index % 4 === 0 ? 'B' : 'RIIIa & "Ł" <ź>',
      iip_namespace: 'PL.ZGiKM.3064.EGiB',
      iip_local_id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      iip_version: '2024-05-01T10:00:00Z',
      object_since: '2010-01-01T00:00:00Z',
      version_since: `20${10 + (index % 14)}-06-01T08:30:00Z`,
      version_until: null,
    },
  };
}

function building(index: number): Feature {
  return {
    layer: 'buildings',
    id: `306401_1.0021.${index + 1}.1_BUD`,
    geometry: { type: 'MultiPolygon', coordinates: [[square(index, 4), square(index, 8).toReversed()]] },
    properties: {
      kind: index % 2 === 0 ? 'm' : 'g',
      storeys_above: 1 + (index % 5),
      storeys_below: 0,
      built_area_m2: 144.5,
      parcel_ids: sampleParcelId(index),
      object_since: '2012-03-04T00:00:00Z',
      version_since: '2012-03-04T00:00:00Z',
    },
  };
}

function building3d(index: number): Feature {
  const [a, b, c, d] = square(index, 4) as readonly [Position, Position, Position, Position];
  const at = (position: Position, heightM: number): Position => [position[0], position[1], heightM];
  const flat = (heightM: number) => [a, b, c, d, a].map((corner) => at(corner, heightM));
  const wall = (from: Position, to: Position) => [
    at(from, GROUND_M),
    at(to, GROUND_M),
    at(to, GROUND_M + HEIGHT_M),
    at(from, GROUND_M + HEIGHT_M),
    at(from, GROUND_M),
  ];
  const geometry: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [
      [flat(GROUND_M).toReversed()],
      [wall(a, b)],
      [wall(b, c)],
      [wall(c, d)],
      [wall(d, a)],
      [flat(GROUND_M + HEIGHT_M)],
    ],
  };
  return {
    layer: 'buildings_3d',
    id: `PL.PZGIK.BUD.${index + 1}`,
    geometry,
    properties: {
      building_id: `306401_1.0021.${index + 1}.1_BUD`,
      lod: 2,
      state: 'built',
      height_m: HEIGHT_M,
      ground_height_m: GROUND_M,
      surface_kinds: 'GWWWWR',
    },
  };
}

/** A closed square, counter-clockwise, inset by some metres into its parcel. */
function square(index: number, insetM: number): readonly Position[] {
  const left = SAMPLE_ORIGIN.easting + (index % PER_ROW) * SIDE_M + insetM;
  const bottom = SAMPLE_ORIGIN.northing + Math.floor(index / PER_ROW) * SIDE_M + insetM;
  const size = SIDE_M - 2 * insetM;
  return [
    [left, bottom],
    [left + size, bottom],
    [left + size, bottom + size],
    [left, bottom + size],
    [left, bottom],
  ];
}

const noScenario = async (): Promise<never> => {
  throw notFound('There are no scenarios here', 'scenario');
};

const NO_SCENARIOS: Services['scenarios'] = {
  state: async () => undefined,
  list: async () => [],
  read: noScenario,
  create: noScenario,
  change: noScenario,
  remove: noScenario,
  add: noScenario,
  tryOut: noScenario,
  removeEdit: noScenario,
  undo: noScenario,
  redo: noScenario,
};

const NO_CONSEQUENCES: Services['consequences'] = { of: noScenario, compare: noScenario };

const noParcel = async (): Promise<never> => {
  throw notFound('There are no dossiers here', 'parcel');
};

const nothingChecked = (parcels: readonly string[]) => ({
  checks: [],
  unknown: parcels.map((id) => ({ id, suggestions: [], successors: [] })),
  code: '',
});

const NO_PARCEL_CHECKS: Services['parcelChecks'] = {
  one: async (id) => ({ id, suggestions: [], successors: [] }),
  many: async ({ parcels = [] }) => nothingChecked(parcels),
  manyDrawn: async ({ parcels = [] }) => ({ reply: nothingChecked(parcels), outlines: new Map() }),
};

const NO_COMMENTS: Services['comments'] = {
  list: noScenario,
  add: noScenario,
  moderate: noScenario,
  remove: noScenario,
};

const NO_SCENARIO_LIFE: Services['scenarioLife'] = {
  branch: noScenario,
  rebase: noScenario,
  tryRebase: noScenario,
  merge: noScenario,
  tryMerge: noScenario,
  apply: noScenario,
  tryApply: noScenario,
  setState: noScenario,
  publish: noScenario,
  withdraw: noScenario,
  log: noScenario,
};

const noRun = async (): Promise<never> => {
  throw notFound('There are no runs here', 'run');
};

const NO_RUNS: Services['runs'] = {
  models: () => [],
  ask: noRun,
  list: async () => ({ runs: [], more: false }),
  read: noRun,
  edits: noRun,
  result: noRun,
  ended: noRun,
  dismiss: noRun,
  advance: noRun,
  takeResult: noRun,
};

const noObstruction = async (): Promise<never> => {
  throw notFound('There are no obstructions here', 'id');
};

const NO_OBSTRUCTIONS: Services['obstructions'] = {
  list: async () => ({ obstructions: [], more: false }),
  read: noObstruction,
  tryOut: noObstruction,
  conflicts: noObstruction,
  create: noObstruction,
  draft: noObstruction,
  change: noObstruction,
  step: noObstruction,
  traffic: noObstruction,
};
const NO_ALERTS: Services['alerts'] = {
  list: async () => ({ alerts: [], more: false }),
  change: noAlert,
  thresholds: async () => [],
  addThreshold: noAlert,
  changeThreshold: noAlert,
};

async function noAlert(): Promise<never> {
  throw notFound('There is no such alert', 'id');
}

/** Services over the sample in memory (or over another source of the same layers). */
const noOperations = async (): Promise<never> => {
  throw unavailable('Nothing is measured in memory');
};

const noTransit = async () => {
  throw notFound('There is no timetable');
};
const NO_TRANSIT: Transit = {
  vehicles: async () => ({
    now: new Date().toISOString(),
    synthetic: false,
    vehicles: [],
    alerts: [],
    sources: [],
  }),
  vehicle: noTransit,
  departures: noTransit,
};

export function sampleServices(parcels = 25, source?: FeatureSource): Services {
  const features = sampleFeatures(parcels);
  const held = source ?? memorySource(SAMPLE_LAYERS, features);
  const none = { get: async () => undefined, document: async () => undefined };
  const pictureCache = new TileCache({ maxBytes: 1 << 24 });
  return {
    featuresFor: () => held,
    catalogue: {
      layers: async () => SAMPLE_LAYERS,
      status: async (layer) => ({
        count: features.filter((feature) => feature.layer === layer).length,
        extent: [
          SAMPLE_ORIGIN.easting,
          SAMPLE_ORIGIN.northing,
          SAMPLE_ORIGIN.easting + PER_ROW * SIDE_M,
          SAMPLE_ORIGIN.northing + Math.ceil(parcels / PER_ROW) * SIDE_M,
        ],
        loadedAt: '2024-06-01T12:00:00Z',
        knownSince: '2024-06-01T12:00:00Z',
        source: 'sample-city.ts',
        synthetic: true,
        version: 1,
      }),
    },
    cascade: NO_CASCADE,
    groundModel: () => undefined,
    featureEdits: { apply: noScenario, versionOf: async () => undefined },
    featureLocks: { lock: noScenario, renew: noScenario },
    storedQueries: { all: async () => [], create: noScenario, drop: noScenario },
    metadata: { records: async () => [], apply: noScenario },
    scenarios: NO_SCENARIOS,
    comments: NO_COMMENTS,
    differences: { of: noScenario },
    documents: documentWriter,
    geoPackages,
    scenarioLife: NO_SCENARIO_LIFE,
    consequences: NO_CONSEQUENCES,
    dossiers: { of: noParcel },
    parcelChecks: NO_PARCEL_CHECKS,
    keptFindings: { summary: noScenario, page: noScenario },
    modelMismatches: { find: noScenario },
    modelChanges: { apply: noScenario, list: noScenario },
    capacity: { of: noScenario },
    digChecks: { of: noScenario },
    groundVolumes: { of: noScenario },
    sites: { find: noScenario, measures: noScenario },
    siting: {
      ...{ answer: noScenario, preview: noScenario, isochrones: noScenario },
      ...{ enough: () => false, searching: () => undefined },
    },
    runs: NO_RUNS,
    orders: {
      ...{ estimate: noScenario, pack: noScenario, put: noScenario, read: noScenario },
      ...{ list: noScenario, cancel: noScenario, file: noScenario },
      ...{ profiles: noScenario, register: noScenario, readArea: noScenario },
      heights: ['PL-EVRF2007-NH'],
      statistics: async () => ({ rows: [] }),
    },
    versions: { list: noScenario, read: noScenario, changes: noScenario },
    loads: {
      ...{ receive: noScenario, list: noScenario, read: noScenario, take: noScenario },
      ...{ propose: noScenario, map: noScenario },
      ...{ cancel: noScenario, findings: noScenario, rejected: noScenario },
    },
    audit: { note: () => {}, page: noScenario },
    clients: {
      ...{ list: noScenario, save: noScenario, saveOffice: noScenario, lock: noScenario },
      ...{ changes: noScenario, entitlementsOf: async () => [] },
    },
    obstructions: NO_OBSTRUCTIONS,
    sensors: {
      find: async () => ({ entities: [], end: undefined, count: undefined }),
      create: async () => ({ id: 1, properties: {}, linked: {} }),
      update: async () => ({ id: 1, properties: {}, linked: {} }),
      remove: async () => {},
      atomically: () => Promise.reject(new Error('nothing is kept in memory')),
      createThing: async () => 1,
      createDatastream: async () => 1,
      createSensor: async () => 1,
      createObservedProperty: async () => 1,
      record: async () => [],
      setAside: async () => {},
      overview: async () => [],
      series: async () => [],
    },
    uses: {
      ...{ add: () => {}, table: noScenario },
      totals: async () => new Map(),
    },
    quality: { episodes: async () => ({ episodes: [], more: false }), airQuality: async () => [] },
    alerts: NO_ALERTS,
    live: { subscribe: () => (async function* () {})() },
    transit: NO_TRANSIT,
    tokens: { issue: async () => 'blz_sample', tokensOf: async () => [], revoke: async () => false },
    search: { find: async () => [] },
    maps: () => ({ shapes: async () => [], versions: async (areas) => areas.map(() => '1') }),
    pictures: { make: async (order) => makePicture(order) },
    keptPictures: () => keptPictures(pictureCache, ''),
    vectorTiles: () => none,
    mapTiles: () => none,
    tiles3d: () => none,
    terrain: () => none,
    sources: { providers: async () => [], asides: async () => [] },
    operations: { metrics: noOperations, state: noOperations },
    health: { ready: async () => ({ ready: true, detail: 'in memory' }) },
  };
}
