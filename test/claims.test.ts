import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { claimsOf, SUITES } from './conformance/assertions/claims.ts';
import { writeClaims } from './conformance/assertions/claims-in-words.ts';

const ROOT = new URL('..', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const FILES = readdirSync(new URL('test/conformance', ROOT), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => read(`test/conformance/${name}`));

it.each(SUITES)('each assertion of $id that is claimed is named by a test', (suite) => {
  const sources = FILES.filter((text) => text.includes(suite.id)).join('\n');
  const unnamed = claimsOf(suite).filter((name) => {
    const last = name.slice(name.search(/[:.]/) + 1);
    return !new RegExp(`[':., ]${last}[',: )]`).test(sources);
  });
  expect(unnamed).toEqual([]);
});

it('docs/conformance.md tells these claims and no others (npm run conformance writes them)', () => {
  const document = read('docs/conformance.md');
  expect(writeClaims(document)).toBe(document);
});
