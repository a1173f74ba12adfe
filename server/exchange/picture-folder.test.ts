import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodePng } from '../../tiles/picture/png.ts';
import { PictureFolder } from './picture-folder.ts';

let root: string;
const png = encodePng({ pixels: new Uint8ClampedArray(16).fill(255), widthPx: 2, heightPx: 2 }, true);
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'blizniak-pictures-'));
  mkdirSync(join(root, 'delivery', 'a wall'), { recursive: true });
  writeFileSync(join(root, 'secret.png'), png);
  writeFileSync(join(root, 'delivery', 'a wall', '1.png'), png);
  writeFileSync(join(root, 'delivery', 'text.png'), 'no picture');
  writeFileSync(join(root, 'delivery', 'half.png'), png.subarray(0, 50));
  symlinkSync(join(root, 'secret.png'), join(root, 'delivery', 'link.png'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it.each([
  ['a wall\\1.png', undefined],
  ['a%20wall/1.png', undefined],
  ['none.png', 'picture-missing'],
  ['../secret.png', 'picture-outside'],
  ['a%20wall/../../secret.png', 'picture-outside'],
  ['%2e%2e/secret.png', 'picture-outside'],
  ['link.png', 'picture-outside'],
  ['/etc/hostname', 'picture-outside'],
  ['http://example.org/1.png', 'picture-remote'],
  ['file:///etc/hostname', 'picture-remote'],
  ['//example.org/1.png', 'picture-remote'],
  ['text.png', 'picture-refused'],
  ['half.png', 'picture-refused'],
])('of a picture that is called %s it says %s', async (image, code) => {
  const folder = new PictureFolder(join(root, 'delivery'), new AbortController().signal);
  const { look, notes } = await folder.settle(
    {
      pictures: [{ image }],
      materials: [],
      themes: [{ name: 'any', looks: [{ picture: 0, coordinates: [[0, 0, 1, 0, 1, 1]] }] }],
    },
    'B1',
  );
  expect(notes.map((note) => [note.code, note.objectId])).toEqual(code === undefined ? [] : [[code, 'B1']]);
  expect(look?.pictures.map(({ widthPx }) => widthPx)).toEqual(code === undefined ? [2] : undefined);
});
