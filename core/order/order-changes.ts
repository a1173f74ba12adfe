/** Orders of what has changed since a moment: a layer with the kind of each change beside its objects. */
import type { Layer, PropertyDeclaration } from '../feature/layer.ts';
import type { OrderFormat } from '../wire/order.ts';

/** Formats whose objects carry any properties, so that the kind of a change can stand among them. */
export const CHANGE_FORMATS: readonly OrderFormat[] = ['gml', 'gpkg', 'geojson', 'csv'];

const CHANGE_PROPERTIES: readonly PropertyDeclaration[] = [
  {
    name: 'change',
    type: 'text',
    label: { pl: 'Zmiana', en: 'Change' },
    codelist: [
      { code: 'added', label: { pl: 'dodany', en: 'added' } },
      { code: 'changed', label: { pl: 'zmieniony', en: 'changed' } },
      { code: 'removed', label: { pl: 'usunięty', en: 'removed' } },
    ],
  },
  {
    ...{ name: 'version_before', type: 'integer' },
    label: { pl: 'Wersja zbioru przed zmianą', en: 'Dataset version before' },
  },
  {
    ...{ name: 'version_after', type: 'integer' },
    label: { pl: 'Wersja zbioru po zmianie', en: 'Dataset version after' },
  },
];

const changed = new WeakMap<Layer, Layer>();

/**
 * The layer of changes of a layer. Whoever puts what was added or changed in the place of the object of the same id, and
 * takes away what was removed, has the later state from the earlier one; a removed object is as it was.
 */
export function layerOfChanges(layer: Layer): Layer {
  const known = changed.get(layer) ?? { ...layer, properties: [...CHANGE_PROPERTIES, ...layer.properties] };
  changed.set(layer, known);
  return known;
}
