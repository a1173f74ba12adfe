/** The base held against what was counted on its streets. */
import type { TrafficLink } from '../../wire/traffic-link.ts';
import type { TrafficValidation, ValidationSums } from '../../wire/traffic-validation.ts';
import type { TrafficCount } from './city-facts.ts';
import type { FittedTrips } from './fit-to-counts.ts';
import { geh } from './geh.ts';

type Row = TrafficValidation['counts'][number];

/**
 * @param fitted undefined where trips were fitted to no counts
 * @returns null without counts on links that are there
 */
export function validationOf(
  counts: readonly TrafficCount[],
  links: readonly TrafficLink[],
  fitted: Pick<FittedTrips, 'heldOut' | 'unfitted'> | undefined,
): TrafficValidation | null {
  const streets = new Map<string, Pick<Row, 'road' | 'name' | 'class' | 'modelledVehPerH'>>();
  for (const { id, road, name, class: roadClass, before } of links) {
    if (!before) continue;
    const own = { road, name, class: roadClass, modelledVehPerH: before.flowVehPerH };
    streets.set(id, own);
    const other = streets.get(road)?.modelledVehPerH ?? 0;
    streets.set(road, { ...own, modelledVehPerH: other + before.flowVehPerH });
  }
  const rows = counts.flatMap(({ link, vehPerH, detector }): readonly Row[] => {
    const street = streets.get(link);
    if (!street) return [];
    return [
      {
        ...{ link, road: street.road, name: street.name, class: street.class },
        detector: detector ?? null,
        countedVehPerH: vehPerH,
        modelledVehPerH: tenth(street.modelledVehPerH),
        geh: hundredth(geh(street.modelledVehPerH, vehPerH)),
        isHeldOut: fitted?.heldOut.has(street.road) ?? false,
      },
    ];
  });
  if (rows.length === 0) return null;
  const classes = [...new Set(rows.map((row) => row.class))].toSorted((a, b) =>
    (a ?? '') < (b ?? '') ? -1 : 1,
  );
  const kept = rows.filter(({ isHeldOut }) => isHeldOut);
  const taken = rows.filter(({ isHeldOut }) => !isHeldOut);
  const unfitted = (own: readonly Row[]) =>
    own.map(({ link, countedVehPerH }) => {
      const modelledVehPerH = fitted?.unfitted.get(link) ?? 0;
      return { countedVehPerH, modelledVehPerH, geh: geh(modelledVehPerH, countedVehPerH) };
    });
  return {
    counts: rows.toSorted((a, b) => b.geh - a.geh || (a.link < b.link ? -1 : 1)),
    all: sumsOf(rows),
    byClass: classes.map((each) => ({ class: each, sums: sumsOf(rows.filter((row) => row.class === each)) })),
    heldOut: kept.length > 0 ? sumsOf(kept) : null,
    fit:
      fitted && taken.length > 0
        ? {
            before: sumsOf(unfitted(taken)),
            after: sumsOf(taken),
            heldOutBefore: kept.length > 0 ? sumsOf(unfitted(kept)) : null,
          }
        : null,
    unknownLinks: counts.flatMap(({ link }) => (streets.has(link) ? [] : [link])),
  };
}

type Compared = Pick<Row, 'countedVehPerH' | 'modelledVehPerH' | 'geh'>;

function sumsOf(rows: readonly Compared[]): ValidationSums {
  const mean = (of: (row: Compared) => number) => rows.reduce((all, row) => all + of(row), 0) / rows.length;
  const [counted, modelled] = [mean((row) => row.countedVehPerH), mean((row) => row.modelledVehPerH)];
  const square = mean((row) => (row.modelledVehPerH - row.countedVehPerH) ** 2);
  const product = mean((row) => row.countedVehPerH * row.modelledVehPerH);
  const [ofCounts, ofModel] = [
    mean((row) => row.countedVehPerH ** 2),
    mean((row) => row.modelledVehPerH ** 2),
  ];
  const spread = (ofCounts - counted ** 2) * (ofModel - modelled ** 2);
  return {
    counts: rows.length,
    countedVehPerH: tenth(counted),
    modelledVehPerH: tenth(modelled),
    gehBelow5Pct: tenth((100 * rows.filter((row) => row.geh < 5).length) / rows.length),
    rmsePct: counted > 0 ? tenth((100 * Math.sqrt(square)) / counted) : 0,
    slope: ofCounts > 0 ? product / ofCounts : 0,
    r2: rows.length >= LEAST_FOR_R2 && spread > 1e-9 ? (product - counted * modelled) ** 2 / spread : null,
  };
}

const LEAST_FOR_R2 = 3;
const tenth = (value: number) => Math.round(value * 10) / 10 + 0;
const hundredth = (value: number) => Math.round(value * 100) / 100 + 0;
