/** Classes and codes of BDOT500 (BDOT500.XSD 1.3, Dz.U. 2021 poz. 1385) for the words of the twin. */
import type { Codes } from '../register-gml/read-object.ts';
import type { GeometryKind } from '../register-gml/register-elements.ts';

/** Elements that some classes have after their kind, each named as the property of the twin, in the order of the schema. */
export type OwnElement =
  | 'block'
  | 'surface'
  | 'level'
  | 'direction_line'
  | 'slope_starts'
  | 'slope_ends'
  | 'name'
  | 'building_id';

export interface TopographicClass {
  readonly className: string;
  /** The element with the kind. */
  readonly kind: string;
  readonly codes: Codes;
  /** The layers by whose shape it may be drawn; undefined = any. */
  readonly shapes?: readonly string[];
  readonly geometry?: GeometryKind;
  readonly own?: readonly OwnElement[];
  /** The element that names its building. */
  readonly building?: string;
}

export const AREAS = 'topographic_areas';
export const LINES = 'topographic_lines';
export const POINTS = 'topographic_points';

export const CLASSES: Readonly<Record<string, TopographicClass>> = {
  building_block: {
    className: 'OT_BlokBudynku',
    kind: 'rodzajBloku',
    codes: {
      ...{ storeys_above: 'n', storeys_below: 'p', connector: 'l', overhang: 'a', passage: 'z' },
      other_block: 'y',
    },
    shapes: [AREAS],
    geometry: 'surface',
    own: ['block', 'building_id'],
    building: 'blokZBudynkiem',
  },
  building_part: {
    className: 'OT_ObiektTrwaleZwiazanyZBudynkami',
    kind: 'rodzajObiektu',
    codes: {
      ...{ terrace: 't', veranda: 'w', vestibule: 'i', steps: 's', ramp: 'r', support: 'o' },
      ...{ underground_entry: 'j', wheelchair_ramp: 'd' },
    },
    own: ['direction_line', 'building_id'],
    building: 'budynekZObiektami',
  },
  structure: {
    className: 'OT_Budowle',
    kind: 'rodzajBudowli',
    codes: {
      ...{ cooling_tower: 'k', chimney: 'o', water_tower: 'c', fire_tower: 'z', shaft_tower: 's' },
      ...{ lookout_tower: 'w', tank_or_silo: 'b', shelter: 'a', waste_shelter: 'm', figure_or_cross: 'f' },
      ...{ fountain: 't', monument: 'p', historic_ruin: 'r', retaining_wall: 'n', support: 'd' },
      other_structure: 'i',
    },
    own: ['direction_line'],
  },
  fence: {
    className: 'OT_Ogrodzenia',
    kind: 'rodzajOgrodzenia',
    codes: { permanent_fence: 'o', gate: 'b', wicket: 'f' },
    shapes: [LINES],
    geometry: 'multi-curve',
  },
  transport: {
    className: 'OT_Komunikacja',
    kind: 'rodzajObiektu',
    codes: {
      ...{ carriageway: 'j', kerb: 'k', pavement: 'c', cycle_track: 'g', paved_area: 'u' },
      ...{ roadside_ditch: 'r', outdoor_steps: 's', bridge: 'm', culvert: 'z', viaduct: 'w', flyover: 'e' },
      ...{ crash_barrier: 'b', noise_screen: 'y', track: 't', platform: 'n', ramp: 'a', cable_car: 'l' },
      other_transport: 'i',
    },
    own: ['surface', 'level', 'direction_line'],
  },
  sport: {
    className: 'OT_SportIRekreacja',
    kind: 'RodzajObiektu',
    codes: {
      ...{ outdoor_pool: 'b', sports_ground: 'p', playground: 'z', ski_lift: 'w', other_sport: 'i' },
    },
  },
  ground: {
    className: 'OT_ZagospodarowanieTerenu',
    kind: 'rodzajObiektu',
    codes: {
      ...{ woodland: 'z', trees_and_shrubs: 'k', cemetery: 'c', lawn: 't', broadleaved_tree: 'l' },
      ...{ coniferous_tree: 'g', other_ground: 'i' },
    },
  },
  water: {
    className: 'OT_Wody',
    kind: 'rodzajObiektu',
    codes: {
      ...{ flowing_water: 'p', standing_water: 's', flood_bank: 'w', drainage_ditch: 'm', weir: 'j' },
      ...{ lock: 'l', dyke: 'g', dam: 'z', groyne: 't', pier: 'o', other_water: 'i' },
    },
    own: ['slope_starts', 'slope_ends', 'name'],
  },
  slope: {
    className: 'OT_Skarpa',
    kind: 'rodzajSkarpy',
    codes: { reinforced_slope: 'u', plain_slope: 'k' },
    shapes: [AREAS],
    geometry: 'surface',
    own: ['slope_starts', 'slope_ends'],
  },
};

export const BUILDING_CLASS = 'OT_BudynekNiewykazanyWEGIB';
export const HEIGHT_CLASS = 'OT_Rzedna';

export const SURFACE: Codes = {
  ...{ bituminous: 'mb', paving_blocks: 'kb', concrete_slabs: 'pb', concrete: 'bt', gravel: 'zw' },
  ...{ natural_ground: 'gr', other: 'i' },
};
/** OT_PolozenieCiaguKomunikacyjnegoType: below the ground, on it, and levels above it. */
export const LEVELS: readonly string[] = ['-1', '0', '1', '2', '3', '4'];
export const BUILDING_STATE: Codes = { existing: 'i', under_construction: 'b' };
export const BUILDING_KIND_CODES: readonly string[] = [...'mgtkzbhpsi'];
export const HEIGHT_KIND: Codes = { natural: 'n', artificial: 's' };
/** OT_ZrodloType; X is its own word for a source that is not stated. */
export const SOURCES: readonly string[] = [...'ODFMIX'];
export const SOURCE_NOT_STATED = 'X';
