/** Words of the pages, Polish and English. */
import type { Text } from '../../../core/feature/layer.ts';
import { OGC_WORDS } from '../../http/ogc-words.ts';

export const WORDS = {
  ...OGC_WORDS,
  records: { pl: 'Zbiory danych', en: 'Datasets' },
  search: { pl: 'Szukaj', en: 'Search' },
  searchLabel: { pl: 'Szukaj słów w tytułach i opisach', en: 'Search for words in titles and descriptions' },
  none: { pl: 'Żaden zbiór nie pasuje do tego zapytania.', en: 'No dataset matches this request.' },
  dataset: { pl: 'Zbiór', en: 'Dataset' },
  keywords: { pl: 'Słowa kluczowe', en: 'Keywords' },
  updated: { pl: 'Stan danych', en: 'Data as of' },
  due: { pl: 'odświeżać co', en: 'due every' },
  age: { pl: 'Wiek danych', en: 'Age of the data' },
  stale: { pl: 'nieaktualne', en: 'stale' },
  never: { pl: 'nigdy nie wczytano', en: 'never loaded' },
  access: { pl: 'Dostęp', en: 'Access' },
  open: { pl: 'dla wszystkich', en: 'open to everybody' },
  restricted: { pl: 'po zalogowaniu', en: 'after signing in' },
  lineage: { pl: 'Pochodzenie', en: 'Lineage' },
  objects: { pl: 'Liczba obiektów', en: 'Number of objects' },
  difference: { pl: 'Zmiana wobec poprzedniej wersji', en: 'Change since the version before' },
  completeness: { pl: 'Kompletność obiektów', en: 'Completeness of objects' },
  attributeCompleteness: { pl: 'Kompletność atrybutów', en: 'Completeness of attributes' },
  positionalAccuracy: { pl: 'Błąd średni położenia', en: 'Mean error of position' },
  notAssessed: { pl: 'nie oceniono', en: 'not assessed' },
  extent: {
    pl: 'Zasięg: zachód, południe, wschód, północ [°]',
    en: 'Extent: west, south, east, north [°]',
  },
  formats: { pl: 'Postacie', en: 'Formats' },
  orders: { pl: 'Zamówienia', en: 'Orders' },
  uses: { pl: 'Zapytania do usług', en: 'Requests at the services' },
  ways: { pl: 'Skąd pobrać', en: 'Where to get it' },
  days: { pl: 'dni', en: 'days' },
} as const satisfies Record<string, Text>;
