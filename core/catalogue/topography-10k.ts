/**
 * The national topographic database 1:10,000 (BDOT10k), as the marshals of voivodeships keep it: every class by its shape,
 * as areas, lines and points (ADR 64).
 */
import type { LayerDeclaration } from '../feature/layer.ts';
import { OPEN_GEODETIC_LICENCE, versionProperties } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, count, decimal, text } from './property.ts';

/** Classes of the second level (Dz.U. 2021 poz. 1412, annex 1), by the first four letters after `OT_`. */
const CLASSES = codes(
  ['SWRS', 'rzeka i strumień', 'river or stream'],
  ['SWKN', 'kanał', 'canal'],
  ['SWRM', 'rów melioracyjny', 'drainage ditch'],
  ['SKDR', 'droga', 'road'],
  ['SKJZ', 'jezdnia', 'carriageway'],
  ['SKRW', 'rondo lub węzeł drogowy', 'roundabout or junction'],
  ['SKRP', 'ciąg ruchu pieszego i rowerowego', 'way for walking and cycling'],
  ['SKTR', 'tor lub zespół torów', 'railway or tram track'],
  ['SKPP', 'przeprawa', 'crossing of water'],
  ['SULN', 'linia napowietrzna', 'overhead line'],
  ['SUPR', 'przewód rurowy', 'pipeline'],
  ['PTWP', 'woda powierzchniowa', 'surface water'],
  ['PTZB', 'zabudowa', 'built-up land'],
  ['PTLZ', 'teren leśny lub zadrzewiony', 'woodland'],
  ['PTRK', 'roślinność krzewiasta', 'shrubs'],
  ['PTUT', 'uprawa trwała', 'permanent crops'],
  ['PTTR', 'roślinność trawiasta lub uprawa rolna', 'grass or arable land'],
  ['PTKM', 'teren pod drogami, torami i lotniskami', 'land under roads, tracks and airfields'],
  ['PTGN', 'grunt nieużytkowany', 'unused land'],
  ['PTPL', 'plac', 'square'],
  ['PTSO', 'składowisko odpadów', 'landfill'],
  ['PTWZ', 'wyrobisko i zwałowisko', 'excavation or heap'],
  ['PTNZ', 'pozostały teren niezabudowany', 'other land that is not built up'],
  ['BUBD', 'budynek', 'building'],
  ['BUIN', 'budowla inżynierska', 'bridge, tunnel or the like'],
  ['BUHD', 'budowla hydrotechniczna', 'hydraulic structure'],
  ['BUSP', 'budowla sportowa', 'sports structure'],
  ['BUWT', 'wysoka budowla techniczna', 'tall technical structure'],
  ['BUZT', 'zbiornik techniczny', 'technical tank'],
  ['BUUO', 'umocnienie drogowe, kolejowe lub wodne', 'reinforcement of a road, railway or bank'],
  ['BUZM', 'budowla ziemna', 'earthwork'],
  ['BUTR', 'urządzenie transportowe', 'transport equipment'],
  ['BUIT', 'inne urządzenie techniczne', 'other technical equipment'],
  ['BUCM', 'budowla cmentarna', 'cemetery structure'],
  ['BUIB', 'inna budowla', 'other structure'],
  ['KUMN', 'kompleks mieszkaniowy', 'housing complex'],
  ['KUPG', 'kompleks przemysłowo-gospodarczy', 'industrial complex'],
  ['KUHU', 'kompleks handlowo-usługowy', 'commercial complex'],
  ['KUKO', 'kompleks komunikacyjny', 'transport complex'],
  ['KUSK', 'kompleks sportowo-rekreacyjny', 'sports and leisure complex'],
  ['KUHO', 'kompleks usług hotelarskich', 'hotel complex'],
  ['KUOS', 'kompleks oświatowy', 'educational complex'],
  ['KUOZ', 'kompleks ochrony zdrowia i opieki społecznej', 'health and care complex'],
  ['KUZA', 'kompleks zabytkowo-historyczny', 'historic complex'],
  ['KUSC', 'kompleks sakralny i cmentarz', 'religious complex or cemetery'],
  ['KUIK', 'inny kompleks użytkowania terenu', 'other complex'],
  ['TCON', 'obszar Natura 2000', 'Natura 2000 site'],
  ['TCPK', 'park krajobrazowy', 'landscape park'],
  ['TCPN', 'park narodowy', 'national park'],
  ['TCRZ', 'rezerwat', 'nature reserve'],
  ['ADJA', 'jednostka podziału administracyjnego', 'administrative unit'],
  ['ADMS', 'miejscowość', 'locality'],
  ['OIPR', 'obiekt przyrodniczy', 'natural object'],
  ['OIKM', 'obiekt związany z komunikacją', 'object of transport'],
  ['OIOR', 'obiekt o znaczeniu orientacyjnym', 'landmark'],
  ['OIMK', 'mokradło', 'wetland'],
  ['OISZ', 'szuwary', 'rushes'],
);

