/** What a protocol may use: interfaces only. `main.ts` makes the implementations. */
import type { FeatureSource } from '../core/feature/source.ts';
import type { MapSource } from '../tiles/picture/map-source.ts';
import type { KeptPictures, PictureMaker } from '../tiles/picture/picture-maker.ts';
import type { DocumentSource, TileSource } from '../tiles/source.ts';
import type { View } from './access/view.ts';
import type { Alerts } from './services/alerts.ts';
import type { Audit } from './services/audit.ts';
import type { ParcelCapacities } from './services/capacity.ts';
import type { Cascade } from './services/cascade.ts';
import type { Catalogue, Search } from './services/catalogue.ts';
import type { ClientAccounts } from './services/client-accounts.ts';
import type { Comments } from './services/comments.ts';
import type { ConsequenceTables } from './services/consequences.ts';
import type { Differences } from './services/differences.ts';
import type { DigChecks } from './services/dig-checks.ts';
import type { DocumentWriter } from './services/documents.ts';
import type { DoorUses } from './services/door-uses.ts';
import type { Dossiers } from './services/dossiers.ts';
import type { FeatureEdits } from './services/feature-edits.ts';
import type { FeatureLocks } from './services/feature-locks.ts';
import type { GeoPackages } from './services/geo-packages.ts';
import type { GroundModel } from './services/ground-model.ts';
import type { GroundVolumes } from './services/ground-volumes.ts';
import type { Health } from './services/health.ts';
import type { KeptFindings } from './services/kept-findings.ts';
import type { LiveFeed } from './services/live-feed.ts';
import type { Loads } from './services/loads.ts';
import type { MetadataCatalogue } from './services/metadata.ts';
import type { ModelChanges } from './services/model-changes.ts';
import type { ModelMismatches } from './services/model-mismatches.ts';
import type { Obstructions } from './services/obstructions.ts';
import type { Operations } from './services/operations.ts';
import type { Orders } from './services/orders.ts';
import type { ParcelChecks } from './services/parcel-checks.ts';
import type { QualityReports } from './services/quality.ts';
import type { Runs } from './services/runs.ts';
import type { ScenarioLife } from './services/scenario-life.ts';
import type { Scenarios } from './services/scenarios.ts';
import type { SensorThings } from './services/sensor-things.ts';
import type { SiteFinder } from './services/sites.ts';
import type { Siting } from './services/siting.ts';
import type { SourceReport } from './services/sources.ts';
import type { StoredQueries } from './services/stored-queries.ts';
import type { TokenDesk } from './services/tokens.ts';
import type { Transit } from './services/transit.ts';
import type { Versions } from './services/versions.ts';

export interface Services {
  /** The features that this person may see, in the state of the city that they ask for. */
  featuresFor(view: View): FeatureSource;
  readonly featureEdits: FeatureEdits;
  readonly featureLocks: FeatureLocks;
  readonly storedQueries: StoredQueries;
  readonly catalogue: Catalogue;
  /** Layers of services of others. */
  readonly cascade: Cascade;
  readonly metadata: MetadataCatalogue;
  readonly search: Search;
  /** What pictures are drawn from. */
  readonly maps: (view: View) => MapSource;
  readonly pictures: PictureMaker;
  /** Finished map pictures, kept for who sees the same. */
  readonly keptPictures: (view: View) => KeptPictures;
  /** Vector tiles by layer name and grid. */
  readonly vectorTiles: (view: View) => TileSource;
  /** The same as pictures: PNG. */
  readonly mapTiles: (view: View) => TileSource;
  /** 3D Tiles by name of the layer; the document is `tileset.json`. */
  readonly tiles3d: (view: View) => DocumentSource;
  /** Quantized meshes of layer `terrain`, shaped as the scenario has it; the document is `layer.json`. */
  readonly terrain: (view: View) => DocumentSource;
  /** The model of the ground that is in use now; undefined = there is none. */
  readonly groundModel: () => GroundModel | undefined;
  readonly scenarios: Scenarios;
  readonly comments: Comments;
  readonly differences: Differences;
  readonly documents: DocumentWriter;
  readonly scenarioLife: ScenarioLife;
  readonly consequences: ConsequenceTables;
  readonly dossiers: Dossiers;
  readonly parcelChecks: ParcelChecks;
  readonly keptFindings: KeptFindings;
  readonly modelMismatches: ModelMismatches;
  readonly modelChanges: ModelChanges;
  readonly geoPackages: GeoPackages;
  readonly capacity: ParcelCapacities;
  readonly digChecks: DigChecks;
  readonly groundVolumes: GroundVolumes;
  readonly sites: SiteFinder;
  readonly siting: Siting;
  readonly runs: Runs;
  readonly orders: Orders;
  readonly loads: Loads;
  readonly versions: Versions;
  readonly obstructions: Obstructions;
  readonly tokens: TokenDesk;
  readonly clients: ClientAccounts;
  readonly audit: Audit;
  readonly sensors: SensorThings;
  readonly live: LiveFeed;
  readonly transit: Transit;
  readonly quality: QualityReports;
  readonly uses: DoorUses;
  readonly alerts: Alerts;
  readonly sources: SourceReport;
  readonly health: Health;
  readonly operations: Operations;
}
