/** A class of constraints: which law, which data, and one small pure function from facts to findings. */

import type { Text } from '../../feature/layer.ts';
import type { Geometry } from '../../geo/geometry.ts';
import type { Provision } from '../../law/provision.ts';
import type { Category, FindingState, Measured, Strength, Threshold } from '../../wire/parcel-check.ts';
import type { ParcelAccuracy } from './accuracy.ts';
import type { ParcelFacts } from './facts.ts';

/** The law of the day. */
export interface DayLaw {
  /** YYYY-MM-DD */
  readonly day: string;
  /** @returns undefined when it was not law on that day */
  provision(id: string): Provision | undefined;
}

/** A finding as a rule makes it; law, source and ids are added by the frame. */
export interface Draft {
  readonly state: FindingState;
  readonly reason: Text;
  /** Default: the first provision of the rule. */
  readonly provision?: string;
  /** Default: the first layer that the rule needs. */
  readonly layer?: string;
  readonly objects?: readonly string[];
  readonly measured?: Measured;
  readonly threshold?: Threshold;
  readonly geometry?: Geometry;
  /** Default: that of the provision. */
  readonly strength?: Strength;
  readonly reduced?: Text;
  readonly trace?: readonly string[];
}

export interface Rule {
  readonly id: string;
  readonly category: Category;
  readonly title: Text;
  /** Ids of the law; the first is what it stands on. */
  readonly provisions: readonly [string, ...string[]];
  /**
   * Layers without which it says nothing; a name that the catalogue does not know is a layer that the city has not yet.
   */
  readonly needs: readonly [string, ...string[]];
  /** At least one draft. */
  find(facts: ParcelFacts, law: DayLaw, accuracy: ParcelAccuracy): readonly Draft[];
}

export const notAssessedBecause = (pl: string, en: string, layer?: string): Draft => ({
  state: 'not-assessed',
  reason: { pl, en },
  ...(layer !== undefined && { layer }),
});
