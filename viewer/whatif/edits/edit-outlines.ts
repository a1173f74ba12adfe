import { computed, effect, signal } from '@preact/signals';
import type { Geometry } from '../../../core/geo/geometry.ts';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import { fetchItem } from '../../api/city-api.ts';
import { comparing } from '../../state/shown-city.ts';
import { basePrefixOf, scenario } from '../open-scenario.ts';
import { toolFor } from './edit-tools.ts';

/** Where the open scenario changes something, EPSG:2177. */
export interface EditOutline {
  readonly change: 'added' | 'removed';
  readonly geometry: Geometry;
}

/** Shapes of removed objects as their base has them; the scenario itself knows them no more. */
const removed = signal<ReadonlyMap<string, Geometry>>(new Map());

interface Place {
  readonly layer: string;
  readonly id: string;
}

/** Solids are drawn by the model itself. */
const isFlat = ({ layer }: Place): boolean => !layer.endsWith('_3d');

const keyOf = ({ layer, id }: Place): string => `${layer}/${id}`;

const removedOf = ({ edits }: ScenarioReply): readonly Place[] =>
  edits.flatMap(({ objects }) => objects.filter(({ change }) => change === 'removed').filter(isFlat));

/** Outlines of what is planned and of what is gone; none while the base is shown in the scenario's place. */
export const editOutlines = computed<readonly EditOutline[]>(() => {
  const now = scenario.value;
  if (!now || comparing.value) return [];
  const outlines = new Map<string, EditOutline>();
  for (const { edit, objects } of now.edits) {
    for (const object of objects.filter(isFlat)) {
      const key = keyOf(object);
      const geometry =
        object.change === 'removed' ? removed.value.get(key) : toolFor(edit.kind)?.shape?.(edit);
      const wasPlanned = outlines.get(key)?.change === 'added';
      // What the scenario itself had planned leaves no trace.
      if (object.change === 'removed' && wasPlanned) outlines.delete(key);
      else if (geometry) {
        outlines.set(key, { change: object.change === 'removed' ? 'removed' : 'added', geometry });
      }
    }
  }
  return [...outlines.values()];
});

/** Fetches the shapes of removed objects once each. Returns how to stop. */
export function followRemoved(): () => void {
  return effect(() => {
    const now = scenario.value;
    if (!now) return;
    for (const place of removedOf(now)) {
      const key = keyOf(place);
      if (removed.peek().has(key)) continue;
      fetchItem(place.layer, place.id, undefined, basePrefixOf(now)).then(
        (item) => {
          if (item?.geometry) removed.value = new Map(removed.peek()).set(key, item.geometry);
        },
        // The list of edits still names it; only its outline is missing.
        () => {},
      );
    }
  });
}
