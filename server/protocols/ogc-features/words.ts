/** Words of the pages, Polish and English. */
import type { Text } from '../../../core/feature/layer.ts';
import { OGC_WORDS } from '../../http/ogc-words.ts';

export const WORDS = {
  ...OGC_WORDS,
  service: { pl: 'Bliźniak: dane miasta', en: 'Blizniak: data of the city' },
  serviceDescription: {
    pl: 'Warstwy cyfrowego bliźniaka miasta według OGC API – Features: działki, budynki, modele 3D.',
    en: "Layers of the city's digital twin by OGC API – Features: parcels, buildings, 3D models.",
  },
  collections: { pl: 'Warstwy', en: 'Layers' },
  conformance: { pl: 'Zgodność ze standardami', en: 'Conformance with standards' },
  api: { pl: 'Opis API', en: 'API description' },
  items: { pl: 'Obiekty', en: 'Objects' },
  schema: { pl: 'Schemat', en: 'Schema' },
  none: { pl: 'Brak obiektów dla tego zapytania.', en: 'No objects match this request.' },
  value: { pl: 'Wartość', en: 'Value' },
  unit: { pl: 'Jednostka', en: 'Unit' },
  geometry: { pl: 'Geometria', en: 'Geometry' },
  count: { pl: 'Liczba obiektów', en: 'Number of objects' },
  loadedAt: { pl: 'Stan danych', en: 'Loaded' },
  source: { pl: 'Źródło', en: 'Source' },
  storageCrs: { pl: 'Układ współrzędnych danych', en: 'CRS of the data' },
  offeredCrs: { pl: 'Układy do wyboru', en: 'CRS offered' },
  parameters: { pl: 'Parametry', en: 'Parameters' },
  create: { pl: 'dodaj obiekt', en: 'create an object' },
  replace: { pl: 'zastąp obiekt', en: 'replace an object' },
  update: { pl: 'zmień obiekt', en: 'change an object' },
  delete: { pl: 'usuń obiekt', en: 'delete an object' },
} as const satisfies Record<string, Text>;
