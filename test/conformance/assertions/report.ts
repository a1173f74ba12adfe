import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { claimsOf, namesIn, SUITES } from './claims.ts';
import { writeClaims } from './claims-in-words.ts';

const DOCUMENT = 'docs/conformance.md';

/** Writes the tables of claims into docs/conformance.md from what passed; refuses while a claim has no passing test. */
export class ConformanceReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const passed = new Map<string, string>();
    const failed: string[] = [];
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId);
      for (const test of module.children.allTests()) {
        const suite = SUITES.find(({ id }) => pathOf(test).includes(id));
        if (test.result().state === 'failed') failed.push(test.fullName);
        if (!suite || test.result().state !== 'passed') continue;
        for (const name of namesIn(test.name)) passed.set(`${suite.id} ${name}`, file);
      }
    }
    const unproven = SUITES.flatMap((suite) => claimsOf(suite).map((name) => `${suite.id} ${name}`)).filter(
      (name) => !passed.has(name),
    );
    if (failed.length + unproven.length > 0) {
      const wrong = [
        ...failed.map((name) => `failed: ${name}`),
        ...unproven.map((name) => `no proof: ${name}`),
      ];
      process.stderr.write(`${DOCUMENT} is not written.\n${wrong.join('\n')}\n`);
      process.exitCode = 1;
      return;
    }
    writeFileSync(DOCUMENT, writeClaims(readFileSync(DOCUMENT, 'utf8')));
    process.stdout.write(`${DOCUMENT}: ${passed.size} assertions pass.\n`);
  }
}
// biome-ignore lint/style/noDefaultExport: vitest loads reporters by their default export
export default ConformanceReport;

/** Names of the describes around a test. */
function pathOf({ parent }: TestCase): string {
  const names: string[] = [];
  for (let above = parent; above.type === 'suite'; above = above.parent) names.push(above.name);
  return names.join(' ');
}
