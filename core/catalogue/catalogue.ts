import type { LayerDeclaration } from '../feature/layer.ts';
import { DISTRICTS, FOOTWAYS, LAND_COVER, ROADS, WATER } from './base-map.ts';
import { BUILDINGS } from './buildings.ts';
import { BUILDINGS_3D } from './buildings-3d.ts';
import { CASES } from './cases.ts';
import { CENSUS_CELLS } from './census.ts';
import { CONTROL_POINTS } from './control-points.ts';
import { FLOOD_ZONES, HERITAGE_SITES, NATURE_AREAS, NOISE_ZONES } from './environment.ts';
import { GREEN_AREAS, TREES } from './greenery.ts';
import { LANDSLIDES, MINING_AREAS } from './ground-hazards.ts';
import { ADDRESSES, BOUNDARY_POINTS, CADASTRAL_UNITS, PARCEL_LAND_USES, PRECINCTS } from './land-register.ts';
import { PARKING_BAYS, STOPS, TRANSIT_LINES } from './mobility.ts';
import { OBSTRUCTION_DETOURS, OBSTRUCTIONS } from './obstructions.ts';
import { PARCELS } from './parcels.ts';
import { BUILDING_LINES, PLAN_ACTS, PLAN_AREAS } from './plan-acts.ts';
import { PLAN_ZONES } from './planning.ts';
import { AIRPORT_SURFACES, ELECTROMAGNETIC_FIELDS, RESTRICTED_USE_AREAS } from './restricted-areas.ts';
import {
  BUILDING_RESIDENTS,
  DEFIBRILLATORS,
  FACILITIES,
  POPULATION_CELLS,
  POPULATION_FORECASTS,
} from './society.ts';
import {
  TOPOGRAPHIC_AREAS,
  TOPOGRAPHIC_HEIGHTS,
  TOPOGRAPHIC_LINES,
  TOPOGRAPHIC_POINTS,
  UNREGISTERED_BUILDINGS,
} from './topography.ts';
import { BDOT10K_AREAS, BDOT10K_LINES, BDOT10K_POINTS } from './topography-10k.ts';
import { AD_CARRIERS, LANDSCAPE_AREAS } from './townscape.ts';
import { UTILITY_DEVICES, UTILITY_ELEVATIONS, UTILITY_LINES } from './utilities.ts';
import { DIKES, INTAKE_ZONES } from './water-protection.ts';

/** Every typed register of the twin, in the order in which people look for them. */
export const REGISTERS: readonly LayerDeclaration[] = [
  PARCELS,
  BUILDINGS,
  ADDRESSES,
  BOUNDARY_POINTS,
  PARCEL_LAND_USES,
  PRECINCTS,
  CADASTRAL_UNITS,
  BUILDINGS_3D,
  OBSTRUCTIONS,
  OBSTRUCTION_DETOURS,
  PLAN_ZONES,
  PLAN_ACTS,
  PLAN_AREAS,
  BUILDING_LINES,
  LANDSCAPE_AREAS,
  AD_CARRIERS,
  CASES,
  UTILITY_LINES,
  UTILITY_DEVICES,
  UTILITY_ELEVATIONS,
  TREES,
  GREEN_AREAS,
  FLOOD_ZONES,
  NOISE_ZONES,
  HERITAGE_SITES,
  NATURE_AREAS,
  DIKES,
  INTAKE_ZONES,
  LANDSLIDES,
  MINING_AREAS,
  RESTRICTED_USE_AREAS,
  AIRPORT_SURFACES,
  ELECTROMAGNETIC_FIELDS,
  FACILITIES,
  DEFIBRILLATORS,
  POPULATION_CELLS,
  CENSUS_CELLS,
  POPULATION_FORECASTS,
  BUILDING_RESIDENTS,
  STOPS,
  TRANSIT_LINES,
  PARKING_BAYS,
  CONTROL_POINTS,
  UNREGISTERED_BUILDINGS,
  TOPOGRAPHIC_AREAS,
  TOPOGRAPHIC_LINES,
  TOPOGRAPHIC_POINTS,
  TOPOGRAPHIC_HEIGHTS,
  BDOT10K_AREAS,
  BDOT10K_LINES,
  BDOT10K_POINTS,
  ROADS,
  FOOTWAYS,
  WATER,
  LAND_COVER,
  DISTRICTS,
];
