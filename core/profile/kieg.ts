/**
 * EGiB as the national integration (KIEG) and counties' services have it: GUGiK, technical specification of WMS and
 * WFS of the land register, 3.0 of 2021. Free scope of art. 40a of the Geodetic and Cartographic Law; numbers of land
 * and mortgage registers (KW) are in no profile.
 */
import type { PropertyValue } from '../feature/feature.ts';
import type { LayerGroup, LayerStyle } from '../feature/layer.ts';
import { MAPSERVER_NAMES } from './mapserver-names.ts';
import type { ProfileAttribute, ProfileLayer, ServiceProfile } from './service-profile.ts';

const GROUP: LayerGroup = {
  ...{ name: 'egib', order: 1, mapName: 'geoportal' },
  title: { pl: 'Ewidencja gruntów i budynków', en: 'Land and buildings register' },
};

const part = (index: number) => (value: PropertyValue) =>
  typeof value === 'string' ? (value.split('.')[index] ?? null) : null;
const unitOf = { type: 'text', of: part(0) } as const;
const numberOf = { type: 'text', of: part(1) } as const;
const dayOf = {
  type: 'date',
  of: (value: PropertyValue) => (typeof value === 'string' ? value.slice(0, 10) : null),
} as const;

/** `7 - osoby fizyczne`; told to staff only, as the register group is. */
const holderOf = {
  type: 'text',
  of: (value: PropertyValue) => (value === null ? null : `${value} - ${HOLDERS[String(value)] ?? ''}`),
} as const;
const HOLDERS: Readonly<Record<string, string>> = {
  ...{ 1: 'Skarb Państwa', 2: 'Skarb Państwa, użytkowanie wieczyste', 3: 'państwowe osoby prawne' },
  ...{ 4: 'gminy i związki międzygminne', 5: 'gminy, użytkowanie wieczyste' },
  ...{ 6: 'samorządowe osoby prawne', 7: 'osoby fizyczne', 8: 'spółdzielnie' },
  ...{ 9: 'kościoły i związki wyznaniowe', 10: 'wspólnoty gruntowe', 11: 'powiaty i związki powiatów' },
  ...{ 12: 'powiaty, użytkowanie wieczyste', 13: 'województwa' },
  ...{ 14: 'województwa, użytkowanie wieczyste', 15: 'spółki prawa handlowego', 16: 'inne podmioty' },
};

const PARCEL_ATTRIBUTES: readonly ProfileAttribute[] = [
  { name: 'ID_DZIALKI', from: 'id' },
  { name: 'NUMER_DZIALKI', from: 'parcel_number' },
  { name: 'NUMER_ARKUSZA', from: 'map_sheet' },
  { name: 'NUMER_OBREBU', from: 'precinct_id', made: numberOf },
  { name: 'NUMER_JEDNOSTKI', from: 'precinct_id', made: unitOf },
  { name: 'NAZWA_OBREBU', from: 'precinct_id', lookUp: { layer: 'precincts', property: 'name' } },
  {
    name: 'NAZWA_GMINY',
    from: 'precinct_id',
    made: unitOf,
    lookUp: { layer: 'cadastral_units', property: 'name' },
  },
  { name: 'POLE_EWIDENCYJNE', from: 'registered_area_ha' },
  { name: 'GRUPA_REJESTROWA', from: 'register_group', made: holderOf },
  { name: 'KLASOUZYTKI_EGIB', from: 'land_use' },
  { name: 'DATA', from: 'version_since', made: dayOf },
];

/** Outlines alone, so that the layer lies over any map. */
const outlines = ({ stroke, strokeWidthPx, strokeDash }: LayerStyle): LayerStyle => ({
  ...{ stroke, strokeWidthPx },
  ...(strokeDash && { strokeDash }),
});

/** Numbers alone, from 1:5000 on. */
const numbers = ({ label, stroke }: LayerStyle): LayerStyle => ({
  ...{ stroke, strokeWidthPx: 0, fillOpacity: 0 },
  ...(label && { label: { ...label, maxScaleDenominator: 5_000 } }),
});

const PARCELS: ProfileLayer = {
  name: 'dzialki',
  title: { pl: 'Działki ewidencyjne', en: 'Parcels' },
  group: GROUP,
  of: 'parcels',
  attributes: PARCEL_ATTRIBUTES,
  style: outlines,
};

const BUILDINGS: ProfileLayer = {
  name: 'budynki',
  title: { pl: 'Budynki', en: 'Buildings' },
  group: GROUP,
  of: 'buildings',
  attributes: [
    { name: 'ID_BUDYNKU', from: 'id' },
    { name: 'RODZAJ', from: 'kind' },
    { name: 'KONDYGNACJE_NADZIEMNE', from: 'storeys_above' },
    { name: 'KONDYGNACJE_PODZIEMNE', from: 'storeys_below' },
  ],
  style: (style) => style,
};

export const KIEG: ServiceProfile = {
  name: 'kieg',
  xml: MAPSERVER_NAMES,
  layers: [
    PARCELS,
    {
      ...PARCELS,
      name: 'numery_dzialek',
      title: { pl: 'Numery działek', en: 'Numbers of parcels' },
      style: numbers,
      maxScaleDenominator: 5_000,
    },
    BUILDINGS,
    {
      name: 'obreby',
      title: { pl: 'Obręby ewidencyjne', en: 'Precincts' },
      group: GROUP,
      of: 'precincts',
      attributes: [
        { name: 'ID_OBREBU', from: 'id' },
        { name: 'NUMER_OBREBU', from: 'precinct_number' },
        { name: 'NAZWA_OBREBU', from: 'name' },
        { name: 'NUMER_JEDNOSTKI', from: 'unit_id' },
      ],
      style: (style) => style,
    },
    {
      name: 'jednostki',
      title: { pl: 'Jednostki ewidencyjne', en: 'Cadastral units' },
      group: GROUP,
      of: 'cadastral_units',
      attributes: [
        { name: 'NUMER_JEDNOSTKI', from: 'id' },
        { name: 'NAZWA_GMINY', from: 'name' },
      ],
      style: (style) => style,
    },
    {
      name: 'uzytki',
      title: { pl: 'Użytki gruntowe', en: 'Land uses' },
      group: GROUP,
      of: 'parcel_land_uses',
      attributes: [
        { name: 'ID_DZIALKI', from: 'parcel_id' },
        { name: 'OZNACZENIE', from: 'designation' },
        { name: 'OFU', from: 'land_use' },
        { name: 'OZU', from: 'soil_use' },
        { name: 'OZK', from: 'soil_class' },
        { name: 'POWIERZCHNIA', from: 'area_ha' },
      ],
      style: (style) => style,
    },
  ],
};

/** The national collective WFS: the same parcels and buildings, attributes in small letters. */
export const COLLECTIVE_EGIB: ServiceProfile = {
  name: 'egib',
  xml: MAPSERVER_NAMES,
  layers: [PARCELS, BUILDINGS].map((layer) => ({
    ...layer,
    attributes: layer.attributes.map((attribute) => ({
      ...attribute,
      name: attribute.name === 'POLE_EWIDENCYJNE' ? 'pole_powierzchni' : attribute.name.toLowerCase(),
    })),
  })),
};
