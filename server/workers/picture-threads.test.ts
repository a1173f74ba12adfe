import { afterEach, describe, expect, it } from 'vitest';
import { WHITE } from '../../tiles/picture/colour.ts';
import type { Picture } from '../../tiles/picture/draw-picture.ts';
import type { ImageFormat } from '../../tiles/picture/encode.ts';
import { makePicture, type PictureOrder } from '../../tiles/picture/picture-maker.ts';
import { openPictureThreads, type PictureThreads } from './picture-threads.ts';
import { openWorkerPool } from './worker-pool.ts';

/** Of somebody who never leaves. */
const forever = () => new AbortController().signal;
const open: { close(): Promise<void> }[] = [];
const deaths: unknown[] = [];

function picturesOn(threads: number): PictureThreads {
  const made = openPictureThreads({ threads, onDeath: (cause) => void deaths.push(cause), graceMs: 100 });
  open.push(made);
  return made;
}

/** A little-endian WKB polygon. */
function squareWkb(left: number, bottom: number, side: number): Uint8Array {
  const ring = [
    left,
    bottom,
    left + side,
    bottom,
    left + side,
    bottom + side,
    left,
    bottom + side,
    left,
    bottom,
  ];
  const view = new DataView(new ArrayBuffer(13 + 8 * ring.length));
  view.setUint8(0, 1);
  view.setUint32(1, 3, true);
  view.setUint32(5, 1, true);
  view.setUint32(9, ring.length / 2, true);
  for (const [i, ordinate] of ring.entries()) view.setFloat64(13 + 8 * i, ordinate, true);
  return new Uint8Array(view.buffer);
}

function picture(wkb: Uint8Array, sidePx = 200): Picture {
  const bbox = { minX: 0, minY: 0, maxX: 100, maxY: 100, srid: 2177 };
  const style = {
    fill: '#aa3311',
    stroke: '#001122',
    strokeWidthPx: 2,
    label: { property: 'name', color: '#000000', maxScaleDenominator: 1e9 },
  };
  return {
    frame: { bbox, widthPx: sidePx, heightPx: sidePx },
    background: WHITE,
    layers: [
      {
        layer: { style, geometryType: 'Polygon', srid: 2177 },
        area: bbox,
        classes: [{ entry: -1, wkb, labels: [['Żółw 12/4', null]] }],
      },
    ],
  };
}

const order = (shown: PictureOrder['picture'], format: ImageFormat = 'image/png'): PictureOrder => ({
  picture: shown,
  format,
  isOpaque: true,
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
  deaths.length = 0;
});

describe('threads that make pictures', () => {
  it('make the same bytes as this thread does, many at once, from memory of its own and from a part of another', async () => {
    const pictures = picturesOn(2);
    const wanted = Array.from({ length: 12 }, (_, i) => {
      const format = i % 3 === 0 ? 'image/jpeg' : 'image/png';
      return () =>
        order(picture(i % 2 === 0 ? squareWkb(10, 20, 5 * i + 5) : inside(squareWkb(i, i, 60))), format);
    });
    const made = await Promise.all(wanted.map((each) => pictures.make(each(), forever())));
    for (const [index, bytes] of made.entries()) {
      const here = makePicture(wanted[index]?.() ?? order(picture(new Uint8Array())));
      expect(Buffer.compare(bytes, here)).toBe(0);
    }
    const message = order({
      widthPx: 300,
      heightPx: 100,
      background: WHITE,
      message: 'Nie ma takiej warstwy',
    });
    expect(Buffer.compare(await pictures.make(message, forever()), makePicture(message))).toBe(0);
    expect(deaths).toEqual([]);
  });

  it('answer a picture that cannot be drawn with its error, and the next one as ever', async () => {
    const pictures = picturesOn(1);
    await expect(pictures.make(order(picture(Uint8Array.of(1, 99, 0, 0, 0))), forever())).rejects.toThrow(
      'WKB type 99',
    );
    expect((await pictures.make(order(picture(squareWkb(1, 1, 9))), forever())).length).toBeGreaterThan(100);
    expect(deaths).toEqual([]);
  });

  it('leave this thread free while they draw', async () => {
    const pictures = picturesOn(1);
    await pictures.make(order(picture(squareWkb(1, 1, 9))), forever());
    let isDone = false;
    const large = pictures.make(order(picture(squareWkb(1, 1, 90), 4096)), forever()).finally(() => {
      isDone = true;
    });
    let turns = 0;
    while (!isDone) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      turns++;
    }
    expect((await large).length).toBeGreaterThan(1000);
    expect(turns).toBeGreaterThan(5);
  });
});

/** The same bytes in the middle of a larger buffer, as the driver of the database gives them. */
function inside(bytes: Uint8Array): Uint8Array {
  const larger = new Uint8Array(bytes.length + 32);
  larger.set(bytes, 16);
  return larger.subarray(16, 16 + bytes.length);
}

describe('a pool of threads', () => {
  const fixture = new URL('../../test/support/odd-jobs-thread.ts', import.meta.url);
  const poolOf = (threads: number, graceMs = 50) => {
    const pool = openWorkerPool<string, Uint8Array>(fixture, {
      threads,
      graceMs,
      onDeath: (cause) => void deaths.push(cause),
    });
    open.push(pool);
    return pool;
  };
  const said = async (answer: Promise<Uint8Array>) => new TextDecoder().decode(await answer);

  it('replaces a thread that dies, tells whose task it was, and does the tasks behind it', async () => {
    const pool = poolOf(1);
    const [dead, alive] = [pool.run('die', [], forever()), pool.run('echo behind', [], forever())];
    await expect(dead).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await said(alive)).toBe('behind');
    expect(String(deaths)).toContain('ended with 3');
  });

  it('ends a thread that goes on with what nobody waits for, and forgets who left while waiting', async () => {
    const pool = poolOf(1);
    await pool.run('echo warm', [], forever());
    const [first, second] = [new AbortController(), new AbortController()];
    const endless = pool.run('spin', [], first.signal);
    const never = pool.run('die', [], second.signal);
    const last = pool.run('echo last', [], forever());
    second.abort(new Error('second left'));
    first.abort(new Error('first left'));
    await expect(endless).rejects.toThrow('first left');
    await expect(never).rejects.toThrow('second left');
    expect(await said(last)).toBe('last');
  });

  it('lets a thread see that nobody waits any more, and uses it again', async () => {
    const pool = poolOf(1, 60_000);
    const leaver = new AbortController();
    const patient = pool.run('spin while wanted', [], leaver.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    leaver.abort(new Error('left'));
    await expect(patient).rejects.toThrow('left');
    expect(await said(pool.run('echo again', [], forever()))).toBe('again');
    expect(deaths).toEqual([]);
  });

  it('fails what is under way and what waits when it is closed', async () => {
    const pool = poolOf(1);
    const both = [pool.run('spin', [], forever()), pool.run('echo', [], forever())];
    const endings = both.map((each) => expect(each).rejects.toMatchObject({ kind: 'unavailable' }));
    await pool.close();
    await Promise.all(endings);
    await expect(pool.run('echo', [], forever())).rejects.toMatchObject({ kind: 'unavailable' });
    expect(deaths).toEqual([]);
  });
});
