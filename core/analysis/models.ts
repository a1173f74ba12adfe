import { BUILT_UP_AREA } from './built-up-area.ts';
import { PARCEL_CAPACITY } from './capacity/parcel-capacity.ts';
import { CONSEQUENCES } from './consequences/consequences.ts';
import type { Model } from './model.ts';
import { PARCEL_CHECK } from './parcel-check/parcel-check-model.ts';
import { ACCESS_STANDARDS } from './plan/access-standards.ts';
import { GENERAL_PLAN_INFILL } from './plan/infill.ts';
import { ZONE_BALANCE } from './plan/zone-balance.ts';
import { FACILITY_SITING } from './siting/facility-siting.ts';
import { WALKING_ACCESS } from './siting/walking-access.ts';
import { SUN_HOURS } from './sun/sun-hours.ts';
import { SUN_ON_WINDOWS } from './sun/sun-on-windows.ts';
import { TRAFFIC_ASSIGNMENT } from './traffic/traffic-assignment.ts';
import { VIEWS } from './view/views.ts';

/** Every model that threads can run. One that is missing here is refused by the registry's test. */
export const MODELS: readonly Model[] = [
  BUILT_UP_AREA,
  CONSEQUENCES,
  PARCEL_CAPACITY,
  PARCEL_CHECK,
  SUN_ON_WINDOWS,
  SUN_HOURS,
  VIEWS,
  GENERAL_PLAN_INFILL,
  ZONE_BALANCE,
  ACCESS_STANDARDS,
  FACILITY_SITING,
  WALKING_ACCESS,
  TRAFFIC_ASSIGNMENT,
];