const REGISTER = {
  group: GROUPS.topography10k,
  dimension: 2,
  initiallyVisible: false,
  maxScaleDenominator: 50_000,
  steward: { pl: 'Marszałek Województwa (BDOT10k)', en: 'Marshal of the Voivodeship (BDOT10k)' },
  licence: OPEN_GEODETIC_LICENCE,
  freshnessDays: 730,
  properties: [
    text('class', 'Klasa', 'Class', { codelist: CLASSES }),
    /** `x_kod` of the schema 1.0, which 2.0 says in words. */
    text('code', 'Kod obiektu (schemat 1.0)', 'Object code (schema 1.0)'),
    text('kind', 'Rodzaj', 'Kind'),
    text('name', 'Nazwa', 'Name'),
    text('number', 'Numer drogi lub linii', 'Number of the road or line'),
    text('use', 'Funkcja', 'Use'),
    text('surface', 'Materiał nawierzchni', 'Surface material'),
    decimal('width_m', 'Szerokość', 'Width', { unit: 'm', least: 0 }),
    count('storeys', 'Liczba kondygnacji', 'Storeys'),
    text('existence', 'Kategoria istnienia', 'State'),
    text('position_source', 'Źródło danych geometrycznych', 'Source of the geometry'),
    /** What the class has beyond these, so that nothing of it is lost. */
    text('other', 'Pozostałe atrybuty (JSON)', 'Other attributes (JSON)'),
    text('remark', 'Uwagi', 'Remark', { audience: 'staff' }),
    ...versionProperties,
  ],
} as const;

/** PT, BU, KU, TC, AD, OI with the ending `_A`. Key: IIP lokalnyId. */
export const BDOT10K_AREAS: LayerDeclaration = {
  ...REGISTER,
  name: 'bdot10k_areas',
  title: { pl: 'Powierzchnie BDOT10k', en: 'Areas of BDOT10k' },
  description: {
    pl: 'Pokrycie terenu, wody, budynki i budowle, kompleksy, tereny chronione i jednostki administracyjne bazy BDOT10k.',
    en: 'Land cover, water, buildings and structures, complexes, protected areas and administrative units of BDOT10k.',
  },
  drawOrder: 108,
  table: 'bdot10k_area',
  geometryType: 'MultiPolygon',
  style: { fill: '#dcd6c8', fillOpacity: 0.5, stroke: '#8d8470', strokeWidthPx: 0.6 },
};

/** SW, SK, SU and others with the ending `_L`. */
export const BDOT10K_LINES: LayerDeclaration = {
  ...REGISTER,
  name: 'bdot10k_lines',
  title: { pl: 'Linie BDOT10k', en: 'Lines of BDOT10k' },
  description: {
    pl: 'Drogi, jezdnie, tory, cieki, linie napowietrzne i przewody rurowe bazy BDOT10k.',
    en: 'Roads, carriageways, tracks, watercourses, overhead lines and pipelines of BDOT10k.',
  },
  drawOrder: 408,
  table: 'bdot10k_line',
  geometryType: 'MultiLineString',
  style: { stroke: '#6d665b', strokeWidthPx: 1 },
};

/** Every class with the ending `_P`. */
export const BDOT10K_POINTS: LayerDeclaration = {
  ...REGISTER,
  name: 'bdot10k_points',
  title: { pl: 'Punkty BDOT10k', en: 'Points of BDOT10k' },
  description: {
    pl: 'Obiekty bazy BDOT10k pokazane punktem: urządzenia, obiekty przyrodnicze i orientacyjne, węzły.',
    en: 'Objects of BDOT10k shown by a point: equipment, natural objects, landmarks, junctions.',
  },
  drawOrder: 528,
  table: 'bdot10k_point',
  geometryType: 'Point',
  style: { stroke: '#4d4d4d', strokeWidthPx: 1, marker: { shape: 'circle', sizePx: 5 } },
};
