import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { printConfig, readConfig, settings } from './config.ts';

const problemsOf = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
};

describe('readConfig', () => {
  it('needs nothing: an empty environment is a private database on 127.0.0.1:8080', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, databaseUrl: undefined, demo: 'district' });
    expect(config.city).toEqual({
      name: { pl: 'Poznań', en: 'Poznań' },
      contactEmail: 'blizniak@example.org',
      srid: 2177,
      home: { lon: 16.93, lat: 52.41 },
    });
    expect(config.dataDir).toMatch(/^\/.*\.data$/);
  });

  it('takes an empty value for an unset one, as .env files write it', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 8080, databaseUrl: undefined });
  });

  it('names every problem at once, with the value and what is expected', () => {
    const said = problemsOf({
      PORT: '80a',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'twin.example.org',
      CITY_HOME_LAT: '91',
    });
    expect(said).toContain('PORT=80a: must be a whole number');
    expect(said).toContain('LOG_LEVEL=loud: must be debug, info, warn, error or silent');
    expect(said).toContain('PUBLIC_URL=twin.example.org: must be an address');
    expect(said).toContain('CITY_HOME_LAT=91: must be 90 or less');
  });

  it.each(['65536', '-1', '1e3', 'NaN', '0x10'])('refuses the port %s', (port) => {
    expect(problemsOf({ PORT: port })).toContain(`PORT=${port}: must be`);
  });

  it('drops the trailing slash of PUBLIC_URL', () => {
    expect(readConfig({ PUBLIC_URL: 'https://twin.example.org/city/' }).publicUrl).toBe(
      'https://twin.example.org/city',
    );
  });
});

describe('secrets', () => {
  const env = { DATABASE_URL: 'postgres://jan:tajne@db:5432/city?sslmode=require' };

  it('are shown as *** by everything that prints, and given by reveal()', () => {
    const { databaseUrl } = readConfig(env);
    expect(databaseUrl?.reveal()).toBe(env.DATABASE_URL);
    for (const shown of [
      `${databaseUrl}`,
      JSON.stringify({ databaseUrl }),
      inspect({ databaseUrl }),
      printConfig(env),
    ]) {
      expect(shown).not.toContain('tajne');
      expect(shown).toContain('postgres://jan:***@db:5432/city');
    }
  });

  it('do not appear in a complaint about them', () => {
    const said = problemsOf({ DATABASE_URL: 'mysql://jan:tajne@db/city' });
    expect(said).toContain('DATABASE_URL=mysql://jan:***@db/city: must look like postgres://');
  });
});

describe('.env.example', () => {
  it('lists every key with its default and what it does (vitest -u writes it)', async () => {
    const lines = settings().map(
      ({ key, description, default: value }) =>
        `# ${description}\n${value === undefined ? `# ${key}=` : `${key}=${value}`}\n`,
    );
    const head =
      '# Settings of Blizniak. Copy to .env and change what you need; the values here are the defaults.\n';
    await expect([head, ...lines].join('\n')).toMatchFileSnapshot('../.env.example');
  });

  it('is said again in docs/operations.md', () => {
    const rows = settings().map(
      ({ key, description, default: value }) =>
        `| \`${key}\` | ${value === undefined ? '' : `\`${value}\``} | ${description} |\n`,
    );
    const doc = readFileSync(join(import.meta.dirname, '..', 'docs', 'operations.md'), 'utf8');
    expect(doc).toContain(`| key | default | meaning |\n|---|---|---|\n${rows.join('')}`);
  });

  it('describes every key', () => {
    expect(settings().filter(({ description }) => description.length < 10)).toEqual([]);
  });
});
