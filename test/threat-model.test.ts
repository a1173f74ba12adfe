import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('..', import.meta.url);
const model = readFileSync(new URL('docs/threat-model.md', ROOT), 'utf8');
const rows = model.split('\n').filter((line) => /^\| [STRIDE] \|/.test(line));

it('names every door of the service, so that one that is added is thought about', () => {
  const doors = readdirSync(new URL('server/protocols', ROOT), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(doors.length).toBeGreaterThan(30);
  expect(doors.filter((door) => !model.includes(`\`${door}\``))).toEqual([]);
});

it('names for each threat a test that is there, or says that it is not held', () => {
  expect(rows.length).toBeGreaterThan(25);
  for (const row of rows) {
    const tests = [...row.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path = '']) => path);
    const missing = tests.filter((path) => !path.endsWith('.test.ts') || !existsSync(new URL(path, ROOT)));
    expect([row, missing]).toEqual([row, []]);
    expect([row, tests.length > 0]).toEqual([row, !row.includes('not held')]);
  }
});

it('thinks of all six kinds', () => {
  expect(new Set(rows.map((row) => row[2]))).toEqual(new Set('STRIDE'));
});
