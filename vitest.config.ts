import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], testTimeout: number, extra: object = {}) => ({
  extends: true as const,
  test: { name, include, testTimeout, hookTimeout: testTimeout, ...extra },
});

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    globalSetup: ['./test/support/global-setup.ts'],
    maxWorkers: 2,
    projects: [
      project('unit', ['{core,tiles,server,scripts,viewer}/**/*.test.ts', 'test/*.test.ts'], 30_000, {
        exclude: ['**/*.db.test.ts', 'node_modules/**', 'dist/**'],
      }),
      project('db', ['{server,tiles,scripts}/**/*.db.test.ts'], 60_000),
      project('contract', ['test/contract/**/*.test.ts'], 60_000),
      project('conformance', ['test/conformance/**/*.test.ts'], 120_000),
      project('operations', ['test/operations/**/*.test.ts'], 120_000),
      project('e2e', ['test/e2e/**/*.test.ts'], 240_000, { fileParallelism: false }),
    ],
  },
});
