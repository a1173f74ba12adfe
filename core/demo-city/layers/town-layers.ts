/** All registers beyond parcels and buildings, derived quarter by quarter from the same plan. */
import type { Feature } from '../../feature/feature.ts';
import type { PlannedQuarter, Town } from '../town-plan.ts';
import { Addresses } from './addresses.ts';
import { BaseMap, waysOf } from './base-map.ts';
import { Cases } from './cases.ts';
import { CensusCells } from './census-cells.ts';
import { SheetTruth } from './constraints.ts';
import { controlPoints } from './control-points.ts';
import { defibrillatorsOf } from './defibrillators.ts';
import { Districts } from './districts.ts';
import { Environment } from './environment.ts';
import { Heritage } from './heritage.ts';
import { LandRegister } from './land-register.ts';
import type { LayerDefect } from './layer-defect.ts';
import type { TellConstraint } from './parcel-constraint.ts';
import { parkingBays } from './parking-bays.ts';
import { Planning } from './planning.ts';
import { PopulationForecasts } from './population-forecasts.ts';
import { SiteTruth } from './site-truth.ts';
import { type SiteZone, siteZoneFeature, siteZonesOf } from './site-zones.ts';
import { Society } from './society.ts';
import { StreetNetwork } from './street-network.ts';
import { Topography } from './topography.ts';
import { alsoIn10k } from './topography-10k.ts';
import { Townscape } from './townscape.ts';
import { transitLayers } from './transit-layers.ts';
import { Trees } from './trees.ts';
import { Utilities } from './utilities.ts';

export const LAYERS_OF_TOWN = [
  'cadastral_units',
  'precincts',
  'districts',
  'boundary_points',
  'addresses',
  'land_cover',
  'water',
  'green_areas',
  'roads',
  'footways',
  'trees',
  'control_points',
  'plan_zones',
  'plan_acts',
  'plan_areas',
  'building_lines',
  'flood_zones',
  'noise_zones',
  'heritage_sites',
  'nature_areas',
  'landscape_areas',
  'ad_carriers',
  'cases',
  'dikes',
  'intake_zones',
  'landslides',
  'mining_areas',
  'restricted_use_areas',
  'airport_surfaces',
  'electromagnetic_fields',
  'utility_lines',
  'utility_devices',
  'utility_elevations',
  'facilities',
  'building_residents',
  'census_cells',
  'defibrillators',
  'population_forecasts',
  'stops',
  'transit_lines',
  'parking_bays',
  'unregistered_buildings',
  'topographic_areas',
  'topographic_lines',
  'topographic_points',
  'topographic_heights',
  'bdot10k_areas',
  'bdot10k_lines',
  'bdot10k_points',
] as const;

/** One run through a town: quarters in the order of the skeleton, then `finish`. */
export class TownLayers {
  readonly #town: Town;
  readonly #seed: number;
  readonly #network: StreetNetwork;
  readonly #land: LandRegister;
  readonly #districts: Districts;
  readonly #base: BaseMap;
  readonly #addresses: Addresses;
  readonly #trees: Trees;
  readonly #planning: Planning;
  readonly #utilities: Utilities;
  readonly #society: Society;
  readonly #forecasts = new PopulationForecasts();
  readonly #census = new CensusCells();
  readonly #environment: Environment;
  readonly #heritage: Heritage;
  readonly #townscape: Townscape;
  readonly #topography: Topography;
  readonly #cases: Cases;
  readonly #siteZones: readonly SiteZone[];
  readonly #sheetTruth: SheetTruth | undefined;
  readonly #siteTruth: SiteTruth | undefined;
  #next = 0;

  /** @param tell hears the truth of each parcel: what limits it, by how many square metres. */
  constructor(town: Town, seed: number, tell?: TellConstraint) {
    this.#town = town;
    this.#seed = seed;
    this.#network = new StreetNetwork(town, seed);
    this.#land = new LandRegister(town, seed);
    this.#districts = new Districts(town, seed);
    this.#base = new BaseMap(seed);
    this.#addresses = new Addresses(seed);
    this.#trees = new Trees(seed);
    this.#planning = new Planning(town, tell);
    this.#utilities = new Utilities(seed);
    this.#society = new Society(seed);
    this.#environment = new Environment(town, seed);
    this.#heritage = new Heritage(town, seed, tell);
    this.#townscape = new Townscape(seed, tell);
    this.#topography = new Topography(seed);
    this.#cases = new Cases(seed, tell);
    this.#siteZones = siteZonesOf(town);
    this.#siteTruth = tell && new SiteTruth(this.#siteZones, tell);
    this.#sheetTruth = tell && new SheetTruth(this.#environment, tell);
  }

  *ofQuarter(quarter: PlannedQuarter): Generator<Feature> {
    const face = this.#town.faceOfQuarter[this.#next++] as number;
    const planted = quarter.plan.brief.planted ?? false;
    const rim = this.#network.round(face);
    const { inner, corridors } = this.#network.ofQuarter(quarter.plan, face);
    const near = [...inner, ...this.#network.near(face)];
    yield* this.#land.ofQuarter(quarter);
    const district = this.#districts.nextOf();
    yield* this.#districts.ofQuarter(quarter);
    yield* alsoIn10k(this.#base.ofQuarter(quarter), this.#seed);
    for (const section of [...inner, ...corridors]) {
      yield* alsoIn10k(waysOf(section, this.#seed), this.#seed);
      const isSurveyed = section.class === 'main' || section.class === 'collector';
      for (const tree of this.#trees.along(section, near)) {
        yield tree;
        if (isSurveyed) yield this.#topography.tree(tree);
      }
      yield* this.#topography.along(section);
      yield* this.#utilities.along(section, planted && section.quarterKind !== undefined);
    }
    yield* alsoIn10k(this.#trees.ofQuarter(quarter, near), this.#seed);
    const addressed = this.#addresses.ofQuarter(quarter, [...inner, ...rim]);
    for (const one of addressed) yield this.#addresses.featureOf(one);
    yield* this.#utilities.connections(addressed, quarter);
    yield* this.#planning.ofQuarter(quarter);
    yield* this.#heritage.ofQuarter(quarter);
    yield* this.#townscape.ofQuarter(quarter);
    yield* this.#topography.ofQuarter(quarter);
    yield* this.#cases.ofQuarter(quarter);
    for (const facility of this.#society.facilities(quarter, addressed)) {
      yield facility;
      yield* defibrillatorsOf(facility, this.#seed);
    }
    const residents = [...this.#society.residents(quarter)];
    yield* residents;
    const { at, kind } = quarter.plan.brief;
    this.#forecasts.count(district, at, kind, residents);
    this.#census.count(residents);
    this.#sheetTruth?.ofParcels(quarter.parcels);
    this.#siteTruth?.ofParcels(quarter.parcels);
  }

  /** Faults planted so far. */
  get defects(): readonly LayerDefect[] {
    return [...this.#planning.defects, ...this.#utilities.defects];
  }

  *finish(): Generator<Feature> {
    yield* this.#land.finish();
    yield* this.#forecasts.features();
    yield* this.#census.features();
    yield* this.#planning.finish();
    yield* controlPoints(this.#town, this.#seed);
    yield* this.#heritage.finish();
    yield* this.#environment.features();
    for (const zone of this.#siteZones) yield siteZoneFeature(zone);
    yield* transitLayers(this.#town.skeleton);
    yield* parkingBays(this.#town.skeleton, this.#seed);
  }
}
