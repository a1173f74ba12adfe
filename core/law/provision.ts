/** A rule of law as data with validity: what a parcel is checked by on a day. */
import type { Text } from '../feature/layer.ts';
import type { Certainty, LawReference, Strength } from '../wire/parcel-check.ts';
import { ACTS } from './act.ts';

export interface Provision {
  /** As in our reference of the law: `WT-12-1a`, `GAZ-10-c`. Several entries may have it, for days apart. */
  readonly id: string;
  /** Id of the act. */
  readonly act: string;
  /** `§ 12(1)`, `art. 43(1)`. */
  readonly unit: string;
  /** In our own words: who decides something by it must read the act. */
  readonly paraphrase: Text;
  /** YYYY-MM-DD: the first day on which it is known to be law; it may have been so before. */
  readonly from: string;
  /** The last day. */
  readonly to?: string;
  /** `to-verify` = not read in the act itself. */
  readonly certainty: Certainty;
  readonly strength: Strength;
  /** Numbers of the provision; names carry their units. */
  readonly values: Readonly<Record<string, number>>;
}

/** What has no date of its own was law before 2010 and is unchanged as far as was seen. */
export const LONG_IN_FORCE = '2010-01-01';

type Terms = Partial<Pick<Provision, 'from' | 'to' | 'certainty' | 'strength' | 'values'>>;

/** A statute that was read and has long been in force, unless its terms say otherwise. */
export const provision = (
  id: string,
  act: string,
  unit: string,
  pl: string,
  en: string,
  terms: Terms = {},
): Provision => ({
  id,
  act,
  unit,
  paraphrase: { pl, en },
  from: LONG_IN_FORCE,
  certainty: 'confirmed',
  strength: 'statute',
  values: {},
  ...terms,
});

/** A number of a provision. @throws Error for a name that it has not: a mistake in our data */
export function numberIn({ id, values }: Provision, name: string): number {
  const value = values[name];
  if (value === undefined) throw new Error(`Provision ${id} has no value "${name}"`);
  return value;
}

const acts = new Map(ACTS.map((act) => [act.id, act]));

export function lawReferenceOf({ id, act, unit, paraphrase, from, to, certainty }: Provision): LawReference {
  const known = acts.get(act);
  if (!known) throw new Error(`Provision ${id} names no known act: ${act}`);
  return {
    provision: id,
    act,
    actTitle: known.title,
    journal: known.journal,
    unit,
    paraphrase,
    validFrom: from,
    ...(to !== undefined && { validTo: to }),
    certainty,
  };
}
