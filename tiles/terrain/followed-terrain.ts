/** The ground of a running service: whoever asks gets it from the model that is in use now. */
import type { Undulation } from '../../core/geo/geoid.ts';
import { type OpenTerrain, openTerrain } from './open-terrain.ts';

/** How soon a model that was put into use is seen. */
const LOOK_EVERY_MS = 1_000;
/** An order or a run that has begun with a model ends with it. */
const KEPT_MS = 15 * 60_000;

interface Following {
  /** The file of the model in use; undefined = none. */
  readonly find: () => Promise<string | undefined>;
  readonly undulation: Undulation;
  /** Is told once of each model that cannot be taken; the one before stays. */
  readonly onFault: (error: unknown, path: string | undefined) => void;
}

/**
 * Terrain from the model that `find` names, and from another as soon as it names another one.
 * @throws TwinError as `openTerrain` for the first model
 */
export async function followTerrain({ find, undulation, onFault }: Following): Promise<OpenTerrain> {
  let path = await find();
  let now = await openTerrain(path, undulation);
  const before = new Set<OpenTerrain>();
  let looking: Promise<void> | undefined;

  const look = async (): Promise<void> => {
    const next = await find();
    if (next === path) return;
    path = next;
    const opened = await openTerrain(next, undulation);
    const replaced = now;
    now = opened;
    before.add(replaced);
    setTimeout(() => {
      if (before.delete(replaced)) void replaced.close().catch(() => {});
    }, KEPT_MS).unref();
  };
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => onFault(error, path))
      .finally(() => {
        looking = undefined;
      });
  }, LOOK_EVERY_MS).unref();

  return {
    source: {
      get: (tile, signal, knownEtag) => now.source.get(tile, signal, knownEtag),
      document: (layer, signal, knownEtag) => now.source.document(layer, signal, knownEtag),
    },
    shaped: (shaping, base) => ({
      get: (tile, signal, knownEtag) => now.shaped(shaping, base).get(tile, signal, knownEtag),
      document: (layer, signal, knownEtag) => now.shaped(shaping, base).document(layer, signal, knownEtag),
    }),
    lowestM: (outline, shaping) => now.lowestM(outline, shaping),
    grid: (box, stepM, shaping) => now.grid(box, stepM, shaping),
    earthwork: (shape, shaping) => now.earthwork(shape, shaping),
    get hasModel() {
      return now.hasModel;
    },
    get relief() {
      return now.relief;
    },
    async close() {
      clearInterval(timer);
      await looking;
      const open = [now, ...before];
      before.clear();
      for (const each of open) await each.close();
    },
  };
}
