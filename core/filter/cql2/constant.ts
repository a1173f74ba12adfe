/** Predicates that say the same of every feature. */
import { EVERYTHING, type Filter, NOTHING } from '../ast.ts';

export const constant = (isTrue: boolean): Filter => (isTrue ? EVERYTHING : NOTHING);
