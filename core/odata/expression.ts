/**
 * Expressions of `$filter` and `$orderby` (18-088, 9.3.3.5; OData 4.0 part 2, 5.1.1) as plain data. Names are not
 * looked up here: what a path means is known to whoever has the entities.
 */
import type { Geometry } from '../geo/geometry.ts';

export type ComparisonName = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type ArithmeticName = 'add' | 'sub' | 'mul' | 'div' | 'mod';

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'moment'; readonly value: Date }
  | { readonly kind: 'span'; readonly from: Date; readonly to: Date }
  /** `YYYY-MM-DD` */
  | { readonly kind: 'date'; readonly value: string }
  /** `hh:mm:ss` */
  | { readonly kind: 'time'; readonly value: string }
  | { readonly kind: 'duration'; readonly seconds: number }
  /** Degrees WGS 84, longitude first. */
  | { readonly kind: 'geometry'; readonly value: Geometry }
  /** `Datastream/Thing/properties/floor`; an index of an array is a number in text. */
  | { readonly kind: 'path'; readonly steps: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not' | 'negative'; readonly arg: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonName;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'in'; readonly left: Expression; readonly values: readonly Expression[] }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticName;
      readonly left: Expression;
      readonly right: Expression;
    };

export interface OrderTerm {
  readonly expression: Expression;
  readonly descending: boolean;
}
