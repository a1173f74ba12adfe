/** Soils, and what the register itself says and gets wrong. */
import { PARCELS } from '../../../catalogue/parcels.ts';
import { COVERAGE_FACTOR } from '../accuracy.ts';
import type { ParcelFact } from '../facts.ts';
import { judgeCommon, toHundredth, toTenth } from '../judge.ts';
import { type Draft, notAssessedBecause, type Rule } from '../rule.ts';

const PROTECTED_SOIL = /^(I|II|III|IIIa|IIIb)$/;
const ORGANIC_SOIL = /^(IV|V|VI)/;
const FARMLAND = ['R', 'S', 'Ł', 'Ps', 'Br', 'Wsr', 'W', 'Lzr'];

/** Borders of plots are rounded to a square metre in the register. */
const REGISTER_STEP_M2: Readonly<Record<string, number>> = { 1: 1, 2: 100 };

const HOLDER_WORDS = new Map(
  PARCELS.properties
    .find(({ name }) => name === 'public_holder')
    ?.codelist?.map(({ code, label }) => [code, label]),
);

/** Whose ground it is, never whose by name: groups of others than public bodies are told together. */
function holderDraft({ id, isRegistered, publicHolder }: ParcelFact): Draft {
  if (!isRegistered) {
    return notAssessedBecause(
      'Narysowany obszar nie jest działką rejestru.',
      'A drawn area is no parcel of the register.',
    );
  }
  const holder = publicHolder === null ? undefined : HOLDER_WORDS.get(publicHolder);
  if (!holder) {
    return notAssessedBecause(
      'Rejestr nie podaje grupy rejestrowej tej działki.',
      'The register gives no register group of this parcel.',
    );
  }
  return {
    state: 'applies',
    reason: {
      pl: `Gruntem włada ${holder.pl}.`,
      en: `The ground is held by ${holder.en}.`,
    },
    objects: [id],
    reduced: {
      pl: 'Dokładną grupę (1–16) widzą pracownicy w karcie działki. Właścicieli nie pokazuje się nikomu.',
      en: 'Staff see the exact group (1–16) on the card of the parcel. Owners are shown to nobody.',
    },
  };
}

