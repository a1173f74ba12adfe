/** Codelists of the topographic objects (BDOT500, Dz.U. 2021 poz. 1385, BDOT500.XSD 1.3). */
import type { CodelistEntry, StyleClass } from '../feature/layer.ts';
import { codes } from './property.ts';

/** Classes of the schema that areas, lines and points share. */
export const TOPOGRAPHIC_CLASSES: readonly CodelistEntry[] = codes(
  ['building_block', 'blok budynku', 'block of a building'],
  ['building_part', 'obiekt trwale związany z budynkiem', 'part fixed to a building'],
  ['structure', 'budowla', 'structure'],
  ['fence', 'ogrodzenie', 'fence'],
  ['transport', 'komunikacja', 'transport'],
  ['sport', 'sport i rekreacja', 'sport and recreation'],
  ['ground', 'zagospodarowanie terenu', 'use of the ground'],
  ['water', 'wody', 'water'],
  ['slope', 'skarpa', 'slope'],
);

/** The kind of every class: OT_RodzajBlokuType … OT_RodzajSkarpyType. */
export const TOPOGRAPHIC_KINDS: readonly CodelistEntry[] = codes(
  ['storeys_above', 'kondygnacje nadziemne', 'storeys above the ground'],
  ['storeys_below', 'kondygnacje podziemne', 'storeys below the ground'],
  ['connector', 'łącznik', 'connecting part'],
  ['overhang', 'nawis', 'overhang'],
  ['passage', 'przejazd przez budynek', 'passage through the building'],
  ['other_block', 'inny blok', 'other block'],
  ['terrace', 'taras', 'terrace'],
  ['veranda', 'weranda lub ganek', 'veranda or porch'],
  ['vestibule', 'wiatrołap', 'vestibule'],
  ['steps', 'schody', 'steps'],
  ['ramp', 'rampa', 'ramp'],
  ['support', 'podpora', 'support'],
  ['underground_entry', 'wjazd do podziemia', 'drive to the underground'],
  ['wheelchair_ramp', 'podjazd dla osób niepełnosprawnych', 'wheelchair ramp'],
  ['cooling_tower', 'chłodnia kominowa', 'cooling tower'],
  ['chimney', 'komin przemysłowy', 'industrial chimney'],
  ['water_tower', 'wieża ciśnień', 'water tower'],
  ['fire_tower', 'wieża przeciwpożarowa', 'fire lookout tower'],
  ['shaft_tower', 'wieża szybu kopalnianego', 'shaft tower of a mine'],
  ['lookout_tower', 'wieża widokowa', 'lookout tower'],
  ['tank_or_silo', 'zbiornik lub silos', 'tank or silo'],
  ['shelter', 'wiata', 'shelter'],
  ['waste_shelter', 'śmietnik', 'place for waste'],
  ['figure_or_cross', 'figura lub krzyż', 'wayside figure or cross'],
  ['fountain', 'fontanna', 'fountain'],
  ['monument', 'pomnik', 'monument'],
  ['historic_ruin', 'ruina zabytkowa', 'historic ruin'],
  ['retaining_wall', 'ściana oporowa', 'retaining wall'],
  ['other_structure', 'inna budowla', 'other structure'],
  ['permanent_fence', 'ogrodzenie trwałe', 'permanent fence'],
  ['gate', 'brama', 'gate'],
  ['wicket', 'furtka', 'wicket'],
  ['carriageway', 'jezdnia', 'carriageway'],
  ['kerb', 'krawężnik', 'kerb'],
  ['pavement', 'chodnik', 'pavement'],
  ['cycle_track', 'droga rowerowa', 'cycle track'],
  ['paved_area', 'obszar utwardzony', 'paved area'],
  ['roadside_ditch', 'rów przydrożny', 'roadside ditch'],
  ['outdoor_steps', 'schody w ciągu komunikacyjnym', 'outdoor steps'],
  ['bridge', 'most', 'bridge'],
  ['culvert', 'przepust', 'culvert'],
  ['viaduct', 'wiadukt', 'viaduct'],
  ['flyover', 'estakada', 'flyover'],
  ['crash_barrier', 'bariera ochronna', 'crash barrier'],
  ['noise_screen', 'ekran akustyczny', 'noise screen'],
  ['track', 'tor', 'track'],
  ['platform', 'peron', 'platform'],
  ['cable_car', 'kolej linowa', 'cable car'],
  ['other_transport', 'inny obiekt komunikacyjny', 'other object of transport'],
  ['outdoor_pool', 'basen odkryty', 'outdoor pool'],
  ['sports_ground', 'plac sportowy', 'sports ground'],
  ['playground', 'plac gier i zabaw', 'playground'],
  ['ski_lift', 'wyciąg narciarski', 'ski lift'],
  ['other_sport', 'inny obiekt sportowy', 'other object of sport'],
  ['woodland', 'teren zalesiony', 'woodland'],
  ['trees_and_shrubs', 'zadrzewienie lub zakrzewienie', 'trees and shrubs'],
  ['cemetery', 'cmentarz', 'cemetery'],
  ['lawn', 'trawnik', 'lawn'],
  ['broadleaved_tree', 'drzewo liściaste', 'broadleaved tree'],
  ['coniferous_tree', 'drzewo iglaste', 'coniferous tree'],
  ['other_ground', 'inne zagospodarowanie', 'other use of the ground'],
  ['flowing_water', 'woda płynąca', 'flowing water'],
  ['standing_water', 'woda stojąca', 'standing water'],
  ['flood_bank', 'wał przeciwpowodziowy', 'flood bank'],
  ['drainage_ditch', 'rów melioracyjny', 'drainage ditch'],
  ['weir', 'jaz', 'weir'],
  ['lock', 'śluza', 'lock'],
  ['dyke', 'grobla', 'dyke'],
  ['dam', 'zapora', 'dam'],
  ['groyne', 'ostroga', 'groyne'],
  ['pier', 'pomost lub molo', 'pier'],
  ['other_water', 'inny obiekt wodny', 'other object of water'],
  ['reinforced_slope', 'skarpa umocniona', 'reinforced slope'],
  ['plain_slope', 'skarpa nieumocniona', 'slope without reinforcement'],
);

