/** What every copy of the data says of itself and of its use, wherever it is carried. */
import type { Layer, Text } from '../feature/layer.ts';
import { crsOf } from '../geo/crs.ts';
import type { NewDataOrder } from '../wire/order.ts';
import { heightsNote } from './order-heights.ts';
import { ORDER_PROFILES } from './order-profiles.ts';

type Taken = Pick<NewDataOrder, 'profile' | 'caseNumber' | 'heights'>;

/** For whom, for which case, on which terms. It holds no name of a person, and the same order has the same note. */
export function orderNote({ profile, caseNumber }: Pick<Taken, 'profile' | 'caseNumber'>): Text {
  const { title, terms } = ORDER_PROFILES[profile];
  const [forCase, inEnglish] =
    caseNumber === undefined ? ['', ''] : [`, sprawa ${caseNumber}`, `, case ${caseNumber}`];
  return {
    pl: `Wydano w profilu: ${title.pl}${forCase}. ${terms.pl}`,
    en: `Handed out in the profile: ${title.en}${inEnglish}. ${terms.en}`,
  };
}

/** Printed across maps that are handed out for one purpose alone; undefined = there is none. */
export function orderWatermark({ profile, caseNumber }: Pick<Taken, 'profile' | 'caseNumber'>) {
  const { watermark } = ORDER_PROFILES[profile];
  return watermark && (caseNumber === undefined ? watermark.pl : `${watermark.pl} · ${caseNumber}`);
}

/**
 * Lines that stand in each file of a package, and beside those whose format has no place for them: systems, use, source
 * and licence.
 * @param srid EPSG code that the file is written in
 * @param isSynthetic whether any of the layers is made up
 */
export function fileNote(
  order: Taken,
  layers: readonly Pick<Layer, 'name' | 'properties' | 'steward' | 'licence'>[],
  srid: number,
  isSynthetic: boolean,
): readonly string[] {
  const note = orderNote(order);
  const named = (name: string, texts: readonly Text[]): readonly string[] =>
    texts.length === 0
      ? []
      : [`${name}: ${[...new Set(texts.map(({ pl, en }) => `${pl} / ${en}`))].join('; ')}`];
  return [
    `EPSG:${srid} ${crsOf(srid).name}; ${order.heights}`,
    note.pl,
    note.en,
    ...named(
      'Źródło / Source',
      layers.map(({ steward }) => steward),
    ),
    ...named(
      'Licencja / Licence',
      layers.map(({ licence }) => licence),
    ),
    ...heightsNote(order.heights, layers),
    ...(isSynthetic ? ['DANE SYNTETYCZNE, nie rejestr. / SYNTHETIC DATA, no register.'] : []),
  ];
}