function registeredAreaDrafts(...[{ parcel }, _law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  if (parcel.registeredAreaHa === null) {
    return [
      {
        state: 'not-assessed',
        reason: {
          pl: 'Rejestr nie podaje pola tej działki.',
          en: 'The register gives no area of this parcel.',
        },
      },
    ];
  }
  const registeredM2 = parcel.registeredAreaHa * 10_000;
  const differenceM2 = accuracy.areaM2 - registeredM2;
  const boundM2 =
    COVERAGE_FACTOR * accuracy.areaSigmaM2 + (REGISTER_STEP_M2[parcel.areaPrecision ?? '1'] ?? 1) / 2;
  const measured = {
    areaM2: toTenth(accuracy.areaM2),
    areaErrorM2: toTenth(boundM2),
    value: toTenth(differenceM2),
    unit: 'm2',
  };
  const threshold = { must: '<=', value: toTenth(boundM2), unit: 'm2' } as const;
  if (Math.abs(differenceM2) > boundM2) {
    return [
      {
        state: 'applies',
        reason: {
          pl: `Pole z rejestru (${toTenth(registeredM2)} m²) różni się od pola z granic o ${toTenth(differenceM2)} m², więcej niż dokładność punktów.`,
          en: `The registered area (${toTenth(registeredM2)} m²) differs from that of the boundary by ${toTenth(differenceM2)} m², more than the accuracy of its points.`,
        },
        objects: [parcel.id],
        measured,
        threshold,
      },
    ];
  }
  return [
    {
      state: 'does-not-apply',
      reason: {
        pl: 'Pole z rejestru zgadza się z granicami w granicach dokładności.',
        en: 'The registered area agrees with the boundary within accuracy.',
      },
      objects: [parcel.id],
      measured,
      threshold,
    },
  ];
}

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

/** Rounding of corners to a centimetre. */
const SMALLEST_OVERLAP_M2 = 0.05;

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

export const GROUND_AND_REGISTER_RULES: readonly Rule[] = [
  {
    id: 'soil-class',
    category: 'ground',
    title: { pl: 'Klasa gleby', en: 'Soil class' },
    provisions: ['GR-11', 'GR-10a'],
    needs: ['parcel_land_uses'],
    find({ landUses, parcel }) {
      if (landUses.length === 0) {
        return [
          {
            state: 'not-assessed',
            reason: parcel.isRegistered
              ? {
                  pl: 'Rejestr nie podaje klasoużytków tej działki.',
                  en: 'The register gives no soils of it.',
                }
              : {
                  pl: 'Klasoużytki rejestr podaje dla działek, nie dla narysowanego obszaru.',
                  en: 'The register gives soils of parcels, not of a drawn area.',
                },
          },
        ];
      }
      const guarded = landUses.filter(
        ({ landUse, soilClass }) => FARMLAND.includes(landUse ?? '') && PROTECTED_SOIL.test(soilClass ?? ''),
      );
      const unsure = landUses.filter(
        ({ landUse, soilClass }) => FARMLAND.includes(landUse ?? '') && ORGANIC_SOIL.test(soilClass ?? ''),
      );
      const areaM2 = (found: typeof landUses) =>
        toTenth(found.reduce((sum, { areaHa }) => sum + (areaHa ?? 0) * 10_000, 0));
      const named = (found: typeof landUses) => found.map(({ designation }) => designation).join(', ');
      if (guarded.length > 0) {
        return [
          {
            state: 'applies',
            reason: {
              pl: `Grunt rolny ${named(guarded)}: wyłączenie z produkcji przed pozwoleniem (dom jednorodzinny do 0,05 ha bez opłat).`,
              en: `Farmland ${named(guarded)}: taken out of production before a permit (a house up to 0.05 ha free of charge).`,
            },
            measured: { areaM2: areaM2(guarded) },
          },
        ];
      }
      if (unsure.length > 0) {
        return [
          {
            state: 'not-assessed',
            reason: {
              pl: `Grunt rolny ${named(unsure)}: wyłączenie jest potrzebne, jeśli gleba jest organiczna, a tego rejestr nie mówi.`,
              en: `Farmland ${named(unsure)}: taking it out is needed if the soil is organic, which the register does not say.`,
            },
            measured: { areaM2: areaM2(unsure) },
          },
        ];
      }
      return [
        {
          state: 'does-not-apply',
          reason: {
            pl: 'Na działce nie ma gruntów rolnych klas I–IIIb.',
            en: 'There is no farmland of classes I–IIIb on the parcel.',
          },
        },
      ];
    },
  },
  {
    id: 'forest-land',
    category: 'ground',
    title: { pl: 'Grunt leśny', en: 'Forest land' },
    provisions: ['GR-10a'],
    needs: ['parcel_land_uses'],
    find({ landUses }) {
      const forest = landUses.filter(({ landUse }) => landUse === 'Ls');
      if (landUses.length === 0) {
        return [
          {
            state: 'not-assessed',
            reason: {
              pl: 'Rejestr nie podaje tu klasoużytków.',
              en: 'The register gives no land uses here.',
            },
          },
        ];
      }
      if (forest.length === 0) {
        return [
          {
            state: 'does-not-apply',
            reason: { pl: 'Działka nie jest lasem (Ls).', en: 'The parcel is no forest (Ls).' },
          },
        ];
      }
      return [
        {
          state: 'applies',
          reason: {
            pl: 'Las (Ls): przeznaczenie na cele nieleśne wymaga zgody, także w mieście.',
            en: 'Forest (Ls): another use needs consent, in cities too.',
          },
          measured: {
            areaM2: toTenth(forest.reduce((sum, { areaHa }) => sum + (areaHa ?? 0) * 10_000, 0)),
          },
        },
      ];
    },
  },
  {
    id: 'registered-area',
    category: 'register',
    title: { pl: 'Pole ewidencyjne', en: 'Registered area' },
    provisions: ['EG-16', 'PM-16'],
    needs: ['parcels'],
    find: registeredAreaDrafts,
  },
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
  {
    id: 'register-group',
    category: 'register',
    title: { pl: 'Grupa rejestrowa', en: 'Register group' },
    provisions: ['EG-GR'],
    needs: ['parcels'],
    find: ({ parcel }) => [holderDraft(parcel)],
  },
];
