import type { FellTree, PlantTree } from '../../wire/edits/tree.ts';
import type { Settled } from '../../wire/scenario.ts';
import { addedRow, removedRows, type ScenarioRow } from '../scenario-row.ts';

/** Rows of `trees`. */
export function treeRows(edit: PlantTree | FellTree, settled: Settled): readonly ScenarioRow[] {
  if (edit.kind === 'fell-tree') return removedRows(settled);
  return settled.objects.map((object) =>
    addedRow(
      object,
      { type: 'Point', coordinates: edit.at },
      {
        species: edit.species,
        species_latin: edit.speciesLatin ?? null,
        form: edit.form,
        height_m: edit.heightM,
        crown_diameter_m: edit.crownDiameterM,
        protection: 'none',
        parcel_id: settled.parcelIds?.[0] ?? null,
      },
    ),
  );
}
