/** What a conflict of a rebase or merge says to a planner. */
import type { ReplayConflict } from '../wire/scenario-life.ts';

type Words = ReplayConflict['message'];

const MOST_NAMED = 3;

const named = (objects: ReplayConflict['objects']): string =>
  objects
    .slice(0, MOST_NAMED)
    .map(({ layer, id }) => `${layer} ${id}`)
    .join(', ') + (objects.length > MOST_NAMED ? ', …' : '');

const attributesOf = (objects: ReplayConflict['objects']): string =>
  [...new Set(objects.flatMap(({ attributes }) => attributes.map(({ name }) => name)))].join(', ');

/** @param refusal why the edit cannot be made, in English */
export function conflictWords(
  kind: Exclude<ReplayConflict['kind'], 'taken-out'>,
  objects: ReplayConflict['objects'],
  refusal: string,
): Words {
  switch (kind) {
    case 'gone':
      return {
        pl: `Obiektu już nie ma: ${named(objects)}`,
        en: `The object is no more: ${named(objects)}`,
      };
    case 'changed': {
      const attributes = attributesOf(objects);
      return attributes === ''
        ? {
            pl: `Zmiana dotyka dziś innych obiektów niż wtedy: ${named(objects)}`,
            en: `The edit reaches other objects now than it did: ${named(objects)}`,
          }
        : {
            pl: `Obiekt jest inny niż wtedy (${attributes}): ${named(objects)}`,
            en: `The object is another than it was (${attributes}): ${named(objects)}`,
          };
    }
    case 'invalid':
      return {
        pl: `Zmiany nie da się już wykonać: ${refusal}`,
        en: `The edit can no longer be made: ${refusal}`,
      };
  }
}
