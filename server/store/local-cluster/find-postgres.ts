import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runProgram } from './run-program.ts';

/** The oldest versions that Blizniak is tested with. */
export const OLDEST_POSTGRES_MAJOR = 15;
const OLDEST_POSTGIS = [3, 3] as const;

/** A PostgreSQL of this machine that can run a cluster with PostGIS. */
export interface PostgresInstall {
  readonly binDir: string;
  readonly major: number;
  /** As it says itself, e.g. `15.18`. */
  readonly version: string;
  readonly postgis: string;
}

export interface PostgresSearch {
  /** Usable ones, newest first. */
  readonly usable: readonly PostgresInstall[];
  /** One sentence for each one that was found and cannot be used. */
  readonly refused: readonly string[];
}

/** Where PostgreSQL's server programs lie on the systems that people use; `path` is the PATH to look through. */
export async function candidateBinDirs(path: string): Promise<readonly string[]> {
  const versions = (root: string, tail: string) =>
    existsSync(root) ? readdirSync(root).map((version) => join(root, version, tail)) : [];
  const configured = await runProgram('pg_config', ['--bindir'], { env: { PATH: path } });
  const found = [
    ...versions('/usr/lib/postgresql', 'bin'),
    ...readdirSync('/usr', { withFileTypes: true })
      .filter(({ name }) => name.startsWith('pgsql-'))
      .map(({ name }) => `/usr/${name}/bin`),
    ...versions('/Applications/Postgres.app/Contents/Versions', 'bin'),
    ...['/opt/homebrew/opt', '/usr/local/opt'].flatMap((root) =>
      versions(root, 'bin').filter((dir) => dir.includes('postgresql@')),
    ),
    '/usr/local/pgsql/bin',
    ...(configured.code === 0 ? [configured.stdout.trim()] : []),
    ...path.split(delimiter),
  ];
  return [...new Set(found)].filter((dir) => dir !== '' && existsSync(join(dir, 'initdb')));
}

/** Looks at each folder of programs: which PostgreSQL, which PostGIS beside it. */
export async function findPostgres(binDirs: readonly string[]): Promise<PostgresSearch> {
  const usable: PostgresInstall[] = [];
  const refused: string[] = [];
  for (const binDir of binDirs) {
    const said = await runProgram(join(binDir, 'postgres'), ['--version']);
    const version = /(\d+)(?:\.\d+)?/.exec(said.stdout);
    const major = Number(version?.[1]);
    if (said.code !== 0 || !version) {
      refused.push(`${binDir}/postgres does not start: ${said.stderr.trim()}`);
    } else if (major < OLDEST_POSTGRES_MAJOR) {
      refused.push(`PostgreSQL ${version[0]} in ${binDir} is older than ${OLDEST_POSTGRES_MAJOR}`);
    } else {
      const postgis = await postgisBeside(binDir, major);
      if (postgis === undefined) {
        refused.push(`PostgreSQL ${version[0]} in ${binDir} has no PostGIS`);
      } else if (isOlder(postgis, OLDEST_POSTGIS)) {
        refused.push(`PostgreSQL ${version[0]} in ${binDir} has PostGIS ${postgis}, older than 3.3`);
      } else {
        usable.push({ binDir, major, version: version[0], postgis });
      }
    }
  }
  return { usable: usable.sort((a, b) => b.major - a.major), refused };
}

async function postgisBeside(binDir: string, major: number): Promise<string | undefined> {
  const asked = await runProgram(join(binDir, 'pg_config'), ['--sharedir']);
  const shareDirs = [
    ...(asked.code === 0 ? [asked.stdout.trim()] : []),
    `/usr/share/postgresql/${major}`,
    join(dirname(binDir), 'share', 'postgresql'),
    join(dirname(binDir), 'share'),
  ];
  for (const shareDir of shareDirs) {
    const control = join(shareDir, 'extension', 'postgis.control');
    if (!existsSync(control)) continue;
    return /default_version\s*=\s*'([^']+)'/.exec(readFileSync(control, 'utf8'))?.[1];
  }
  return undefined;
}

function isOlder(version: string, oldest: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}
