/** A fault planted in a register beyond parcels and buildings. */
export interface LayerDefect {
  readonly kind:
    | 'utility-depth-missing'
    | 'plan-zone-gap'
    | 'plan-zone-overlap'
    | 'plan-zone-sliver'
    | 'plan-act-expired';
  readonly layer: 'utility_lines' | 'plan_zones';
  /** Register ids, the object at fault first. */
  readonly ids: readonly string[];
  readonly value: number;
  readonly unit: 'm2' | '1';
}
