/** The demo district as 3D Tiles, by the doors of the product: what readers of others make of every kind of content. */
import { Tiles3DLoader } from '@loaders.gl/3d-tiles';
import { load } from '@loaders.gl/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTiles, type TilesRead } from '../support/read-tiles.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';

let service: WholeService;
beforeAll(async () => {
  service = await startWholeService();
}, 240_000);
afterAll(() => service.close());

interface Walked {
  readonly contentUrl?: string;
  readonly children?: readonly Walked[];
}
const urlsIn = ({ contentUrl, children = [] }: Walked): string[] => [
  ...(contentUrl === undefined ? [] : [contentUrl]),
  ...children.flatMap(urlsIn),
];

describe.each([
  { set: 'buildings', every: 1, isInstanced: false },
  { set: 'trees', every: 1, isInstanced: true },
  { set: 'utility_lines', every: 5, isInstanced: false },
  { set: 'utility_devices', every: 2, isInstanced: false },
])('3D tiles of the set $set of the demo district', ({ set, every, isInstanced }) => {
  const folder = () => `${service.url}/tiles/3d/${set}`;
  let found: TilesRead;
  beforeAll(async () => {
    const fetchBytes = async (uri: string): Promise<Uint8Array> => {
      const reply = await fetch(`${folder()}/${uri}`);
      if (!reply.ok) throw new Error(`${uri}: ${reply.status}`);
      return new Uint8Array(await reply.arrayBuffer());
    };
    found = await readTiles(fetchBytes, { every, isInstanced });
  });

  it('have no errors and no warnings, and as many objects as their subtrees say', () => {
    expect(found.faults).toEqual([]);
    expect(found.read.length).toBeGreaterThanOrEqual(5);
    const ids = found.read.flatMap((tile) => tile.ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(found.read.every(({ triangles, drawCalls }) => triangles > 0 && drawCalls > 0)).toBe(true);
  });

  it('are drawn by at most seven calls each', () => {
    expect(Math.max(...found.read.map(({ drawCalls }) => drawCalls))).toBeLessThanOrEqual(7);
  });

  it('are found from the document by a reader of others', async () => {
    const tileset = await load(`${folder()}/tileset.json`, Tiles3DLoader as never, {
      core: { worker: false },
    });
    const urls = urlsIn((tileset as unknown as { root: Walked }).root);
    expect(urls).toHaveLength(found.tiles);
    const read = new Set(urls);
    expect(found.read.filter(({ uri }) => !read.has(`${folder()}/${uri}`))).toEqual([]);
  });
});
