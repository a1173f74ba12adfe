/** GEH of practice (Design Manual for Roads and Bridges 12): a relative difference at small flows, an absolute at large. */
export const geh = (modelled: number, counted: number): number =>
  modelled + counted > 0 ? Math.sqrt((2 * (modelled - counted) ** 2) / (modelled + counted)) : 0;
