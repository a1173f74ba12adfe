/** Areas of a general plan (Regulacja) and the standards that an area of social infrastructure sets, as XSD 2.0 orders them. */

/** Class of an area, by its kind. */
export const AREA_CLASSES: Readonly<Record<string, string>> = {
  OUZ: 'ObszarUzupelnieniaZabudowy',
  OZS: 'ObszarZabudowySrodmiejskiej',
  OSD: 'ObszarStandardowDostepnosciInfrastrukturySpolecznej',
};

export const AREA_KINDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(AREA_CLASSES).map(([kind, className]) => [className, kind]),
);

export interface OwnStandard {
  readonly local: string;
  readonly property: string;
  readonly uom: 'm' | 'ha';
}

/** Those that every such area has, by property of ours. */
export const OWN_STANDARDS: readonly OwnStandard[] = [
  { local: 'odlegloscDoSzkolyPodstawowej', property: 'max_school_distance_m', uom: 'm' },
  { local: 'odlegloscDoObszarowZieleniPublicznej', property: 'max_green_areas_distance_m', uom: 'm' },
  { local: 'powierzchniaLacznaObszarowZieleniPublicznej', property: 'min_green_areas_ha', uom: 'ha' },
  { local: 'odlegloscDoObszaruZieleniPublicznej', property: 'max_green_area_distance_m', uom: 'm' },
  { local: 'powierzchniaObszaruZieleniPublicznej', property: 'min_green_area_ha', uom: 'ha' },
];

/** Those that a municipality may add: what follows `odlegloscDo`. */
export const ADDED_STANDARDS: readonly string[] = [
  'Przedszkola',
  'Zlobka',
  'AmbulatoriumPOZ',
  'Biblioteki',
  'DomuKultury',
  'DomuPomocySpolecznej',
  'UrzadzonegoTerenuSportu',
  'Przystanku',
  'PlacowkiPocztowej',
  'Apteki',
  'PosterunkuPolicji',
  'PosterunkuJednostkiOchronyPrzeciwpozarowej',
];
