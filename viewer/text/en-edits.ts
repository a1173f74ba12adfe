import type { plEdits } from './pl-edits.ts';

/** English words of the tools that change a scenario. */
export const enEdits: Readonly<Record<keyof typeof plEdits, string>> = {
  paletteTitle: 'Change in the scenario',
  subjectBuildings: 'Buildings',
  verbDraw: 'Draw',
  verbDemolish: 'Demolish',
  editOther: 'Change: {kind}',
  editsEarlier: 'Show {n} earlier change|Show {n} earlier changes',
  changedHere: 'changed in this scenario',
  changedTakeBack: 'Put back as it was',
  picking: 'Looking',
  picked: 'Picked: {what}',
  pickedNot: 'Left out: {what}',
  pickDrop: 'Leave out: {what}',
  pickNothing: 'There is no such object here.',
  toolReady: 'Fill in the rest and save.',
  toolPickKeys: 'On the map: Shift and arrows move the cross, Space picks. Esc puts the tool down.',
  toolDrawKeys:
    'On the map: Shift and arrows move the cross, Space sets a point, Backspace takes it back, Enter ends.',
  toolOutside: 'This place lies outside the city.',
  toolNote: 'Note (optional)',
  toolLength: 'Length: {length}',
  toolArea: 'Area: {area}',
  toolPlaces: '{n} place|{n} places',
  toolEndShape: 'End the drawing',
  toolDone: 'Done',
  toolSaved: 'Saved in the scenario: {what}',
  toolSavedMany: '{n} change saved in the scenario|{n} changes saved in the scenario',
  pickBuildingToRemove: 'Point at the building to demolish.',
};
