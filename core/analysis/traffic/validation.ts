import type { TrafficParameters, TrafficValidation } from '../../wire/traffic.ts';

/** GEH of practice (Design Manual for Roads and Bridges 12): a relative difference at small flows, an absolute at large. */
export const geh = (modelled: number, counted: number): number =>
  modelled + counted > 0 ? Math.sqrt((2 * (modelled - counted) ** 2) / (modelled + counted)) : 0;

/** @returns null without counts on links that are there */
export function validationOf(
  counts: TrafficParameters['counts'],
  flows: ReadonlyMap<string, number>,
): TrafficValidation | null {
  const known = counts.flatMap(({ link, vehPerH, detector }) => {
    const modelled = flows.get(link);
    if (modelled === undefined) return [];
    return [
      {
        link,
        detector: detector ?? null,
        countedVehPerH: vehPerH,
        modelledVehPerH: modelled,
        geh: Math.round(100 * geh(modelled, vehPerH)) / 100,
      },
    ];
  });
  const unknownLinks = counts.flatMap(({ link }) => (flows.has(link) ? [] : [link]));
  if (known.length === 0) return null;
  const sum = (of: (row: (typeof known)[number]) => number) => known.reduce((all, row) => all + of(row), 0);
  const mean = sum((row) => row.countedVehPerH) / known.length;
  const square = sum((row) => (row.modelledVehPerH - row.countedVehPerH) ** 2) / known.length;
  const counted = sum((row) => row.countedVehPerH ** 2);
  return {
    counts: known,
    gehBelow5Pct: (100 * known.filter((row) => row.geh < 5).length) / known.length,
    rmsePct: mean > 0 ? (100 * Math.sqrt(square)) / mean : 0,
    slope: counted > 0 ? sum((row) => row.countedVehPerH * row.modelledVehPerH) / counted : 0,
    unknownLinks,
  };
}
