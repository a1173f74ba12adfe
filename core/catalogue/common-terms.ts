/** Words and properties that the registers of the state (PZGiK) share. */
import type { PropertyDeclaration, Text } from '../feature/layer.ts';

export const CITY_GEODESY: Text = {
  pl: 'Prezydent Miasta Poznania (ZGiKM GEOPOZ)',
  en: 'Mayor of Poznań (ZGiKM GEOPOZ)',
};

export const OPEN_GEODETIC_LICENCE: Text = {
  pl: 'Dane PZGiK udostępniane nieodpłatnie (art. 40a Prawa geodezyjnego i kartograficznego)',
  en: 'State geodetic resource, free of charge (art. 40a of the Geodetic and Cartographic Law)',
};

/** The identifier triple and dates that every object of the registers carries (EGB_OgolnyObiekt). */
export const registerProperties: readonly PropertyDeclaration[] = [
  { name: 'iip_namespace', type: 'text', label: { pl: 'Przestrzeń nazw IIP', en: 'IIP namespace' } },
  { name: 'iip_local_id', type: 'text', label: { pl: 'Identyfikator lokalny IIP', en: 'IIP local id' } },
  { name: 'iip_version', type: 'text', label: { pl: 'Wersja IIP', en: 'IIP version' } },
  {
    name: 'object_since',
    type: 'datetime',
    label: { pl: 'Początek obiektu w rejestrze', en: 'Object since (register)' },
  },
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
