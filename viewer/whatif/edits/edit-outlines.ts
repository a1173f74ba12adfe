import { computed } from '@preact/signals';
import type { Geometry } from '../../../core/geo/geometry.ts';
import type { StoredEdit, TouchedObject } from '../../../core/wire/scenario.ts';
import { comparing } from '../../state/shown-city.ts';
import { scenario } from '../open-scenario.ts';
import { toolFor } from './edit-tools.ts';

/** Where the open scenario changes something, EPSG:2177. */
export interface EditOutline {
  /** None for what is no object of a register. */
  readonly layer?: TouchedObject['layer'];
  readonly change: TouchedObject['change'];
  readonly geometry: Geometry;
}

/** Drawing more of them would hide the city; the list names them all. */
const MOST_DRAWN = 2_000;

/** Solids are drawn by the model itself; what only follows from another change would cover it. */
const UNDRAWN: ReadonlySet<string> = new Set(['buildings_3d', 'parcel_land_uses', 'boundary_points']);

/** Outlines of what is planned, changed and gone; none while the base is shown in the scenario's place. */
export const editOutlines = computed<readonly EditOutline[]>(() => {
  const now = scenario.value;
  if (!now || comparing.value) return [];
  const outlines = new Map<string, EditOutline>();
  for (const stored of now.edits.slice(-MOST_DRAWN)) {
    const shape = toolFor(stored.edit.kind)?.shape?.(stored.edit);
    // Ground and demand are no objects of a register.
    if (stored.objects.length === 0 && shape) outlines.set(stored.id, { change: 'changed', geometry: shape });
    for (const object of stored.objects) {
      if (isDrawn(stored, object)) outline(outlines, stored, object, shape);
    }
  }
  return [...outlines.values()];
});

/** What stands on a parcel that is divided or merged only gets to know its new number. */
const isDrawn = ({ registeredOn = [] }: StoredEdit, { layer, id }: TouchedObject): boolean =>
  !UNDRAWN.has(layer) && !registeredOn.some((each) => each.layer === layer && each.id === id);

function outline(
  outlines: Map<string, EditOutline>,
  { edit }: StoredEdit,
  { layer, id, change, before }: TouchedObject,
  shape: Geometry | undefined,
): void {
  const key = `${layer}/${id}`;
  const was = outlines.get(key);
  const kept = before?.geometry ?? undefined;
  const after = kept && toolFor(edit.kind)?.after?.(edit, kept);
  const geometry = change === 'added' ? shape : (after ?? kept);
  // What the scenario itself had planned leaves no trace when it goes, and stays planned when it is changed.
  if (change === 'removed' && was?.change === 'added') outlines.delete(key);
  else if (geometry && change === 'changed' && was && was.change !== 'removed')
    outlines.set(key, { ...was, ...(after && { geometry }) });
  else if (geometry) outlines.set(key, { layer, change, geometry });
}
