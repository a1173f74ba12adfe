/** Walks to the nearest facility as maps tell them apart, on screen and on paper. */
export interface WalkClass {
  readonly fromMin: number;
  /** Minutes below this; the last class has no end. */
  readonly belowMin: number;
  /** `#rrggbb`, on light and on dark ground. */
  readonly ink: { readonly light: string; readonly dark: string };
}

export const WALK_CLASSES: readonly WalkClass[] = [
  { fromMin: 0, belowMin: 5, ink: { light: '#0b5c5c', dark: '#8fe3dc' } },
  { fromMin: 5, belowMin: 10, ink: { light: '#3a9188', dark: '#58b8b0' } },
  { fromMin: 10, belowMin: 15, ink: { light: '#8fbf9f', dark: '#35857f' } },
  { fromMin: 15, belowMin: 20, ink: { light: '#e0a65a', dark: '#b9803c' } },
  { fromMin: 20, belowMin: Number.POSITIVE_INFINITY, ink: { light: '#a0470a', dark: '#f0a868' } },
];

/** @param minutes null where nothing is near */
export const walkClassOf = (minutes: number | null): number =>
  WALK_CLASSES.findIndex(({ belowMin }) => (minutes ?? Number.MAX_VALUE) < belowMin);
