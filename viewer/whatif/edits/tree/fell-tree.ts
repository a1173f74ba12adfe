import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';

export const FELL_TREE: EditToolOf<'fell-tree'> = {
  kind: 'fell-tree',
  subject: 'trees',
  title: 'fellTrees',
  verb: 'verbFell',
  picks: { layers: ['trees'], hint: 'pickTreesToFell', atMost: 200 },
  compose: ({ objects }) => objects.map(({ id }) => ({ kind: 'fell-tree', tree: id })),
  words: ({ edit, objects }) => {
    const species = objects[0]?.before?.properties['species'];
    return t('editFellsTree', { what: typeof species === 'string' ? `${species}, ${edit.tree}` : edit.tree });
  },
};
