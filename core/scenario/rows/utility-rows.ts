import type { AddUtilityLine, RemoveUtilityLine } from '../../wire/edits/utility.ts';
import type { Settled } from '../../wire/scenario.ts';
import { addedRow, PLANNED_NAMESPACE, removedRows, type ScenarioRow } from '../scenario-row.ts';

/** Rows of `utility_lines`. */
export function utilityRows(
  edit: AddUtilityLine | RemoveUtilityLine,
  settled: Settled,
): readonly ScenarioRow[] {
  if (edit.kind === 'remove-utility-line') return removedRows(settled);
  return settled.objects.map((object) =>
    addedRow(
      object,
      { type: 'LineString', coordinates: edit.path },
      {
        network: edit.network,
        role: edit.role,
        course: edit.course,
        diameter_mm: edit.diameterMm ?? null,
        depth_m: edit.depthM ?? null,
        material: edit.material ?? null,
        state: 'designed',
        iip_namespace: PLANNED_NAMESPACE,
        iip_local_id: object.id,
      },
    ),
  );
}
