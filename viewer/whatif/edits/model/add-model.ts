import { hullOf, type Xy } from '../../../../core/geo/plane.ts';
import { formatQuantity } from '../../../format/number.ts';
import { t, tn } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { placedModel, startPlacing } from './model-work.ts';

/** Has a panel of its own: a file, a place, and what lies under it. */
export const ADD_MODEL: EditToolOf<'add-model'> = {
  kind: 'add-model',
  subject: 'buildings',
  title: 'placeModel',
  verb: 'verbPlace',
  open: startPlacing,
  compose: () => {
    const model = placedModel.value;
    return model && [model];
  },
  words: ({ edit }) => t('editPlacesModel', { name: edit.name ?? edit.source.file }),
  facts: ({ edit, heightM, volumeM3 }) => [
    edit.source.format,
    tn('storeyCount', edit.storeys, { n: edit.storeys }),
    heightM === undefined ? '' : formatQuantity(heightM, 'm', 1),
    volumeM3 === undefined ? '' : formatQuantity(volumeM3, 'm3', 0),
  ],
  shape: ({ cornersMm, at, turnDeg }) => {
    const angle = (turnDeg * Math.PI) / 180;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const hull = hullOf(cornersMm.map(([x, y]): Xy => [x / 1000, y / 1000]));
    const ring = hull.map(([x, y]): Xy => [at[0] + x * cos - y * sin, at[1] + x * sin + y * cos]);
    return { type: 'Polygon', coordinates: [[...ring, ...ring.slice(0, 1)]] };
  },
};
