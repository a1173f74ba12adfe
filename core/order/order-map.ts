/** What stands in the stamp of a map on paper that was ordered. */
import type { Layer, Text } from '../feature/layer.ts';
import { crsTitle } from '../geo/crs-title.ts';
import type { NewDataOrder } from '../wire/order.ts';
import { ORDER_PROFILES } from './order-profiles.ts';

export const ORDER_MAP_WORDS = {
  title: { pl: 'Mapa z danych zamówionych', en: 'Map of data as ordered' },
} as const satisfies Readonly<Record<string, Text>>;

export interface StampFacts {
  readonly city: Text;
  readonly layers: readonly Layer[];
  /** Of the youngest data. */
  readonly date: Date;
  /** Day of the city, where one was asked for. */
  readonly at: Date | undefined;
  readonly scenario: string | undefined;
  readonly areaM2: number | null;
  readonly isSynthetic: boolean;
}

export interface Stamp {
  readonly stamp: readonly { readonly name: string; readonly value: string }[];
  readonly notes: readonly string[];
}

export function orderStamp(
  order: NewDataOrder,
  { city, layers, date, at, scenario, areaM2, isSynthetic }: StampFacts,
): Stamp {
  const distinct = (texts: readonly Text[]) => [...new Set(texts.map(({ pl }) => pl))].join('; ');
  const day = (when: Date) => when.toISOString().slice(0, 10);
  return {
    stamp: [
      { name: 'Jednostka', value: city.pl },
      { name: 'Sprawa (KERG)', value: order.caseNumber ?? '–' },
      {
        name: 'Profil',
        value: `${ORDER_PROFILES[order.profile].title.pl}. ${ORDER_PROFILES[order.profile].terms.pl}`,
      },
      {
        name: 'Stan danych',
        value: `${day(at ?? date)}${scenario === undefined ? '' : `, scenariusz ${scenario}`}`,
      },
      { name: 'Układ', value: `${crsTitle(order.srid, 'pl')}; wysokości ${order.heights}` },
      {
        name: 'Obszar',
        value: areaM2 === null ? '–' : `${(areaM2 / 10_000).toFixed(4).replace('.', ',')} ha`,
      },
      { name: 'Źródło', value: distinct(layers.map(({ steward }) => steward)) },
      { name: 'Licencja', value: distinct(layers.map(({ licence }) => licence)) },
    ],
    notes: [
      ...(isSynthetic ? ['DANE SYNTETYCZNE: nie są rejestrem.'] : []),
      'Wydruk informacyjny: nie jest mapą do celów projektowych ani mapą do celów prawnych i nie jest opatrzony klauzulą urzędową.',
    ],
  };
}
