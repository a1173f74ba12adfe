/** Words of the report of new sites. */
import type { Text } from '../feature/layer.ts';
import type { SitingAnswer } from '../wire/siting-answer.ts';
import type { SitedKind } from '../wire/siting-question.ts';

export const KIND_TITLES: Readonly<Record<SitedKind, Text>> = {
  nursery: { pl: 'Żłobek', en: 'Nursery' },
  kindergarten: { pl: 'Przedszkole', en: 'Kindergarten' },
  primary_school: { pl: 'Szkoła podstawowa', en: 'Primary school' },
  secondary_school: { pl: 'Szkoła średnia', en: 'Secondary school' },
  care_home: { pl: 'Dom opieki', en: 'Care home' },
  playground: { pl: 'Plac zabaw', en: 'Playground' },
  parcel_locker: { pl: 'Paczkomat', en: 'Parcel locker' },
  defibrillator: { pl: 'Defibrylator', en: 'Defibrillator' },
};

export const AIM_TITLES: Readonly<Record<string, Text>> = {
  coverage: { pl: 'jak najwięcej osób w zasięgu', en: 'as many people as can be within reach' },
  'p-median': { pl: 'wszyscy razem chodzą najmniej', en: 'all together walk least' },
  'p-center': { pl: 'najdłuższe dojście jak najkrótsze', en: 'the longest walk is shortest' },
  lscp: { pl: 'najmniej punktów, by każdy miał blisko', en: 'fewest sites so that all have one near' },
  capacitated: { pl: 'jak najwięcej osób z miejscem', en: 'as many people as can be get a place' },
  equity: { pl: 'najsłabsza dzielnica zyskuje najwięcej', en: 'the district worst off gains most' },
};

export const UNIT_TITLES: Readonly<Record<SitingAnswer['unit'], Text>> = {
  people: { pl: 'osób', en: 'people' },
  'people × min': { pl: 'osobominut', en: 'person-minutes' },
  min: { pl: 'min', en: 'min' },
  sites: { pl: 'punktów', en: 'sites' },
  'places per 100': { pl: 'miejsc na 100 osób', en: 'places per 100 people' },
};

export const SITING_WORDS = {
  title: { pl: 'Gdzie postawić', en: 'Where to put' },
  subject: { pl: 'Nowe placówki: zasięg, dojścia, dzielnice', en: 'New facilities: reach, walks, districts' },
  effect: { pl: 'Kto ma blisko', en: 'Who is near' },
  measure: { pl: 'Miara', en: 'Measure' },
  before: { pl: 'Dziś', en: 'Today' },
  after: { pl: 'Z nowymi', en: 'With new' },
  change: { pl: 'Zmiana', en: 'Change' },
  served: { pl: 'Osoby w zasięgu', en: 'People within reach' },
  unserved: { pl: 'Osoby poza zasięgiem', en: 'People out of reach' },
  withoutPlace: { pl: 'Bez miejsca', en: 'Without a place' },
  desert: {
    pl: 'Na pustyni (mniej niż 1 miejsce na 3 osoby)',
    en: 'In a desert (less than 1 place for 3 people)',
  },
  meanWalk: { pl: 'Średnie dojście, min', en: 'Mean walk, min' },
  longWalk: { pl: '95 % osób do, min', en: '95 % of people within, min' },
  sites: { pl: 'Nowe punkty', en: 'New sites' },
  site: { pl: 'Działka', en: 'Parcel' },
  gained: { pl: 'Zyskują', en: 'Gain' },
  within5: { pl: '5 min', en: '5 min' },
  within10: { pl: '10 min', en: '10 min' },
  within15: { pl: '15 min', en: '15 min' },
  halfWalk: { pl: 'Połowa do, min', en: 'Half within, min' },
  places: { pl: 'Miejsca', en: 'Places' },
  cost: { pl: 'Koszt, mln zł', en: 'Cost, PLN m' },
  costOfAll: { pl: 'Koszt razem, bez gruntu', en: 'Cost of all, without land' },
  million: { pl: 'mln zł', en: 'million PLN' },
  findings: {
    pl: 'ustalenia sprawdzenia działki: dotyczy/na granicy/nie oceniono',
    en: 'findings of the parcel check: applies/touches/not assessed',
  },
  closed: { pl: 'Zamykana', en: 'Closed' },
  enlarged: { pl: 'Powiększana', en: 'Enlarged' },
  proof: { pl: 'Jak dobre jest to rozwiązanie', en: 'How good this is' },
  aim: { pl: 'Co jest najlepsze', en: 'What is best' },
  objective: { pl: 'Wynik', en: 'Result' },
  bound: { pl: 'Lepiej niż to się nie da', en: 'Nothing is better than' },
  proven: { pl: 'dowiedzione', en: 'proven' },
  gap: { pl: 'Luka', en: 'Gap' },
  time: { pl: 'Czas', en: 'Time' },
  candidates: { pl: 'Działki sprawdzone z pasujących', en: 'Parcels tried of those that fit' },
  runnerUp: { pl: 'Drugi wybór', en: 'Second choice' },
  worseBy: { pl: 'gorszy o', en: 'worse by' },
  sensitivity: {
    pl: 'Jak często działka jest w najlepszym wyborze przy innych założeniach',
    en: 'How often a parcel is in the best choice under other assumptions',
  },
  maps: { pl: 'Mapy: dojście dziś i z nowymi', en: 'Maps: the walk today and with the new' },
  mapBefore: { pl: 'Dojście do najbliższej dziś', en: 'The walk to the nearest today' },
  mapAfter: { pl: 'Dojście do najbliższej z nowymi', en: 'The walk to the nearest with the new' },
  walkOf: { pl: 'Dojście', en: 'Walk of' },
  walkShorter: { pl: 'Dojście krótsze niż dziś', en: 'A shorter walk than today' },
  standing: { pl: 'Istniejące', en: 'Existing' },
  walks: { pl: 'Dojście do najbliższej', en: 'Walk to the nearest' },
  minutes: { pl: 'Minut', en: 'Minutes' },
  districts: { pl: 'Dzielnice', en: 'Districts' },
  district: { pl: 'Dzielnica', en: 'District' },
  people: { pl: 'Osoby', en: 'People' },
  assumptions: { pl: 'Założenia', en: 'Assumptions' },
} as const satisfies Readonly<Record<string, Text>>;
