/** Archives of packages, also larger than the numbers of the old format: read by the zipfile of Python. */
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { type ZipFile, zipDirectory, zipStream } from '../../tiles/zip-stream.ts';
import { tool } from './outside-tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'blizniak-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function* each(files: readonly ZipFile[]): AsyncGenerator<ZipFile> {
  yield* files;
}
const python = async (script: string, path: string) =>
  JSON.parse(
    await tool('/usr/bin/python3', [
      '-c',
      `import json, sys, zipfile\nwith zipfile.ZipFile(sys.argv[1]) as archive:\n  ${script}`,
      path,
    ]),
  );

describe('an archive', () => {
  it('is read with its checksums: letters in names, empty files, files of several chunks', async () => {
    const chunk = Buffer.from('żółta łąka '.repeat(9_000));
    const files = [
      { name: 'gml/działki.gml', bytes: [chunk, chunk] },
      { name: 'empty.txt', bytes: [] },
    ];
    const path = join(folder, 'small.zip');
    writeFileSync(path, await buffer(zipStream(each(files))));
    const script =
      'print(json.dumps([archive.testzip(), [[each.filename, each.file_size] for each in archive.infolist()]]))';
    expect(await python(script, path)).toEqual([
      null,
      [
        ['gml/działki.gml', 2 * chunk.length],
        ['empty.txt', 0],
      ],
    ]);
  });

  it('may hold more than 65,535 files and more than 4 GB, in one file or together', async () => {
    const [count, large] = [70_000, 5 * 2 ** 32 + 7];
    const entries = Array.from({ length: count }, (_, n) => ({
      ...{ name: Buffer.from(`${n}.csv`), crc: n, packed: 90_000 },
      ...{ size: n === 0 ? large : 200_000, at: n * 100_000 },
    }));
    // A file with a hole in it, where the packed bytes would be.
    const [path, begin] = [join(folder, 'large.zip'), count * 100_000];
    writeFileSync(path, '');
    truncateSync(path, begin);
    const file = openSync(path, 'r+');
    writeSync(file, zipDirectory(entries, begin), undefined, undefined, begin);
    closeSync(file);
    const script =
      'print(json.dumps([[each.filename, each.CRC, each.compress_size, each.file_size, each.header_offset] for each in archive.infolist()]))';
    expect(await python(script, path)).toEqual(
      entries.map(({ name, crc, packed, size, at }) => [name.toString(), crc, packed, size, at]),
    );
  });

  it.each(['/etc/passwd', '../up.txt', 'a/../../up.txt', 'a//b', 'C:\\up.txt', 'a\\..\\up', ''])(
    'never holds a file named "%s"',
    async (name) => {
      await expect(buffer(zipStream(each([{ name, bytes: [] }])))).rejects.toThrow('cannot be the name');
    },
  );

  it('never holds two files of one name', async () => {
    const file = { name: 'a.txt', bytes: [] };
    await expect(buffer(zipStream(each([file, file])))).rejects.toThrow('there twice');
  });
});
