import { describe, expect, it } from 'vitest';
import { openProgress } from './progress.ts';

function screen(isTTY: boolean, columns = 80) {
  let text = '';
  let nowMs = 0;
  const progress = openProgress(
    {
      isTTY,
      columns,
      write: (more: string) => {
        text += more;
      },
    },
    () => nowMs,
  );
  return {
    ...progress,
    wait: (ms: number) => {
      nowMs += ms;
    },
    text: () => text,
    /** What a terminal shows in the end: later text replaces what `\r` and the erase code begin. */
    shown: () => text.split('\n').map((line) => line.split('\r\u001b[2K').at(-1)),
  };
}

describe('progress without a terminal', () => {
  it('writes a line for each step, each quarter and each end', () => {
    const log = screen(false);
    log.step('Storing');
    for (const done of [10, 250, 260, 499, 500, 999]) log.count(done, 1000);
    log.wait(2345);
    log.ready('Ready');
    expect(log.text().split('\n')).toEqual([
      '  Storing …',
      '  Storing: 25 % (250 of 1 000)',
      '  Storing: 50 % (500 of 1 000)',
      '  Storing: 99 % (999 of 1 000)',
      '✓ Storing (2.3 s)',
      '✓ Ready',
      '',
    ]);
  });
});

describe('progress on a terminal', () => {
  it('redraws one line, and never says 100 % before the end', () => {
    const terminal = screen(true);
    terminal.step('Storing');
    terminal.wait(200);
    terminal.count(9_999, 10_000);
    expect(terminal.shown()).toEqual(['  Storing ████████████████████████ 99 % · 9 999 / 10 000']);
    terminal.wait(200);
    terminal.count(2_500, 10_000);
    expect(terminal.shown()).toEqual(['  Storing ██████░░░░░░░░░░░░░░░░░░ 25 % · 2 500 / 10 000']);
  });

  it('keeps notes above, and shortens what would wrap', () => {
    const terminal = screen(true, 30);
    terminal.step('A step with a name that is far too long');
    terminal.note('Something to read');
    terminal.step('Next');
    expect(terminal.shown()[0]).toBe('  Something to read');
    expect(terminal.text()).toContain('  A step with a name that is…');
  });

  it('says nothing about a step of unknown size', () => {
    const terminal = screen(true);
    terminal.step('Reading');
    const before = terminal.text();
    terminal.count(5, 0);
    expect(terminal.text()).toBe(before);
  });
});
