import type { Reporter, TestModule } from 'vitest/node';

/** Ends the output with `N passed, N failed, N skipped`, also when a file could not be loaded. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state]++;
      if (module.errors().length > 0) count.failed++;
      for (const suite of module.children.allSuites()) count.failed += suite.errors().length;
    }
    const unfinished = count.failed + count.pending;
    setImmediate(() => {
      process.stdout.write(`\n${count.passed} passed, ${unfinished} failed, ${count.skipped} skipped\n`);
    });
  }
}
// biome-ignore lint/style/noDefaultExport: vitest loads reporters by their default export
export default ClosingLine;
