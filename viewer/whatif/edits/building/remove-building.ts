import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';

export const REMOVE_BUILDING: EditToolOf<'remove-building'> = {
  kind: 'remove-building',
  subject: 'buildings',
  title: 'removeBuilding',
  verb: 'verbDemolish',
  picks: { layers: ['buildings', 'buildings_3d'], hint: 'pickBuildingToRemove' },
  compose: ({ objects: [building] }) => building && [{ kind: 'remove-building', building: building.id }],
  words: ({ edit }) => t('editRemoves', { id: edit.building }),
};
