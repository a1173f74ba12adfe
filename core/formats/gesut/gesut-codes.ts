/** Classes and codes of GESUT (GESUT.XSD 1.3, Dz.U. 2021 poz. 1374) for the words of the twin. */
import type { Codes } from '../register-gml/read-object.ts';

export const STATUS: Codes = { existing: 'i', designed: 'p' };
export const OPERATION: Codes = { active: 'c', inactive: 'n' };
export const ROLE: Codes = { main: 'g', connection: 'p' };
export const COURSE: Codes = { underground: 'p', surface: 'z', overhead: 'n' };
export const FLOW: Codes = { gravity: 'g', pressure: 't' };
export const NETWORK: Codes = {
  ...{ water: 'w', sewer: 'k', power: 'e', gas: 'g', heat: 'c', telecom: 't', special: 's' },
  unidentified: 'x',
};
/** GES_ZrodloType; X is its own word for a source that is not stated. */
export const SOURCES: readonly string[] = [...'OADFMBKIX'];
export const SOURCE_NOT_STATED = 'X';

interface NetworkClass {
  readonly className: string;
  readonly codes: Codes;
}

/** GES_Przewod…: typPrzewodu. */
export const LINE_CLASSES: Readonly<Record<string, NetworkClass>> = {
  water: { className: 'GES_PrzewodWodociagowy', codes: { water_general: 'o', water_local: 'l' } },
  sewer: {
    className: 'GES_PrzewodKanalizacyjny',
    codes: {
      ...{ sewer_combined: 'o', sewer_storm: 'd', sewer_sanitary: 's', sewer_industrial: 'p' },
      sewer_local: 'l',
    },
  },
  power: {
    className: 'GES_PrzewodElektroenergetyczny',
    codes: { power_extra_high: 'ww', power_high: 'w', power_medium: 's', power_low: 'n' },
  },
  gas: {
    className: 'GES_PrzewodGazowy',
    codes: { gas_high: 'w', gas_raised_medium: 'p', gas_medium: 's', gas_low: 'n' },
  },
  heat: { className: 'GES_PrzewodCieplowniczy', codes: { heat_high: 'w', heat_low: 'n' } },
  telecom: {
    className: 'GES_PrzewodTelekomunikacyjny',
    codes: { telecom_fibre: 's', telecom_other: 'i' },
  },
  special: {
    className: 'GES_PrzewodSpecjalny',
    codes: { special_petrol: 'b', special_oil: 'n', special_other: 'i' },
  },
  unidentified: { className: 'GES_PrzewodNiezidentyfikowany', codes: {} },
};

/** GES_Urzadzenia…: rodzajUrzadzenia. */
export const DEVICE_CLASSES: Readonly<Record<string, NetworkClass>> = {
  water: {
    className: 'GES_UrzadzeniaSiecWodociagowa',
    codes: {
      ...{ technical_device: 'u', valve: 'w', hydrophore: 'r', hydrant: 'h', street_tap: 'd' },
      ...{ well: 's', deep_well: 'g' },
    },
  },
  sewer: {
    className: 'GES_UrzadzeniaSiecKanalizacyjna',
    codes: {
      ...{ technical_device: 'u', valve: 'w', manhole: 's', gully: 'k', linear_drain: 'l' },
      ...{ septic_tank: 'm', home_treatment: 'd', outlet: 'e', pumping_station: 'n' },
    },
  },
  power: {
    className: 'GES_UrzadzeniaSiecElektroenergetyczna',
    codes: {
      ...{ technical_device: 'u', power_cabinet: 's', transformer: 't', street_lamp: 'o' },
      ...{ lighting_mast: 'm', wind_turbine: 'a', charging_station: 'l' },
    },
  },
  gas: {
    className: 'GES_UrzadzeniaSiecGazowa',
    codes: { technical_device: 'u', valve: 'w', gas_cabinet: 's', gas_station: 'n', gas_tank: 'v' },
  },
  heat: { className: 'GES_UrzadzeniaSiecCieplownicza', codes: { technical_device: 'u', valve: 'w' } },
  telecom: {
    className: 'GES_UrzadzeniaSiecTelekomunikacyjna',
    codes: { technical_device: 'u', telecom_cabinet: 's', telecom_tower: 'w', telecom_post: 'k' },
  },
  special: { className: 'GES_UrzadzeniaTechniczneSieciSpecjalnej', codes: { technical_device: 'u' } },
  unidentified: { className: 'GES_UrzadzenieNiezidentyfikowane', codes: {} },
};

export const ACCOMPANYING_CLASS = 'GES_InneUrzadzeniaTowarzyszace';
/** GES_RodzajInneUrzadzTowType, of whatever network. */
export const ACCOMPANYING: Codes = {
  ...{ chamber: 'k', hatch: 'w', pole: 'p', traction_pole: 'y', support: 'n' },
  underground_structure: 'b',
};
export const ELEVATION_CLASS = 'GES_Rzedna';
