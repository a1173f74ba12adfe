import { defineConfig } from 'vitest/config';

/** Projects of a later turn wait for the earlier ones: whole processes and browsers want the machine to themselves. */
const project = (turn: number, name: string, include: string[], testTimeout: number, extra: object = {}) => ({
  extends: true as const,
  test: { name, include, testTimeout, hookTimeout: testTimeout, sequence: { groupOrder: turn }, ...extra },
});

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    globalSetup: ['./test/support/global-setup.ts'],
    maxWorkers: 2,
    projects: [
      project(0, 'unit', ['{core,tiles,server,scripts,viewer}/**/*.test.ts', 'test/*.test.ts'], 30_000, {
        // Modules are read once for all files and not for each: two fifths of the time were reading.
        isolate: false,
        exclude: ['**/*.db.test.ts', 'node_modules/**', 'dist/**'],
      }),
      project(0, 'db', ['{server,tiles,scripts}/**/*.db.test.ts'], 60_000),
      project(0, 'contract', ['test/contract/**/*.test.ts'], 60_000),
      project(0, 'conformance', ['test/conformance/**/*.test.ts'], 120_000),
      project(1, 'operations', ['test/operations/**/*.test.ts'], 120_000),
      project(2, 'e2e', ['test/e2e/**/*.test.ts'], 240_000, { fileParallelism: false }),
    ],
  },
});