/** OT_RodzajNawierzchniType. */
export const SURFACES: readonly CodelistEntry[] = codes(
  ['bituminous', 'masa bitumiczna', 'bituminous'],
  ['paving_blocks', 'kostka brukowa', 'paving blocks'],
  ['concrete_slabs', 'płyty betonowe', 'concrete slabs'],
  ['concrete', 'beton', 'concrete'],
  ['gravel', 'żwir lub tłuczeń', 'gravel or broken stone'],
  ['natural_ground', 'grunt naturalny', 'natural ground'],
  ['other', 'inna', 'other'],
);

/** OT_ZrodloType. */
export const TOPOGRAPHIC_SOURCES: readonly CodelistEntry[] = codes(
  ['O', 'pomiar bezpośredni', 'direct survey'],
  ['D', 'wektoryzacja', 'digitised'],
  ['F', 'pomiar fotogrametryczny', 'photogrammetry'],
  ['M', 'pomiar do szczegółów terenowych', 'survey to details of the terrain'],
  ['I', 'inne', 'other'],
  ['X', 'nieokreślone', 'not stated'],
);

/** OT_StatusBudynkuType. */
export const BUILDING_STATES: readonly CodelistEntry[] = codes(
  ['existing', 'istniejący', 'existing'],
  ['under_construction', 'w budowie', 'under construction'],
);

/** OT_RodzajRzednejType. */
export const HEIGHT_KINDS: readonly CodelistEntry[] = codes(
  ['natural', 'rzędna naturalna', 'of natural ground'],
  ['artificial', 'rzędna sztuczna', 'of an artificial surface'],
);

const entry = (values: readonly string[], pl: string, en: string, ink: Partial<StyleClass>): StyleClass => ({
  values,
  label: { pl, en },
  ...ink,
});

export const AREA_CLASSES: readonly StyleClass[] = [
  entry(['carriageway', 'bridge', 'viaduct', 'flyover'], 'jezdnie i mosty', 'carriageways and bridges', {
    fill: '#d5d0c8',
  }),
  entry(
    ['pavement', 'cycle_track', 'paved_area', 'platform', 'outdoor_steps', 'ramp'],
    'chodniki i place',
    'pavements and paved areas',
    { fill: '#e9e3d6' },
  ),
  entry(['lawn', 'other_ground'], 'trawniki', 'lawns', { fill: '#dcebc8' }),
  entry(['woodland', 'trees_and_shrubs', 'cemetery'], 'zadrzewienia i cmentarze', 'trees and cemeteries', {
    fill: '#bcd8a4',
  }),
  entry(['sports_ground', 'playground', 'outdoor_pool', 'other_sport'], 'sport i zabawa', 'sport and play', {
    fill: '#f0d9a8',
  }),
  entry(
    ['flowing_water', 'standing_water', 'drainage_ditch', 'roadside_ditch'],
    'wody i rowy',
    'water and ditches',
    { fill: '#b8d9ee' },
  ),
  entry(['plain_slope', 'reinforced_slope', 'flood_bank', 'dyke'], 'skarpy i wały', 'slopes and banks', {
    fill: '#d9c3a0',
  }),
];

export const LINE_CLASSES: readonly StyleClass[] = [
  entry(['permanent_fence', 'gate', 'wicket'], 'ogrodzenia', 'fences', { stroke: '#4d4d4d' }),
  entry(['kerb'], 'krawężniki', 'kerbs', { stroke: '#9c9488' }),
  entry(['track'], 'tory', 'tracks', { stroke: '#1f1f1f', strokeWidthPx: 1.6 }),
  entry(['retaining_wall', 'noise_screen', 'crash_barrier'], 'mury, ekrany i bariery', 'walls and barriers', {
    stroke: '#7a3f1d',
    strokeWidthPx: 1.6,
  }),
  entry(['drainage_ditch', 'roadside_ditch', 'culvert'], 'rowy i przepusty', 'ditches and culverts', {
    stroke: '#2f7fb5',
  }),
];

export const POINT_CLASSES: readonly StyleClass[] = [
  entry(['broadleaved_tree', 'coniferous_tree'], 'drzewa', 'trees', { fill: '#6aa84f' }),
  entry(['monument', 'figure_or_cross', 'fountain'], 'pomniki i fontanny', 'monuments and fountains', {
    fill: '#8e6bad',
  }),
];
