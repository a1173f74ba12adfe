/** An indicator of consequences: what is measured, by which method, how wrong it may be, and what it hangs on. */
import type { Text } from '../../feature/layer.ts';
import type { ConsequenceParameters, ConsequenceRow } from '../../wire/consequences.ts';
import type { CityFacts } from './facts.ts';
import type { LightMeasures } from './light.ts';
import type { CheckedState } from './parcel-findings.ts';
import type { Setting } from './setting.ts';

/** Facts of one state, with what was worked out from those of both. */
export interface MeasuredFacts extends CityFacts {
  readonly light?: LightMeasures | Unmeasured;
  readonly checked?: CheckedState;
}

/** One object's share of a value; the shares of all objects add up to it. */
export interface Part {
  /** The same object has the same id in both states. */
  readonly id: string;
  readonly value: number;
  /** How far the share may be off by a cause of its own. */
  readonly bound?: number;
  /** How far it is off, signed, when the cause that all shares have in common is off by its bound. */
  readonly common?: number;
  /** Heading under which it stands in the breakdown. */
  readonly kind?: string;
}

export interface Measure {
  readonly parts: readonly Part[];
  /** Where the shares do not simply add up (what overlaps counts once). */
  readonly value?: number;
  /** What a reader must know of this value in this place. */
  readonly notes?: readonly Text[];
}

/** A city in which it cannot be measured. */
export interface Unmeasured {
  readonly reason: Text;
}

/**
 * How the shares' own bounds add up. `independent`: root of the sum of squares. `worst`: their sum, for counts.
 * An object that is the same in both states never counts in the difference.
 */
export type ErrorRule = 'independent' | 'worst';

export interface Indicator {
  readonly name: string;
  readonly title: Text;
  /** UCUM-like symbol. */
  readonly unit: string;
  readonly scope: ConsequenceRow['scope'];
  readonly decimals: number;
  /** Layers that edits may change and that it hangs on: without an edit of one of them it stays as it is. */
  readonly layers: readonly string[];
  /** Layers that it needs besides, and that no edit changes. */
  readonly needs?: readonly string[];
  readonly method: Text;
  /** Act or standard that defines it, if any. */
  readonly source?: string;
  /** How the bound comes about. */
  readonly boundRule: Text;
  readonly errors: ErrorRule;
  measure(state: MeasuredFacts, setting: Setting, parameters: ConsequenceParameters): Measure | Unmeasured;
}

/** The bound of a whole value, or of a difference, from its shares. */
export function boundOf(parts: readonly Part[], rule: ErrorRule): number {
  const common = Math.abs(parts.reduce((sum, part) => sum + (part.common ?? 0), 0));
  if (rule === 'worst') return common + parts.reduce((sum, { bound = 0 }) => sum + bound, 0);
  return Math.hypot(common, Math.sqrt(parts.reduce((sum, { bound = 0 }) => sum + bound ** 2, 0)));
}

/** The shares in which two states differ; those of the state before with the opposite sign. */
export function differingParts(before: readonly Part[], after: readonly Part[]): readonly Part[] {
  const earlier = new Map(before.map((part) => [part.id, part]));
  const later = new Map(after.map((part) => [part.id, part]));
  const gone = before.filter((part) => !isSame(part, later.get(part.id)));
  const come = after.filter((part) => !isSame(part, earlier.get(part.id)));
  return [...gone.map((part) => ({ ...part, value: -part.value, common: -(part.common ?? 0) })), ...come];
}

const isSame = (a: Part, b: Part | undefined): boolean =>
  b !== undefined && a.value === b.value && a.bound === b.bound && a.common === b.common;
