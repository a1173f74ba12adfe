import type { SitingAnswer } from '../../core/wire/siting-answer.ts';
import type { SitedKind, SiteKind, SitingAvoided, SitingQuestion } from '../../core/wire/siting-question.ts';
import { formatCount, formatNumber } from '../format/number.ts';
import { t, type Word } from '../text/text.ts';

export const KIND_WORDS: Readonly<Record<SitedKind, Word>> = {
  nursery: 'sitingNursery',
  kindergarten: 'sitingKindergarten',
  primary_school: 'sitingPrimarySchool',
  secondary_school: 'sitingSecondarySchool',
  care_home: 'sitingCareHome',
  playground: 'sitingPlayground',
  parcel_locker: 'sitingParcelLocker',
  defibrillator: 'sitingDefibrillator',
};

/** Whom a kind serves. */
export const PEOPLE_WORDS: Readonly<Record<SitedKind, Word>> = {
  nursery: 'sitingPeopleNursery',
  kindergarten: 'sitingPeopleKindergarten',
  primary_school: 'sitingPeoplePrimary',
  secondary_school: 'sitingPeopleSecondary',
  care_home: 'sitingPeopleCare',
  playground: 'sitingPeoplePlayground',
  parcel_locker: 'sitingPeopleAll',
  defibrillator: 'sitingPeopleAll',
};

export const AIM_WORDS: Readonly<Record<SitingQuestion['objective'], Word>> = {
  coverage: 'sitingAimCoverage',
  'p-median': 'sitingAimMedian',
  'p-center': 'sitingAimCenter',
  lscp: 'sitingAimLscp',
  capacitated: 'sitingAimCapacitated',
  equity: 'sitingAimEquity',
};

export const EXISTING_WORDS: Readonly<Record<SitingQuestion['existing'], Word>> = {
  fixed: 'sitingExistingFixed',
  closable: 'sitingExistingClosable',
  enlargeable: 'sitingExistingEnlargeable',
};

export const EQUITY_WORDS: Readonly<Record<SitingQuestion['equityBy'], Word>> = {
  'worst-district': 'sitingEquityWorst',
  deviation: 'sitingEquityDeviation',
};

export const SITE_KIND_WORDS: Readonly<Record<SiteKind, Word>> = {
  parcel: 'sitingOnParcel',
  building: 'sitingInBuilding',
  premises: 'sitingInPremises',
};

export const AVOIDED_WORDS: Readonly<Record<SitingAvoided, Word>> = {
  flood: 'sitingAvoidFlood',
  noise: 'sitingAvoidNoise',
  nature: 'sitingAvoidNature',
  heritage: 'sitingAvoidHeritage',
};

const UNIT_WORDS: Readonly<Record<SitingAnswer['unit'], Word>> = {
  people: 'sitingUnitPeople',
  'people × min': 'sitingUnitPeopleMin',
  min: 'sitingUnitMin',
  sites: 'sitingUnitSites',
  'places per 100': 'sitingUnitPlaces',
};

/** In which a search tells of its best so far. */
export const UNIT_OF_AIM: Readonly<Record<SitingQuestion['objective'], SitingAnswer['unit']>> = {
  coverage: 'people',
  'p-median': 'people × min',
  'p-center': 'min',
  lscp: 'sites',
  capacitated: 'people',
  equity: 'places per 100',
};

/** An objective or a difference of objectives with its unit. */
export const measured = (value: number, unit: SitingAnswer['unit']): string =>
  `${formatNumber(value, unit === 'people' || unit === 'sites' ? 0 : 1)} ${t(UNIT_WORDS[unit])}`;

/** People as people count them: the store knows shares of a person. */
export const people = (value: number): string => formatCount(Math.round(value));

export const signed = (value: number): string => {
  const whole = Math.round(value);
  return whole > 0 ? `+${formatCount(whole)}` : whole === 0 ? '0' : `\u2212${formatCount(-whole)}`;
};

export const minutes = (value: number | null): string =>
  value === null ? '–' : t('sitingMinutes', { n: formatNumber(value, 1) });

/** Millions are easier to read than their zeros. */
export const money = (pln: number): string =>
  pln >= 1_000_000
    ? t('sitingMillionPln', { n: formatNumber(pln / 1_000_000, 2) })
    : t('sitingPln', { n: formatCount(pln) });
