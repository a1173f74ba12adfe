/** Borders that overlap, leave gaps, or run through a building. */
import { COVERAGE_FACTOR } from '../accuracy.ts';
import { judgeCommon, toHundredth } from '../judge.ts';
import type { Draft, Rule } from '../rule.ts';

/** Rounding of corners to a centimetre. */
const SMALLEST_OVERLAP_M2 = 0.05;

function overlapDrafts(...[{ neighbours }, _law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  const drafts = neighbours.flatMap(({ id, common }): readonly Draft[] => {
    if (!common) return [];
    const judged = judgeCommon(common, accuracy, accuracy.sigmaM);
    if (judged.areaM2 < SMALLEST_OVERLAP_M2) return [];
    return [
      {
        state: judged.state,
        reason: {
          pl: `Granice nachodzą na działkę ${id} o ${toHundredth(judged.areaM2)} m².`,
          en: `The boundary overlaps parcel ${id} by ${toHundredth(judged.areaM2)} m².`,
        },
        objects: [id],
        measured: judged.measured,
        geometry: common,
        trace: judged.trace,
      },
    ];
  });
  if (drafts.length > 0) return drafts;
  return [
    {
      state: 'does-not-apply',
      reason: { pl: 'Granice nie nachodzą na sąsiednie działki.', en: 'The boundary overlaps no neighbour.' },
    },
  ];
}

function gapDrafts(...[{ gaps, parcel }, _law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  const drafts = gaps.map(({ around, ground }): Draft => {
    const { state, areaM2, measured, trace } = judgeCommon(ground, accuracy, accuracy.sigmaM);
    const others = around.filter((id) => id !== parcel.id);
    return {
      state,
      reason: {
        pl: `Między działkami (${others.join(', ')}) jest ${toHundredth(areaM2)} m² gruntu, którego nie ma żadna działka.`,
        en: `Between the parcels (${others.join(', ')}) lies ground of ${toHundredth(areaM2)} m² that no parcel has.`,
      },
      objects: others,
      // It lies beside the parcel: no share of it.
      measured: { areaM2: measured.areaM2, areaErrorM2: measured.areaErrorM2 },
      geometry: ground,
      trace,
    };
  });
  if (drafts.length > 0) return drafts;
  return [
    {
      state: 'does-not-apply',
      reason: {
        pl: 'Do granic przylegają działki bez szczelin.',
        en: 'The parcels around adjoin without gaps.',
      },
    },
  ];
}

function acrossDrafts(...[{ buildings }, _law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  const boundM2 = (areaM2: number) => COVERAGE_FACTOR * accuracy.sigmaOfDistance(0.1) * Math.sqrt(areaM2);
  const across = buildings.filter(
    ({ commonM2, areaM2 }) => commonM2 > SMALLEST_OVERLAP_M2 && areaM2 - commonM2 > SMALLEST_OVERLAP_M2,
  );
  if (across.length === 0) {
    return [
      {
        state: 'does-not-apply',
        reason: {
          pl: 'Żaden budynek nie stoi na granicy działki.',
          en: 'No building stands across the boundary of the parcel.',
        },
      },
    ];
  }
  return across.map(({ id, areaM2, commonM2 }): Draft => {
    const outsideM2 = areaM2 - commonM2;
    const smaller = Math.min(outsideM2, commonM2);
    return {
      state: smaller > boundM2(areaM2) ? 'applies' : 'touches',
      reason: {
        pl: `Budynek ${id}: ${toHundredth(commonM2)} m² na tej działce i ${toHundredth(outsideM2)} m² poza nią.`,
        en: `Building ${id}: ${toHundredth(commonM2)} m² on this parcel and ${toHundredth(outsideM2)} m² outside it.`,
      },
      objects: [id],
      measured: { areaM2: toHundredth(commonM2), areaErrorM2: toHundredth(boundM2(areaM2)) },
    };
  });
}

export const PARCEL_BORDER_RULES: readonly Rule[] = [
  {
    id: 'parcel-overlap',
    category: 'register',
    title: { pl: 'Nakładanie się działek', en: 'Overlap of parcels' },
    provisions: ['PM-16'],
    needs: ['parcels'],
    find: overlapDrafts,
  },
  {
    id: 'parcel-gap',
    category: 'register',
    title: { pl: 'Szczelina między działkami', en: 'Gap between parcels' },
    provisions: ['PM-16'],
    needs: ['parcels'],
    find: gapDrafts,
  },
  {
    id: 'building-across-boundary',
    category: 'register',
    title: { pl: 'Budynek na granicy', en: 'Building across the boundary' },
    provisions: ['KC-151'],
    needs: ['buildings'],
    find: acrossDrafts,
  },
];
