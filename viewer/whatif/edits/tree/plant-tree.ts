import { TREE_FORMS } from '../../../../core/wire/edits/tree.ts';
import { formatQuantity } from '../../../format/number.ts';
import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { known, numberIn, textIn, wordIn } from '../values.ts';

const LONGEST_SPECIES = 200;

/** A row of trees is planted at once, each its own edit. */
export const PLANT_TREE: EditToolOf<'plant-tree'> = {
  kind: 'plant-tree',
  subject: 'trees',
  title: 'plantTrees',
  verb: 'verbPlant',
  draws: { shape: 'points', hint: 'drawTreesHint' },
  fields: [
    {
      name: 'species',
      input: 'text',
      property: ['trees', 'species'],
      most: LONGEST_SPECIES,
      usual: 'lipa drobnolistna',
    },
    { name: 'form', input: 'choice', property: ['trees', 'form'], usual: 'broadleaved' },
    {
      name: 'heightM',
      input: 'number',
      property: ['trees', 'height_m'],
      min: 0.3,
      max: 60,
      step: 0.1,
      usual: 4,
    },
    {
      name: 'crownDiameterM',
      input: 'number',
      property: ['trees', 'crown_diameter_m'],
      min: 0.2,
      max: 40,
      step: 0.1,
      usual: 2,
    },
  ],
  compose: ({ places, values }) => {
    const species = textIn(values, 'species');
    const form = wordIn(values, 'form', TREE_FORMS);
    if (!species || !form) return undefined;
    const rest = known({
      heightM: numberIn(values, 'heightM'),
      crownDiameterM: numberIn(values, 'crownDiameterM'),
    });
    return places.map(([e, n]) => ({
      kind: 'plant-tree',
      at: [e, n],
      species,
      form,
      heightM: 4,
      crownDiameterM: 2,
      ...rest,
    }));
  },
  words: ({ edit }) => t('editPlantsTree', { species: edit.species }),
  facts: ({ edit }) => [formatQuantity(edit.heightM, 'm', 1)],
  shape: ({ at }) => ({ type: 'Point', coordinates: at }),
};
