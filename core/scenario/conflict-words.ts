/** What a conflict of a rebase or merge says to a planner. */
import type { Language, Layer } from '../feature/layer.ts';
import type { ReplayConflict } from '../wire/scenario-life.ts';

type Words = ReplayConflict['message'];
type Objects = ReplayConflict['objects'];

const MOST_NAMED = 3;

const GEOMETRY: Words = { pl: 'geometria', en: 'geometry' };

/** By the titles of layers and the labels of attributes, as people know them. */
const wordsIn = (layers: readonly Layer[], language: Language) => {
  const titleOf = (name: string) => layers.find((layer) => layer.name === name)?.title[language] ?? name;
  const labelOf = (layer: string, attribute: string) =>
    attribute === 'geometry'
      ? GEOMETRY[language]
      : (layers
          .find(({ name }) => name === layer)
          ?.properties.find(({ name }) => name === attribute)
          ?.label[language].toLowerCase() ?? attribute);
  return {
    named: (objects: Objects): string =>
      objects
        .slice(0, MOST_NAMED)
        .map(({ layer, id }) => `${titleOf(layer)} ${id}`)
        .join(', ') + (objects.length > MOST_NAMED ? ', …' : ''),
    attributesOf: (objects: Objects): string =>
      [
        ...new Set(
          objects.flatMap(({ layer, attributes }) => attributes.map(({ name }) => labelOf(layer, name))),
        ),
      ].join(', '),
  };
};

/**
 * @param refusal why the edit cannot be made, in English
 * @param layers of the city
 */
export function conflictWords(
  kind: Exclude<ReplayConflict['kind'], 'taken-out'>,
  objects: Objects,
  refusal: string,
  layers: readonly Layer[],
): Words {
  const [pl, en] = [wordsIn(layers, 'pl'), wordsIn(layers, 'en')];
  switch (kind) {
    case 'gone':
      return {
        pl: `Obiektu już nie ma: ${pl.named(objects)}`,
        en: `The object is no more: ${en.named(objects)}`,
      };
    case 'changed': {
      return objects.every(({ attributes }) => attributes.length === 0)
        ? {
            pl: `Zmiana dotyka dziś innych obiektów niż wtedy: ${pl.named(objects)}`,
            en: `The edit reaches other objects now than it did: ${en.named(objects)}`,
          }
        : {
            pl: `Obiekt jest inny niż wtedy (${pl.attributesOf(objects)}): ${pl.named(objects)}`,
            en: `The object is another than it was (${en.attributesOf(objects)}): ${en.named(objects)}`,
          };
    }
    case 'invalid':
      return {
        pl: `Zmiany nie da się już wykonać: ${refusal}`,
        en: `The edit can no longer be made: ${refusal}`,
      };
  }
}
