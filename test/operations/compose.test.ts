import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settings } from '../../server/config.ts';

const COMPOSE = 'docker-compose.yml';
const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;

describe('the composition', () => {
  it.runIf(hasCompose)('is understood by docker compose (needs its client, no engine)', () => {
    const env = { ...process.env, BLIZNIAK_DB_PASSWORD: 'x' };
    const read = spawnSync('docker', ['compose', '-f', COMPOSE, 'config', '--quiet'], {
      env,
      encoding: 'utf8',
    });
    expect(read.stderr).toBe('');
    expect(read.status).toBe(0);
  });

  it.runIf(hasCompose)('refuses to run without a password (needs the client of docker compose)', () => {
    const { BLIZNIAK_DB_PASSWORD: _, ...env } = process.env;
    const read = spawnSync('docker', ['compose', '-f', COMPOSE, 'config', '--quiet'], {
      env,
      encoding: 'utf8',
    });
    expect(read.status).not.toBe(0);
    expect(read.stderr).toContain('set BLIZNIAK_DB_PASSWORD');
  });

  it('mounts only files that exist and sets only keys that the service reads', () => {
    const compose = readFileSync(COMPOSE, 'utf8');
    const mounted = [...compose.matchAll(/- (\.\/\S+?):/g)].map(([, path]) => path ?? '');
    expect(mounted.length).toBeGreaterThan(1);
    expect(mounted.filter((path) => !existsSync(path))).toEqual([]);
    const service = compose.slice(
      compose.indexOf('\n  service:'),
      compose.indexOf('\n  broker:', compose.indexOf('\n  service:')),
    );
    const keys = [...service.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, key]) => key);
    expect(keys).toContain('DATABASE_URL');
    const known = new Set(settings().map(({ key }) => key));
    expect(keys.filter((key) => !known.has(key ?? ''))).toEqual([]);
  });

  it('publishes the proxy alone', () => {
    expect(readFileSync(COMPOSE, 'utf8').match(/^ {4}ports:/gm)).toHaveLength(1);
  });
});
