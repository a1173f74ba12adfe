import type { AddFacility, ChangeFacility, CloseFacility } from '../../wire/edits/facility.ts';
import type { Settled } from '../../wire/scenario.ts';
import { addedRow, changedRows, removedRows, type ScenarioRow } from '../scenario-row.ts';

/** Rows of `facilities`. */
export function facilityRows(
  edit: AddFacility | CloseFacility | ChangeFacility,
  settled: Settled,
): readonly ScenarioRow[] {
  switch (edit.kind) {
    case 'close-facility':
      return removedRows(settled);
    case 'change-facility':
      return changedRows(settled, () => ({ properties: { capacity: edit.capacity } }));
    case 'add-facility':
      return settled.objects.map((object) =>
        addedRow(object, { type: 'Point', coordinates: edit.at }, propertiesOf(edit, settled)),
      );
  }
}

const propertiesOf = (edit: AddFacility, { buildingId }: Settled) => ({
  name: edit.name,
  kind: edit.facility,
  capacity: edit.capacity ?? null,
  age_from: edit.ageFrom ?? null,
  age_to: edit.ageTo ?? null,
  ownership: edit.ownership,
  opening_hours: edit.openingHours ?? null,
  address: edit.address ?? null,
  building_id: buildingId ?? null,
});
