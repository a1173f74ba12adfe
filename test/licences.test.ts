/** What the product is made of may be handed on: read from the lock file, without the network. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly dev?: boolean;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
}

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const shipped = Object.entries(lock.packages)
  .filter(([path, { dev }]) => path !== '' && !dev)
  .map(([path, locked]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 13), ...locked }));

/** Each lets the product be changed, sold and closed; the font may be handed on with it (OFL-1.1). */
const PERMISSIVE = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Zlib', 'Unlicense'],
  ...['CC0-1.0', 'BlueOak-1.0.0', 'Python-2.0', 'OFL-1.1'],
]);

/** Packages whose manifest does not say it by an SPDX name; looked up in their files. */
const LOOKED_UP: Readonly<Record<string, string>> = {
  'gtfs-realtime-bindings': 'Apache-2.0',
  'png-js': 'MIT',
  'prelude-ls': 'MIT',
  'splaytree-ts': 'BSD-3-Clause',
};

/** An SPDX expression: of OR one suffices, of AND all are needed. */
function isPermissive(expression: string): boolean {
  return expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((name) => PERMISSIVE.has(name.trim())));
}

it('every package that is shipped has a permissive licence', () => {
  expect(shipped.length).toBeGreaterThan(200);
  const others = shipped.filter(({ name, license = '' }) => !isPermissive(LOOKED_UP[name] ?? license));
  expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});

it('every looked up package is still there, so that the list does not outlive it', () => {
  const names = new Set(shipped.map(({ name }) => name));
  expect(Object.keys(LOOKED_UP).filter((name) => !names.has(name))).toEqual([]);
});

it('every package is pinned by a digest, so that another one of the same name is refused', () => {
  const loose = shipped.filter(({ integrity = '' }) => !/^sha512-/.test(integrity));
  expect(loose.map(({ name }) => name)).toEqual([]);
});

it('would see a licence that binds', () => {
  expect(['GPL-3.0-or-later', 'MIT AND GPL-3.0-or-later', 'UNLICENSED', ''].filter(isPermissive)).toEqual([]);
  expect(['MIT OR GPL-3.0-or-later', '(MIT AND Zlib)'].filter((each) => !isPermissive(each))).toEqual([]);
});
