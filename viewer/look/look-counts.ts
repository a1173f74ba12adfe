/** How many buildings of the city on the screen fall into each class, counted by the service. */
import { signal } from '@preact/signals';
import { csvCell } from '../../core/formats/csv-cell.ts';
import { countItems } from '../api/city-api.ts';
import { type LookAttribute, lookAttribute, lookOpen } from '../state/building-look.ts';
import { LOADING, type Load, loadAlong } from '../state/load.ts';
import { saveFile } from '../state/save-file.ts';
import { cityPrefix, tilesKey } from '../state/shown-city.ts';
import { t } from '../text/text.ts';
import { classesOf } from './look-classes.ts';

const LAYER = 'buildings_3d';
/** What is demolished is known, and not drawn. */
const STANDS = "(state <> 'demolished' OR state IS NULL)";

export interface LookCounts {
  readonly attribute: LookAttribute;
  /** null: more than the service counts. */
  readonly total: number | null;
  readonly byClass: ReadonlyMap<string, number | null>;
}

export const lookCounts = signal<Load<LookCounts>>(LOADING);

/** Counts anew for each attribute, city and change of the buildings, while the panel is open. */
export const followLookCounts = (): (() => void) =>
  loadAlong(lookCounts, () => {
    const [attribute, prefix] = [lookAttribute.value, cityPrefix.value];
    tilesKey(LAYER);
    return lookOpen.value && attribute ? (abort) => countsOf(attribute, prefix, abort) : undefined;
  });

async function countsOf(attribute: LookAttribute, prefix: string, abort: AbortSignal): Promise<LookCounts> {
  const count = (cql?: string): Promise<number | null> => {
    const filter = cql === undefined ? STANDS : `(${cql}) AND ${STANDS}`;
    return countItems(LAYER, { properties: 'lod', filter }, abort, prefix);
  };
  const classes = classesOf(attribute);
  const [total = null, ...counted] = await Promise.all([
    count(),
    ...classes.map(({ cql }) => (cql === undefined ? null : count(cql))),
  ]);
  const named = classes.map(({ cql, key }, n) => ({ key, isRest: cql === undefined, n: counted[n] ?? null }));
  const sum = named.reduce((all, { n }) => all + (n ?? 0), 0);
  const isWhole = total !== null && named.every(({ isRest, n }) => isRest || n !== null);
  return {
    ...{ attribute, total },
    byClass: new Map(named.map(({ key, isRest, n }) => [key, isRest && isWhole ? total - sum : n])),
  };
}

/** The table of the legend (RFC 4180): class, colour, number of buildings, empty where it is not known. */
export function saveLookTable({ attribute, byClass }: LookCounts): void {
  const rows = classesOf(attribute).map(({ key, ink, say }) =>
    [csvCell(key), csvCell(say()), ink, byClass.get(key) ?? ''].join(),
  );
  const text = `${[`class,${csvCell(t('lookClass'))},colour,buildings`, ...rows].join('\r\n')}\r\n`;
  saveFile(new Blob([text], { type: 'text/csv' }), `blizniak-${attribute}.csv`);
}
