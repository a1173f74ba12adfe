import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { candidateBinDirs, findPostgres } from './find-postgres.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that looks like an installed PostgreSQL, PostGIS under `share/extension` beside it. */
function pretend(version: string, postgis?: string): string {
  const root = mkdtempSync(join(tmpdir(), 'find-postgres-'));
  made.push(root);
  const bin = join(root, 'bin');
  mkdirSync(bin);
  const program = (name: string, body: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program('initdb', 'exit 0');
  program('postgres', `echo "postgres (PostgreSQL) ${version}"`);
  if (postgis !== undefined) {
    mkdirSync(join(root, 'share', 'extension'), { recursive: true });
    writeFileSync(join(root, 'share', 'extension', 'postgis.control'), `default_version = '${postgis}'\n`);
  }
  return bin;
}

describe('findPostgres', () => {
  it('takes the newest that has PostGIS', async () => {
    const [older, newer] = [pretend('91.4', '3.4.0'), pretend('92.1', '3.5.2')];
    const { usable } = await findPostgres([older, newer]);
    expect(usable.map(({ binDir, major, postgis }) => [binDir, major, postgis])).toEqual([
      [newer, 92, '3.5.2'],
      [older, 91, '3.4.0'],
    ]);
  });

  it('says of each one that it refuses why', async () => {
    const { usable, refused } = await findPostgres([
      pretend('14.11', '3.4.0'),
      pretend('91.4'),
      pretend('91.4', '3.2.1'),
      pretend('91.4', '2.5.0'),
    ]);
    expect(usable).toEqual([]);
    expect(refused).toEqual([
      expect.stringMatching(/^PostgreSQL 14\.11 in .* is older than 15$/),
      expect.stringMatching(/has no PostGIS$/),
      expect.stringMatching(/has PostGIS 3\.2\.1, older than 3\.3$/),
      expect.stringMatching(/has PostGIS 2\.5\.0, older than 3\.3$/),
    ]);
  });

  it('looks through PATH and skips folders without initdb', async () => {
    const bin = pretend('91.4', '3.4.0');
    const dirs = await candidateBinDirs(`/nowhere:${bin}:${tmpdir()}`);
    expect(dirs).toContain(bin);
    expect(dirs).not.toContain('/nowhere');
    expect(dirs).not.toContain(tmpdir());
  });
});
