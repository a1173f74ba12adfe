/** Which limit of noise holds on ground: the local plan says, without one the actual use (art. 114–115 of the Environmental Protection Law). */
import { provisionAt } from '../../law/law.ts';
import { numberIn } from '../../law/provision.ts';

/** Provisions of the regulation on permissible levels, table 3. */
export type NoiseClass = 'HAL-2' | 'HAL-3';

/** By the beginning of the symbol of a local plan, longest first; others have none. */
const CLASSES: readonly (readonly [symbol: string, provision: NoiseClass])[] = [
  ['MW', 'HAL-3'],
  ['MN', 'HAL-2'],
  ['ML', 'HAL-3'],
  ['MU', 'HAL-3'],
  ['RZM', 'HAL-3'],
  ['UO', 'HAL-2'],
  ['UZ', 'HAL-2'],
  ['US', 'HAL-3'],
  ['ZP', 'HAL-3'],
];

/** The strictest of the areas of local plans; undefined where they give none. */
export function classOfSymbols(
  symbols: readonly string[],
): { readonly symbol: string; readonly provision: NoiseClass } | undefined {
  const found = symbols.flatMap((symbol) => {
    const provision = CLASSES.find(([beginning]) => symbol.startsWith(beginning))?.[1];
    return provision ? [{ symbol, provision }] : [];
  });
  return found.toSorted((a, b) => (a.provision < b.provision ? -1 : 1))[0];
}

/** Uses of buildings that the law protects from noise. */
export type ProtectedUse = 'dwelling' | 'children' | 'hospital' | 'care';

export interface ProtectedBuilding {
  readonly use: ProtectedUse | null;
  /** Symbols of areas of local plans in force on it; empty where there is no local plan. */
  readonly planSymbols: readonly string[];
}

export interface NoiseLimit {
  readonly basis: 'plan' | 'use';
  readonly provision: NoiseClass | null;
  /** Equal where the class is known; between them it depends on what kind of dwelling it is. */
  readonly strictestDb: number;
  readonly mildestDb: number;
  /** Null where nobody is there at night. */
  readonly nightDb: number | null;
}

/** @returns undefined where neither plan nor use gives a limit: not assessed, which is not "no limit" */
export function noiseLimitOf(
  { use, planSymbols }: ProtectedBuilding,
  lawDate: string,
): NoiseLimit | undefined {
  if (use === null) return undefined;
  const planned = classOfSymbols(planSymbols);
  if (!planned && planSymbols.length > 0) return undefined;
  // The register does not say whether a dwelling house is of one family or of many.
  const isOpen = !planned && use === 'dwelling';
  const strictest = provisionAt(planned?.provision ?? 'HAL-2', lawDate);
  const mildest = isOpen ? provisionAt('HAL-3', lawDate) : strictest;
  if (!strictest || !mildest) return undefined;
  return {
    basis: planned ? 'plan' : 'use',
    provision: isOpen ? null : (planned?.provision ?? 'HAL-2'),
    strictestDb: numberIn(strictest, 'ldwnDb'),
    mildestDb: numberIn(mildest, 'ldwnDb'),
    nightDb: use === 'children' ? null : Math.max(numberIn(strictest, 'lnDb'), numberIn(mildest, 'lnDb')),
  };
}
