import { describe, expect, it } from 'vitest';
import { installPostgres } from './install-postgres.ts';

/** A machine that answers commands by their beginning, and remembers what it was asked. */
function machine(answers: Readonly<Record<string, { code?: number; stdout?: string; stderr?: string }>>) {
  const asked: string[] = [];
  const said: string[] = [];
  const run = async (file: string, args: readonly string[]) => {
    const line = [file, ...args].join(' ');
    asked.push(line);
    const key = Object.keys(answers).find((beginning) => line.startsWith(beginning));
    return { code: 0, stdout: '', stderr: '', ...(key === undefined ? {} : answers[key]) };
  };
  return { asked, said, run, say: (message: string) => said.push(message) };
}

const PACKAGES =
  'postgresql-14-postgis-3 - old\npostgresql-17-postgis-3 - new\npostgresql-16-postgis-3 - x\n';

describe('installPostgres', () => {
  it('installs the newest packaged one as root, and says so before', async () => {
    const debian = machine({ 'apt-cache': { stdout: PACKAGES } });
    const done = await installPostgres(debian.say, debian.run, true);
    expect(done).toEqual({ installed: 'postgresql-17-postgis-3' });
    expect(debian.said).toEqual([expect.stringMatching(/^Installing postgresql-17-postgis-3 by apt/)]);
    expect(debian.asked.at(-1)).toMatch(
      /^sh -c [\s\S]*create_main_cluster = false[\s\S]* install-postgres 17$/,
    );
  });

  it('goes through sudo otherwise', async () => {
    const debian = machine({ 'apt-cache': { stdout: PACKAGES } });
    await installPostgres(debian.say, debian.run, false);
    expect(debian.asked.at(-1)).toMatch(/^sudo -n sh -c /);
  });

  it('asks apt for news when it knows none', async () => {
    const debian = machine({});
    const done = await installPostgres(debian.say, debian.run, true);
    expect(debian.asked.some((line) => /^apt-get .*update$/.test(line))).toBe(true);
    expect(done).toEqual({ refused: 'apt knows no PostgreSQL 15 or newer with PostGIS 3' });
  });

  it.each([
    ['apt is not on this machine', true, { 'apt-get --version': { code: -1 } }],
    ['installing needs root or sudo without a password', false, { 'sudo -n true': { code: 1 } }],
    [
      'apt-get install postgresql-17-postgis-3 failed:\nE: no network',
      true,
      { 'apt-cache': { stdout: PACKAGES }, 'sh -c': { code: 100, stderr: 'E: no network\n' } },
    ],
  ])('refuses with the reason: %s', async (refused, isRoot, answers) => {
    const { say, run } = machine(answers);
    expect(await installPostgres(say, run, isRoot)).toEqual({ refused });
  });
});
