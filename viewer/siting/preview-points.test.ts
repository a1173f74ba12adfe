import { expect, it } from 'vitest';
import type { SitingPreviewReply } from '../../core/wire/siting-answer.ts';
import { previewWithPoints } from './preview-points.ts';

const point = (id: string, walkAfter: number) => ({ id, walkBefore: 9, walkAfter });
const reply = (points: readonly object[]) => ({ points }) as unknown as SitingPreviewReply;

it('tells every place while only those that change are asked for, and all again of another state', async () => {
  const asked: string[] = [];
  const ask = async (question: { sites: readonly unknown[]; points: string }) => {
    asked.push(`${question.sites.length} ${question.points}`);
    return reply(question.points === 'all' ? [point('a', 9), point('b', 9)] : [point('b', 3)]);
  };
  const question = { kind: 'nursery', sites: [{ e: 1, n: 2 }], closed: [], points: 'all' };
  const told = await previewWithPoints('today', question, ask);
  expect(told.points).toEqual([point('a', 9), point('b', 3)]);
  await previewWithPoints('today', { ...question, sites: [{ e: 5, n: 2 }] }, ask);
  expect(asked).toEqual(['0 all', '1 changed', '1 changed']);
  await previewWithPoints('tomorrow', question, ask);
  expect(asked.slice(3)).toEqual(['0 all', '1 changed']);
});
