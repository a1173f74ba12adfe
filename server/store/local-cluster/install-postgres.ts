import { OLDEST_POSTGRES_MAJOR } from './find-postgres.ts';
import { lastLines, type Outcome, runProgram } from './run-program.ts';

type Run = (file: string, args: readonly string[], timeoutMs: number) => Promise<Outcome>;

/**
 * PostgreSQL's package makes and starts a cluster of its own unless this file says otherwise. It is put there
 * only for the time of the installation: later installations by the machine's keeper are not ours to change.
 */
const DROP_IN = '/etc/postgresql-common/createcluster.d/blizniak.conf';
const INSTALL = `
set -e
made=no
if [ ! -e ${DROP_IN} ] && ! dpkg-query -W -f '\${Status}' "postgresql-$1" 2>/dev/null | grep -q 'ok installed'; then
  mkdir -p ${DROP_IN.slice(0, DROP_IN.lastIndexOf('/'))}
  echo 'create_main_cluster = false' > ${DROP_IN}
  made=yes
fi
trap '[ $made = no ] || rm -f ${DROP_IN}' EXIT
DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "postgresql-$1-postgis-3"
`;

export type Installation = { readonly installed: string } | { readonly refused: string };

/**
 * Installs PostgreSQL with PostGIS by apt where that is possible (Debian, Ubuntu; root or sudo without a
 * password), and says why where it is not. Debian's own `main` cluster is neither made nor started.
 */
export async function installPostgres(
  say: (message: string) => void,
  run: Run = (file, args, timeoutMs) => runProgram(file, args, { timeoutMs }),
  isRoot: boolean = process.getuid?.() === 0,
): Promise<Installation> {
  if ((await run('apt-get', ['--version'], 10_000)).code !== 0)
    return { refused: 'apt is not on this machine' };
  if (!isRoot && (await run('sudo', ['-n', 'true'], 10_000)).code !== 0) {
    return { refused: 'installing needs root or sudo without a password' };
  }
  const asRoot = (args: readonly string[], timeoutMs: number) =>
    isRoot ? run(args[0] ?? '', args.slice(1), timeoutMs) : run('sudo', ['-n', ...args], timeoutMs);

  let major = await newestPackaged(run);
  if (major === undefined) {
    say('Asking apt which PostgreSQL with PostGIS there is (apt-get update)');
    const updated = await asRoot(['apt-get', '-o', 'DPkg::Lock::Timeout=120', 'update'], 180_000);
    if (updated.code !== 0) return { refused: `apt-get update failed:\n${lastLines(updated)}` };
    major = await newestPackaged(run);
  }
  if (major === undefined) {
    return { refused: `apt knows no PostgreSQL ${OLDEST_POSTGRES_MAJOR} or newer with PostGIS 3` };
  }
  const wanted = `postgresql-${major}-postgis-3`;
  say(`Installing ${wanted} by apt: this machine has no PostgreSQL with PostGIS. Takes a minute or two`);
  const done = await asRoot(['sh', '-c', INSTALL, 'install-postgres', String(major)], 900_000);
  return done.code === 0
    ? { installed: wanted }
    : { refused: `apt-get install ${wanted} failed:\n${lastLines(done)}` };
}

async function newestPackaged(run: Run): Promise<number | undefined> {
  const found = await run('apt-cache', ['search', '--names-only', '^postgresql-[0-9]+-postgis-3$'], 60_000);
  const majors = [...found.stdout.matchAll(/^postgresql-(\d+)-postgis-3 /gm)].map(([, major]) =>
    Number(major),
  );
  const newest = Math.max(...majors.filter((major) => major >= OLDEST_POSTGRES_MAJOR));
  return Number.isFinite(newest) ? newest : undefined;
}
