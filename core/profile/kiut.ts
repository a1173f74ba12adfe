/**
 * Utility networks as the national integration (KIUT) names and colours them, but with attributes: the state's service
 * answers a fixed sentence. Colours are those that its pictures have, which programs recognise networks by; the
 * regulation's are on the city's own map.
 */
import type { LayerGroup, LayerStyle } from '../feature/layer.ts';
import { MAPSERVER_NAMES } from './mapserver-names.ts';
import type { ProfileAttribute, ProfileLayer, ServiceProfile } from './service-profile.ts';

const GROUP: LayerGroup = {
  ...{ name: 'gesut', order: 1, mapName: 'gesut' },
  title: { pl: 'Geodezyjna ewidencja sieci uzbrojenia terenu', en: 'Register of utility networks' },
};

const LINE_ATTRIBUTES: readonly ProfileAttribute[] = [
  { name: 'ID_IIP', from: 'iip_local_id' },
  { name: 'RODZAJ_SIECI', from: 'network' },
  { name: 'TYP_PRZEWODU', from: 'line_type' },
  { name: 'FUNKCJA', from: 'role' },
  { name: 'PRZEBIEG', from: 'course' },
  { name: 'SREDNICA', from: 'diameter_mm' },
  { name: 'WYMIAR_POZIOMY', from: 'width_mm' },
  { name: 'WYMIAR_PIONOWY', from: 'height_mm' },
  { name: 'MATERIAL', from: 'material' },
  { name: 'GLEBOKOSC', from: 'depth_m' },
  { name: 'RZEDNA_POCZATKU', from: 'start_height_m' },
  { name: 'RZEDNA_KONCA', from: 'end_height_m' },
  { name: 'ROK_BUDOWY', from: 'built_year' },
  { name: 'STATUS', from: 'state' },
  { name: 'EKSPLOATACJA', from: 'operation' },
  { name: 'ZRODLO', from: 'position_source' },
  { name: 'ID_BRANZOWY', from: 'operator_id' },
];

const line = (name: string, network: string, pl: string, en: string, stroke: string): ProfileLayer => ({
  name,
  title: { pl, en },
  group: GROUP,
  of: 'utility_lines',
  where: { op: 'compare', operator: '=', property: 'network', value: network },
  attributes: LINE_ATTRIBUTES,
  style: ({ strokeWidthPx }): LayerStyle => ({ stroke, strokeWidthPx }),
});

export const KIUT: ServiceProfile = {
  name: 'kiut',
  xml: MAPSERVER_NAMES,
  layers: [
    line('przewod_wodociagowy', 'water', 'Przewody wodociągowe', 'Water lines', '#2020a0'),
    line('przewod_kanalizacyjny', 'sewer', 'Przewody kanalizacyjne', 'Sewers', '#806020'),
    line('przewod_cieplowniczy', 'heat', 'Przewody ciepłownicze', 'Heat lines', '#d200d2'),
    line('przewod_gazowy', 'gas', 'Przewody gazowe', 'Gas lines', '#dcdc32'),
    line('przewod_elektroenergetyczny', 'power', 'Przewody elektroenergetyczne', 'Power lines', '#ff0000'),
    line('przewod_telekomunikacyjny', 'telecom', 'Przewody telekomunikacyjne', 'Telecom lines', '#ff8040'),
    line('przewod_specjalny', 'special', 'Przewody specjalne', 'Special lines', '#323232'),
    line(
      'przewod_niezidentyfikowany',
      'unidentified',
      'Przewody niezidentyfikowane',
      'Unidentified lines',
      '#202020',
    ),
    {
      name: 'przewod_urzadzenia',
      title: { pl: 'Urządzenia', en: 'Devices' },
      group: GROUP,
      of: 'utility_devices',
      attributes: [
        { name: 'ID_IIP', from: 'iip_local_id' },
        { name: 'RODZAJ_SIECI', from: 'network' },
        { name: 'RODZAJ_URZADZENIA', from: 'kind' },
        { name: 'RZEDNA_GORY', from: 'top_height_m' },
        { name: 'RZEDNA_DNA', from: 'bottom_height_m' },
        { name: 'STATUS', from: 'state' },
        { name: 'EKSPLOATACJA', from: 'operation' },
        { name: 'ZRODLO', from: 'position_source' },
        { name: 'ID_BRANZOWY', from: 'operator_id' },
      ],
      style: (style) => style,
    },
  ],
};
