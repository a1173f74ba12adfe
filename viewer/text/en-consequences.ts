import type { plConsequences } from './pl-consequences.ts';

/** English words of what follows from a scenario. */
export const enConsequences: Readonly<Record<keyof typeof plConsequences, string>> = {
  consequencesTitle: 'Consequences',
  consequencesAsk: 'Compute the consequences',
  consequencesBusy: 'Computing the consequences',
  consequencesAgain: 'The scenario has changed; computing again',
  runCalledOff: 'The computation was stopped.',
  consequencesCallOff: 'Stop',
  consequencesFailed: 'The consequences could not be computed. {reason} The scenario is safe.',
  consequencesDone:
    'Consequences computed: {n} indicator changes|Consequences computed: {n} indicators change',
  consequencesNone: 'No indicator changes.',
  consequencesIndicator: 'Indicator',
  consequencesDelta: 'Difference',
  consequencesWithin: 'within its error',
  consequencesBound: 'Error',
  consequencesSource: 'Source',
  consequencesScopeLand: 'Measured on the parcels that change.',
  consequencesScopeArea: 'Measured in the whole area.',
  consequencesScopeSurroundings: 'Measured within 100 m of the edited buildings.',
  consequencesScopeEdits: 'Measured in the edits themselves.',
  consequencesScopeChecked: 'Counted on the parcels that the changes can reach.',
  consequencesUnknown: 'Not assessed: {n}|Not assessed: {n}',
  consequencesSteady: 'Unchanged: {n} indicator|Unchanged: {n} indicators',
  consequencesWhere: 'Area {area}: the changes and 500 m around. Law as of {day}.',
  consequencesNoFindings: 'No rule of the plan changes its verdict.',
  consequencesFindings: '{n} verdict changes:|{n} verdicts change:',
  findingAppears: 'appears',
  findingVanishes: 'vanishes',
  findingChanges: 'changes',
  findingMeasured: '({value}; limit {limit})',
  findingShow: 'Show on the map',
  parcelChecksSame:
    'The check of {n} parcel in reach says the same as before.|The check of {n} parcels in reach says the same as before.',
  parcelChecksDiffer:
    'The check of {n} parcel in reach says something else:|The check of {n} parcels in reach says something else:',
  parcelCount: '{n} parcel|{n} parcels',
  parcelIsNew: 'new',
  parcelIsGone: 'gone',
  parcelFindingNone: 'nothing',
  parcelFindingsMore: 'and {n} more',
};
