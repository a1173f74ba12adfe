/** Codelists and colours of the utility networks (GESUT, Dz.U. 2021 poz. 1374, GESUT.XSD 1.3). */
import type { CodelistEntry, StyleClass } from '../feature/layer.ts';
import { codes } from './property.ts';

/** GES_RodzajSieciType in words; the letters w k e g c t s x of the schema are those of the reader. */
export const NETWORKS: readonly CodelistEntry[] = codes(
  ['water', 'wodociągowa', 'water'],
  ['sewer', 'kanalizacyjna', 'sewer'],
  ['power', 'elektroenergetyczna', 'power'],
  ['gas', 'gazowa', 'gas'],
  ['heat', 'ciepłownicza', 'district heat'],
  ['telecom', 'telekomunikacyjna', 'telecom'],
  ['special', 'specjalna', 'special'],
  ['unidentified', 'niezidentyfikowana', 'unidentified'],
);

/** Colours of the base map regulation. */
const COLOURS: Readonly<Record<string, string>> = {
  water: '#0000ff',
  sewer: '#803300',
  power: '#ff0000',
  gas: '#bfbf00',
  heat: '#d200d2',
  telecom: '#ff9100',
  special: '#323232',
  unidentified: '#000000',
};

/** One class for each network; `inked` says which part of the symbol takes the colour. */
export const networkClasses = (inked: (colour: string) => Omit<StyleClass, 'values' | 'label'>) => ({
  property: 'network',
  entries: NETWORKS.map(({ code, label }) => ({
    values: [code],
    label,
    ...inked(COLOURS[code] ?? '#000000'),
  })),
});

/** typPrzewodu of every network: GES_TypSUWPType, …SUKP, …SUEP, …SUGP, …SUCP, …SUTP, …SUSP. */
export const LINE_TYPES: readonly CodelistEntry[] = codes(
  ['water_general', 'ogólny', 'general'],
  ['water_local', 'lokalny', 'local'],
  ['sewer_combined', 'ogólnospławny', 'combined'],
  ['sewer_storm', 'deszczowy', 'storm'],
  ['sewer_sanitary', 'sanitarny', 'sanitary'],
  ['sewer_industrial', 'przemysłowy', 'industrial'],
  ['sewer_local', 'lokalny', 'local'],
  ['power_extra_high', 'najwyższego napięcia (145–750 kV)', 'extra high voltage (145–750 kV)'],
  ['power_high', 'wysokiego napięcia (45–145 kV)', 'high voltage (45–145 kV)'],
  ['power_medium', 'średniego napięcia (1–45 kV)', 'medium voltage (1–45 kV)'],
  ['power_low', 'niskiego napięcia (0,4–1 kV)', 'low voltage (0.4–1 kV)'],
  ['gas_high', 'wysokiego ciśnienia', 'high pressure'],
  ['gas_raised_medium', 'podwyższonego średniego ciśnienia', 'raised medium pressure'],
  ['gas_medium', 'średniego ciśnienia', 'medium pressure'],
  ['gas_low', 'niskiego ciśnienia', 'low pressure'],
  ['heat_high', 'wysokiego parametru', 'high parameter'],
  ['heat_low', 'niskiego parametru', 'low parameter'],
  ['telecom_fibre', 'światłowód', 'optical fibre'],
  ['telecom_other', 'inny', 'other'],
  ['special_petrol', 'benzynowy', 'petrol'],
  ['special_oil', 'naftowy', 'oil'],
  ['special_other', 'inny', 'other'],
);

/** rodzajUrzadzenia of every network, and GES_RodzajInneUrzadzTowType. */
export const DEVICE_KINDS: readonly CodelistEntry[] = codes(
  ['technical_device', 'urządzenie techniczne', 'technical device'],
  ['valve', 'zasuwa lub zawór', 'valve'],
  ['hydrophore', 'hydrofornia', 'hydrophore'],
  ['hydrant', 'hydrant', 'hydrant'],
  ['street_tap', 'zdrój uliczny', 'street tap'],
  ['well', 'studnia zwykła', 'well'],
  ['deep_well', 'studnia głębinowa', 'deep well'],
  ['manhole', 'studnia kanalizacyjna', 'manhole'],
  ['gully', 'kratka ściekowa', 'gully'],
  ['linear_drain', 'odwodnienie liniowe', 'linear drain'],
  ['septic_tank', 'osadnik lub szambo', 'septic tank'],
  ['home_treatment', 'przydomowa oczyszczalnia ścieków', 'home sewage treatment'],
  ['outlet', 'wylot kanału', 'outlet'],
  ['pumping_station', 'przepompownia', 'pumping station'],
  ['power_cabinet', 'szafa elektroenergetyczna', 'power cabinet'],
  ['transformer', 'stacja transformatorowa', 'transformer station'],
  ['street_lamp', 'latarnia', 'street lamp'],
  ['lighting_mast', 'maszt oświetleniowy', 'lighting mast'],
  ['wind_turbine', 'turbina wiatrowa', 'wind turbine'],
  ['charging_station', 'stacja ładowania pojazdów', 'charging station'],
  ['gas_cabinet', 'szafa gazowa', 'gas cabinet'],
  ['gas_station', 'stacja gazowa', 'gas station'],
  ['gas_tank', 'zbiornik gazu', 'gas tank'],
  ['telecom_cabinet', 'szafa telekomunikacyjna', 'telecom cabinet'],
  ['telecom_tower', 'wieża telekomunikacyjna', 'telecom tower'],
  ['telecom_post', 'słupek telekomunikacyjny', 'telecom post'],
  ['chamber', 'komora podziemna', 'underground chamber'],
  ['hatch', 'właz do komory lub kanału', 'hatch'],
  ['pole', 'słup przewodów napowietrznych', 'overhead line pole'],
  ['traction_pole', 'słup trakcyjny', 'traction pole'],
  ['support', 'podpora przewodów', 'line support'],
  ['underground_structure', 'budowla podziemna', 'underground structure'],
);

/** GES_ZrodloType. */
export const POSITION_SOURCES: readonly CodelistEntry[] = codes(
  ['O', 'pomiar bezpośredni', 'direct survey'],
  ['A', 'pomiar aparaturą (lokalizator)', 'detected by instrument'],
  ['D', 'wektoryzacja', 'digitised'],
  ['F', 'pomiar fotogrametryczny', 'photogrammetry'],
  ['M', 'pomiar do szczegółów terenowych', 'survey to details of the terrain'],
  ['B', 'dane branżowe', 'data of the operator'],
  ['K', 'dokumentacja z narady koordynacyjnej', 'co-ordination meeting'],
  ['I', 'inne', 'other'],
  ['X', 'nieokreślone', 'not stated'],
);

export const STATES: readonly CodelistEntry[] = codes(
  ['existing', 'istniejący', 'existing'],
  ['designed', 'projektowany', 'designed'],
);

export const OPERATION: readonly CodelistEntry[] = codes(
  ['active', 'czynny', 'in use'],
  ['inactive', 'nieczynny', 'out of use'],
);
