/**
 * Edits of which the rows are not written yet. Writing them for each edit apart took two thirds of the time of a long
 * stack; together they cost hardly more than one. Whoever makes an edit must not miss what waits: it is made as if
 * nothing waited, and made again over all of it when it turns out to lie near, or cannot be made.
 */
import { TwinError } from '../../../core/errors.ts';
import { type Bbox, bboxesIntersect } from '../../../core/geo/bbox.ts';
import { boxesOfEdit, REACH_M } from '../../../core/scenario/reach-of-edit.ts';
import { objectKey } from '../../../core/scenario/scenario-row.ts';
import type { Edit, StoredEdit } from '../../../core/wire/scenario.ts';
import type { EditedCity, SettledEdit } from '../settle/edited-city.ts';
import { settleEdit } from '../settle/settle-edit.ts';

/** So many wait at most. */
const MOST_WAITING = 200;

export interface WaitingEdits {
  /**
   * What an edit means over all edits so far.
   * @param known how it was settled elsewhere, where it was: tells where it is likely to lie
   */
  settle(edit: Edit, known?: StoredEdit): Promise<SettledEdit>;
  add(edit: StoredEdit): Promise<void>;
  /** Has the rows of all of them written. */
  flush(): Promise<void>;
}

/**
 * @param city as the written rows have it
 * @param write brings the rows of some objects to what the stack makes of them
 */
export function waitingEdits(
  city: () => EditedCity,
  write: (objects: StoredEdit['objects']) => Promise<void>,
): WaitingEdits {
  let objects = new Map<string, StoredEdit['objects'][number]>();
  let boxes: Bbox[] = [];
  let waiting = 0;

  const flush = async (): Promise<void> => {
    const all = [...objects.values()];
    objects = new Map();
    boxes = [];
    waiting = 0;
    if (all.length > 0) await write(all);
  };
  const meets = (edit: StoredEdit): boolean =>
    // What touches no object may read any.
    edit.objects.length === 0 ||
    edit.objects.some((object) => objects.has(objectKey(object))) ||
    // Their numbers follow from those of others, however far away.
    (hasParcels(edit.objects) && hasParcels(objects.values())) ||
    boxesOfEdit(edit, REACH_M).some((reach) => boxes.some((box) => bboxesIntersect(box, reach)));

  return {
    async settle(edit, known) {
      if (known && meets(known)) await flush();
      if (waiting === 0) return settleEdit(city(), edit);
      try {
        const result = await settleEdit(city(), edit);
        if (!meets({ ...NOBODY, edit, ...result.settled })) return result;
      } catch (error) {
        if (!(error instanceof TwinError)) throw error;
      }
      await flush();
      return settleEdit(city(), edit);
    },
    async add(edit) {
      for (const object of edit.objects) objects.set(objectKey(object), object);
      boxes.push(...boxesOfEdit(edit, 0));
      waiting++;
      if (waiting >= MOST_WAITING) await flush();
    },
    flush,
  };
}

const NOBODY = { id: '', author: '', madeAt: '' };

const hasParcels = (objects: Iterable<StoredEdit['objects'][number]>): boolean =>
  [...objects].some(({ layer }) => layer === 'parcels');
