/** Words and properties that several registers share. */
import type { PropertyDeclaration, Text } from '../feature/layer.ts';

export const CITY_GEODESY: Text = {
  pl: 'Prezydent Miasta Poznania (ZGiKM GEOPOZ)',
  en: 'Mayor of Poznań (ZGiKM GEOPOZ)',
};

export const CITY_PLANNING: Text = {
  pl: 'Miejska Pracownia Urbanistyczna w Poznaniu',
  en: 'Urban Planning Studio of Poznań',
};

export const CITY_ROADS: Text = {
  pl: 'Zarząd Dróg Miejskich w Poznaniu',
  en: 'Municipal Roads Authority of Poznań',
};

export const CITY_GREENERY: Text = {
  pl: 'Zarząd Zieleni Miejskiej w Poznaniu',
  en: 'Municipal Greenery Authority of Poznań',
};

export const CITY_ENVIRONMENT: Text = {
  pl: 'Urząd Miasta Poznania, Wydział Klimatu i Środowiska',
  en: 'City of Poznań, Climate and Environment Department',
};

export const CITY_HERITAGE: Text = {
  pl: 'Miejski Konserwator Zabytków w Poznaniu',
  en: 'City Heritage Conservator of Poznań',
};

export const CITY_SOCIETY: Text = {
  pl: 'Urząd Miasta Poznania, Wydział Zdrowia i Spraw Społecznych',
  en: 'City of Poznań, Health and Social Affairs Department',
};

export const CITY_COUNCIL: Text = {
  pl: 'Rada Miasta Poznania',
  en: 'Poznań City Council',
};

export const WATER_AUTHORITY: Text = {
  pl: 'Państwowe Gospodarstwo Wodne Wody Polskie',
  en: 'State Water Holding Polish Waters',
};

export const STATISTICS_POLAND: Text = {
  pl: 'Główny Urząd Statystyczny',
  en: 'Statistics Poland',
};

export const OPEN_GEODETIC_LICENCE: Text = {
  pl: 'Dane PZGiK udostępniane nieodpłatnie (art. 40a Prawa geodezyjnego i kartograficznego)',
  en: 'State geodetic resource, free of charge (art. 40a of the Geodetic and Cartographic Law)',
};

/** Registers of the state that are not in the free part of the resource but are open to view. */
export const PUBLIC_REGISTER_LICENCE: Text = {
  pl: 'Rejestr jawny; ponowne wykorzystywanie bez opłat z podaniem źródła',
  en: 'Public register; re-use free of charge with the source named',
};

export const OPEN_STATISTICS_LICENCE: Text = {
  pl: 'Statystyka publiczna; ponowne wykorzystywanie bez opłat z podaniem źródła',
  en: 'Official statistics; re-use free of charge with the source named',
};

export const CITY_OPEN_LICENCE: Text = {
  pl: 'Otwarte dane miasta, CC BY 4.0',
  en: 'Open data of the city, CC BY 4.0',
};

export const NOT_FOR_RE_USE: Text = {
  pl: 'Dane osobowe; nie podlegają udostępnieniu',
  en: 'Personal data; not to be released',
};

/** The identifier triple of INSPIRE and the dates of the version of the register. */
export const versionProperties: readonly PropertyDeclaration[] = [
  { name: 'iip_namespace', type: 'text', label: { pl: 'Przestrzeń nazw IIP', en: 'IIP namespace' } },
  { name: 'iip_local_id', type: 'text', label: { pl: 'Identyfikator lokalny IIP', en: 'IIP local id' } },
  { name: 'iip_version', type: 'text', label: { pl: 'Wersja IIP', en: 'IIP version' } },
  {
    name: 'version_since',
    type: 'datetime',
    label: { pl: 'Początek wersji w rejestrze', en: 'Version since (register)' },
  },
  {
    name: 'version_until',
    type: 'datetime',
    label: { pl: 'Koniec wersji w rejestrze', en: 'Version until (register)' },
  },
];

/** What every object of the registers of surveying carries (EGB_OgolnyObiekt). */
export const registerProperties: readonly PropertyDeclaration[] = [
  ...versionProperties.slice(0, 3),
  {
    name: 'object_since',
    type: 'datetime',
    label: { pl: 'Początek obiektu w rejestrze', en: 'Object since (register)' },
  },
  ...versionProperties.slice(3),
];
