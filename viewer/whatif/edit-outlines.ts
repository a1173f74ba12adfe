import { computed, effect, signal } from '@preact/signals';
import type { Geometry } from '../../core/geo/geometry.ts';
import type { ScenarioReply } from '../../core/wire/scenario.ts';
import { fetchItem } from '../api/city-api.ts';
import { comparing } from '../state/shown-city.ts';
import { basePrefixOf, scenario } from './open-scenario.ts';

/** Where the open scenario changes something, EPSG:2177. */
export interface EditOutline {
  readonly change: 'added' | 'removed';
  readonly geometry: Geometry;
}

/** Shapes of removed buildings as their base has them; the scenario itself knows them no more. */
const removed = signal<ReadonlyMap<string, Geometry>>(new Map());

const removedOf = ({ edits }: ScenarioReply): readonly { readonly layer: string; readonly id: string }[] =>
  edits.flatMap(({ edit, objects }) => {
    if (edit.kind !== 'remove-building') return [];
    const found = objects.find(({ layer }) => layer === 'buildings') ?? objects[0];
    return found ? [found] : [];
  });

/** Outlines of planned and of demolished buildings; none while the base is shown in the scenario's place. */
export const editOutlines = computed<readonly EditOutline[]>(() => {
  const now = scenario.value;
  if (!now || comparing.value) return [];
  const added = now.edits.flatMap(({ edit }): EditOutline[] => {
    if (edit.kind !== 'add-building') return [];
    const [first] = edit.footprint;
    const ring = [...edit.footprint, ...(first ? [first] : [])];
    return [{ change: 'added', geometry: { type: 'Polygon', coordinates: [ring] } }];
  });
  const gone = removedOf(now).flatMap(({ layer, id }): EditOutline[] => {
    const geometry = removed.value.get(`${layer}/${id}`);
    return geometry ? [{ change: 'removed', geometry }] : [];
  });
  return [...added, ...gone];
});

/** Fetches the shapes of removed buildings once each. Returns how to stop. */
export function followRemoved(): () => void {
  return effect(() => {
    const now = scenario.value;
    if (!now) return;
    for (const { layer, id } of removedOf(now)) {
      const key = `${layer}/${id}`;
      if (removed.peek().has(key)) continue;
      fetchItem(layer, id, undefined, basePrefixOf(now)).then(
        (item) => {
          if (item?.geometry) removed.value = new Map(removed.peek()).set(key, item.geometry);
        },
        // The list of edits still names it; only its outline is missing.
        () => {},
      );
    }
  });
}
