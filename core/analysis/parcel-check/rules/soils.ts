/** Soils and forest, by the land uses of the register. */
import { toTenth } from '../judge.ts';
import type { Rule } from '../rule.ts';

const PROTECTED_SOIL = /^(I|II|III|IIIa|IIIb)$/;
const ORGANIC_SOIL = /^(IV|V|VI)/;
const FARMLAND = ['R', 'S', 'Ł', 'Ps', 'Br', 'Wsr', 'W', 'Lzr'];

export const SOIL_RULES: readonly Rule[] = [
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
];
