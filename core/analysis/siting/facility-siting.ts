/** Where new facilities should stand: the best sites with a proven bound, the second choice, and who gains. */
import { type SitingResult, sitingResultSchema } from '../../wire/siting-answer.ts';
import { type SiteKind, type SitingQuestion, sitingQuestionSchema } from '../../wire/siting-question.ts';
import type { Model } from '../model.ts';
import { chooseSites } from './choose-sites.ts';
import { sensitivityOf } from './sensitivity.ts';
import { tenth } from './siting-effect.ts';
import type { SitingFacts } from './siting-facts.ts';
import { sitingRefusal } from './siting-refusal.ts';
import { effectOf } from './siting-report.ts';
import { type SitingTask, sitingTask } from './siting-task.ts';
import { tradeOffOf } from './trade-off.ts';

/** Part of the work after which the choice is made. */
export const CHOSEN_AT = 0.6;

export const FACILITY_SITING: Model<SitingFacts, SitingQuestion, SitingResult> = {
  name: 'facility-siting',
  version: '2',
  title: { pl: 'Gdzie postawić placówkę', en: 'Where to put a facility' },
  summary: {
    pl: 'Najlepsze miejsca pod nowe żłobki, przedszkola, szkoły, domy opieki, place zabaw, paczkomaty i defibrylatory: zasięg, najkrótsze dojścia, miejsca albo równość, z dowiedzioną granicą, drugim wyborem, skutkiem dla dzielnic i odpornością na założenia. Dojścia ulicami i ścieżkami; miejsca na osobę metodą 2SFCA.',
    en: 'The best places for new nurseries, kindergartens, schools, care homes, playgrounds, parcel lockers and defibrillators: reach, shortest walks, places or equity, with a proven bound, the second choice, what it means for districts, and how the answer bears other assumptions. Walks along streets and paths; places for each person by 2SFCA.',
  },
  parameters: sitingQuestionSchema,
  result: sitingResultSchema,
  run(facts, question, watch) {
    const task = sitingTask(facts, question);
    refuseUnanswerable(task);
    watch.progress(0.2);
    const found = chooseSites(task, watch);
    watch.progress(CHOSEN_AT);
    const { world, table, demand, terms, newSite } = task;
    const sites = found.sites.map((row) => newSite(row));
    const kinds = (kind: SiteKind) => facts.candidates.filter(({ siteKind }) => siteKind === kind).length;
    const effect = effectOf(world, table, demand, { ...found, sites }, terms);
    const sensitivity = sensitivityOf(task, found, watch);
    watch.progress(0.9);
    return {
      question: { ...question, walkMinutes: terms.walkMinutes, capacityPerSite: terms.capacity ?? null },
      objective: tenth(found.objective),
      bound: tenth(found.bound),
      unit: found.unit,
      proven: found.isProven,
      gap: found.isProven ? 0 : found.gap,
      runnerUp: found.runnerUp
        ? {
            sites: found.runnerUp.sites.map((row) => newSite(row).id),
            objective: tenth(found.runnerUp.objective),
            difference: tenth(Math.abs(found.objective - found.runnerUp.objective)),
          }
        : null,
      candidates: {
        tried: facts.candidates.length,
        fit: facts.candidatesThatFit,
        offNetwork: facts.candidates.length - task.candidateRows.length,
        byKind: { parcel: kinds('parcel'), building: kinds('building'), premises: kinds('premises') },
      },
      beyondHelp: found.beyondHelp,
      ...effect,
      sensitivity,
      tradeOff: task.tradesOff ? tradeOffOf(task, watch) : [],
    };
  },
};

/** @throws TwinError invalid-parameter with what to change */
function refuseUnanswerable({ facts, question, demand, candidateRows, customersOn }: SitingTask): void {
  if (facts.streets.from.length === 0) {
    throw sitingRefusal(
      'no-streets',
      'There are no streets or paths here to walk along; load the layer roads first',
      {},
    );
  }
  if (customersOn === 0 || demand.people.every((each) => each === 0)) {
    throw sitingRefusal(
      'nobody',
      'There is nobody of these ages near a street here: load the population, or ask of another kind',
      {},
    );
  }
  const known = new Set(facts.candidates.map(({ id }) => id));
  const unknown = question.candidates?.filter((id) => !known.has(id)) ?? [];
  if (unknown.length > 0) {
    const ids = unknown.slice(0, 5).join(', ');
    throw sitingRefusal(
      'unknown-candidates',
      `There is no parcel, building or vacant premises ${ids} here; take ids of the layers parcels, buildings or facilities`,
      { ids },
    );
  }
  if (candidateRows.length === 0) {
    const why = question.candidates
      ? 'none of the parcels named lies near a street of this city; name others'
      : 'no municipal parcel near a street fits; widen minParcelM2 and maxParcelM2, or name parcels in candidates';
    const code = question.candidates ? 'candidates-off-street' : 'no-candidates';
    throw sitingRefusal(code, `There is no candidate: ${why}`, {});
  }
  if (question.objective !== 'lscp' && candidateRows.length < question.newSites) {
    throw sitingRefusal(
      'too-few-candidates',
      `${question.newSites} new sites are asked for and ${candidateRows.length} candidates near a street fit; ask for fewer, or widen minParcelM2 and maxParcelM2`,
      { asked: question.newSites, there: candidateRows.length },
    );
  }
}
