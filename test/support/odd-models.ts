/** Models for tests of runs, each with a fault or a whim. */
import { z } from 'zod';
import type { Model } from '../../core/analysis/model.ts';
import { invalidParameter } from '../../core/errors.ts';

const parametersSchema = z.strictObject({
  note: z.string().default('').describe('Anything'),
  rounds: z.int().min(0).max(1_000_000_000).default(0).describe('How long it takes'),
});
const resultSchema = z.object({
  buildings: z.int().describe('How many there are'),
  note: z.string().describe('As it was given'),
});
type OddParameters = z.infer<typeof parametersSchema>;
type OddModel = Model<{ readonly buildings: number }, OddParameters, z.infer<typeof resultSchema>>;

const odd = (name: string, run: OddModel['run']): OddModel => ({
  name,
  version: '1',
  title: { pl: name, en: name },
  summary: { pl: name, en: name },
  parameters: parametersSchema,
  result: resultSchema,
  run,
});

export const ODD_MODELS: readonly OddModel[] = [
  odd('counts', ({ buildings }, { note }, watch) => {
    watch.progress(0.5);
    return { buildings, note };
  }),
  /** Each round takes a millisecond; it listens. */
  odd('slow', ({ buildings }, { note, rounds }, watch) => {
    for (let round = 0; round < rounds; round++) {
      if (!watch.isWanted()) throw new Error('nobody waits any more');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      watch.progress(round / rounds);
    }
    return { buildings, note };
  }),
  odd('deaf', () => {
    for (;;);
  }),
  odd('throws', () => {
    throw new Error('a secret of the inside');
  }),
  odd('refuses', () => {
    throw invalidParameter('note', 'note is not to my taste');
  }),
  odd('dies', () => process.exit(7)),
  /** What it is asked after "?" is answered from what it kept. */
  {
    ...odd('remembers', ({ buildings }, { note }, watch) => {
      watch.keep?.(new TextEncoder().encode(`kept of ${note}`));
      return { buildings, note };
    }),
    again: {
      layout: 3,
      plain: ({ note, rounds }) => ({ note: note.replace(/[?].*/, ''), rounds }),
      answer: ({ buildings }, solution, { note }) => ({
        buildings,
        note: `${note}: ${new TextDecoder().decode(solution)}`,
      }),
    },
  },
  odd('lies', () => ({ buildings: 'many', note: 1 }) as never),
];
