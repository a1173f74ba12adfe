import type { Picture } from '../../tiles/picture/draw-picture.ts';
import type { PictureMaker, PictureOrder } from '../../tiles/picture/picture-maker.ts';
import { ownBytes } from './own-bytes.ts';
import { openWorkerPool, type WorkerPoolOptions } from './worker-pool.ts';

export interface PictureThreads extends PictureMaker {
  close(): Promise<void>;
}

/** Pictures made beside the main thread, as many at a time as there are threads. */
export function openPictureThreads(options: WorkerPoolOptions): PictureThreads {
  const module = new URL('./picture-thread.ts', import.meta.url);
  const pool = openWorkerPool<PictureOrder, Uint8Array>(module, options);
  return {
    make(order, signal) {
      const { picture } = order;
      if (!('layers' in picture)) return pool.run(order, [], signal);
      const given: ArrayBuffer[] = [];
      return pool.run({ ...order, picture: detachable(picture, given) }, given, signal);
    },
    close: () => pool.close(),
  };
}

/** The same picture with shapes and pixels whose memory can be given away. @param given is filled with that memory */
function detachable(picture: Picture, given: ArrayBuffer[]): Picture {
  const layers = picture.layers.map((layer) => ({
    ...layer,
    classes: layer.classes.map((shapes) => {
      const wkb = ownBytes(shapes.wkb);
      given.push(wkb.buffer);
      return { ...shapes, wkb };
    }),
    ...(layer.pictures && {
      pictures: layer.pictures.map((placed) => {
        const pixels = ownBytes(placed.pixels);
        given.push(pixels.buffer);
        return { ...placed, pixels };
      }),
    }),
  }));
  return { ...picture, layers };
}
