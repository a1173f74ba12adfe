import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROJECT_ROOT = resolve(import.meta.dirname, '..', '..');
const SHARED_DATA = join(PROJECT_ROOT, '..', 'shared', 'data');

/** Absolute path of a file of the shared test data, which lies beside the project and is never copied into it. */
export function sharedData(...path: readonly string[]): string {
  return join(SHARED_DATA, ...path);
}

/**
 * A suite that reads the shared test data. Without the data it is skipped under a name that says why; under
 * `CI=true` it fails instead, so that a machine without data cannot look green.
 */
export function describeWithSharedData(
  name: string,
  suite: () => void,
  root: string = SHARED_DATA,
  ci: boolean = process.env['CI'] === 'true',
): void {
  if (existsSync(root)) {
    describe(name, suite);
  } else if (ci) {
    describe(name, () => {
      it('finds the shared test data', () => {
        expect.unreachable(`CI=true needs the shared test data at ${root}`);
      });
    });
  } else {
    describe.skip(`${name} (skipped: no shared test data at ../shared/data)`, () => {
      it('needs the shared test data', () => {});
    });
  }
}
