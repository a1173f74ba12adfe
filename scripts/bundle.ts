/**
 * The built product as one file for a machine without internet: `npm run bundle -- [--out FOLDER] [--debian]`, after
 * `npm run build`. It holds what runs, with the packages of this platform; with `--debian` also the packages of Debian
 * that a bare machine of the same release lacks for PostGIS. Node is not in it.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packagesThatRun } from './packages-that-run.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const DOCUMENTS = ['package.json', 'package-lock.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'docs'];
/** What `npx blizniak` finds. */
const COMMAND = 'node_modules/.bin/blizniak';
const POSTGIS = 'postgresql-15-postgis-3';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Downloads PostGIS and all that it stands on into a folder. @throws Error where there is no apt, or no way to packages */
function downloadDebian(folder: string): number {
  mkdirSync(folder);
  const bare = ['-o', 'Dir::State::status=/dev/null', '--no-install-recommends', '--print-uris', '-y'];
  const told = execFileSync('apt-get', ['install', ...bare, POSTGIS], { encoding: 'utf8' });
  const files = [...told.matchAll(/^'[^']+' (\S+?)_(\S+?)_\S+\.deb /gm)];
  const wanted = files.map(([, name, version]) => `${name}=${decodeURIComponent(version ?? '')}`);
  execFileSync('apt-get', ['download', '-o', 'APT::Sandbox::User=root', ...wanted], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return wanted.length;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

const { values } = parseArgs({
  options: { out: { type: 'string', default: '.' }, debian: { type: 'boolean', default: false } },
});
if (!existsSync(join(PROJECT, 'dist/scripts/blizniak.js')))
  throw new Error('Nothing is built yet: npm run build');
const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
  readonly version: string;
};
const name = `blizniak-${version}`;
const file = resolve(values.out, `${name}-${process.platform}-${process.arch}.tar.gz`);
const scratch = mkdtempSync(join(tmpdir(), 'blizniak-bundle-'));
try {
  const parts = [
    ...DOCUMENTS.filter((part) => existsSync(join(PROJECT, part))),
    'dist',
    COMMAND,
    ...packagesThatRun(PROJECT),
  ];
  const list = join(scratch, 'parts');
  writeFileSync(list, parts.join('\n'));
  const debian = values.debian ? downloadDebian(join(scratch, 'debian')) : 0;
  mkdirSync(values.out, { recursive: true });
  execFileSync('tar', [
    ...['--create', '--gzip', '--file', file, '--transform', `s,^,${name}/,S`, '--owner=0', '--group=0'],
    ...['--exclude=*.test.*', '--directory', PROJECT, '--files-from', list],
    ...(debian > 0 ? ['--directory', scratch, 'debian'] : []),
  ]);
  const sum = await sha256Of(file);
  writeFileSync(`${file}.sha256`, `${sum}  ${name}-${process.platform}-${process.arch}.tar.gz\n`);
  say(
    `${file}: ${(statSync(file).size / 1e6).toFixed(0)} MB, ${parts.length} parts${debian > 0 ? `, ${debian} packages of Debian` : ''}\nsha256 ${sum}`,
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
