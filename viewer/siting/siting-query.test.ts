import { expect, it } from 'vitest';
import { sitingPreviewSchema, sitingQuestionSchema } from '../../core/wire/siting-question.ts';
import { readLink, writeLink } from '../state/link.ts';
import { FIRST_ASK, previewOf, questionOf, readAsk, type SitingAsk, writeAsk } from './siting-query.ts';

const WHOLE: SitingAsk = {
  ...{ kind: 'care_home', objective: 'p-median', newSites: 3, existing: 'closable', searched: true },
  ...{ equityBy: 'deviation', avoid: [], siteKinds: ['building', 'premises'], slopes: false, stepFree: true },
  candidates: ['306401_1.0021.AR_10.169/4', 'LU-0003'],
  numbers: {
    forecastYear: 2030,
    walkMinutes: 12.5,
    capacityPerSite: 60,
    budgetPln: 30_000_000,
    walkKmH: 4,
    maxParcelM2: 9000,
  },
  sites: [
    { e: 6_427_808, n: 5_808_180 },
    { e: 6_427_100, n: 5_808_900, capacity: 40 },
    { e: 6_427_200, n: 5_808_900, siteKind: 'premises' },
  ],
  closed: ['PLA-0004'],
};

it.each([
  ['whole', WHOLE],
  ['first', FIRST_ASK],
  ['long', { ...WHOLE, candidates: Array.from({ length: 500 }, (_, k) => `306401_1.0021.AR_10.${k}/4`) }],
] as const)('keeps the %s question in the link', (_, ask) => {
  const { siting = '' } = readLink(writeLink({ siting: writeAsk(ask) }));
  expect(readAsk(siting)).toEqual(ask);
});

it('leaves out what it does not understand', () => {
  const read = readAsk(
    'kind:prison;aim:luck;new:99;walk:far;places:-5;at:1_x,6427808_5808180_y;search:maybe',
  );
  expect(read).toEqual({ ...FIRST_ASK, newSites: 10, sites: [{ e: 6_427_808, n: 5_808_180 }] });
});

it('asks the service only what its doors take', () => {
  expect(sitingPreviewSchema.parse(previewOf(WHOLE))).toMatchObject({ kind: 'care_home', walkMinutes: 12.5 });
  expect(sitingQuestionSchema.parse(questionOf(WHOLE))).toMatchObject({
    ...{ objective: 'p-median', newSites: 3, existing: 'closable', budgetPln: 30_000_000 },
  });
});
