import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoCity } from '../../core/demo-city/generate.ts';
import type { TellConstraint } from '../../core/demo-city/layers/parcel-constraint.ts';
import type { DemoTruth } from '../../core/demo-city/truth.ts';
import {
  CONSTRAINTS_FILE,
  CONSTRAINTS_HEAD,
  constraintLine,
  truthDocuments,
} from '../../core/demo-city/truth-files.ts';
import { invalidParameter } from '../../core/errors.ts';

/** The ground truth of one run, on its way into a folder. */
export interface TruthFiles {
  readonly tell: TellConstraint;
  /** Writes what was told since the last time; call it often, since it is kept in memory until then. */
  flush(): Promise<void>;
  /** Puts all files under their names; those of an earlier run are replaced. */
  finish(truth: DemoTruth): Promise<void>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}

/**
 * Opens a folder for the truth of a demo city, and makes it if need be. Nothing is there under its name before all
 * of it is there.
 * @throws TwinError invalid-parameter for a folder that cannot be made or written to; later what the file system
 * throws (no space).
 */
export async function openTruthFiles(folder: string, { size, seed }: DemoCity): Promise<TruthFiles> {
  const path = (name: string) => join(folder, name);
  const part = (name: string) => path(`${name}.part`);
  const handle = await mkdir(folder, { recursive: true })
    .then(() => open(part(CONSTRAINTS_FILE), 'w'))
    .catch((error: Error) => {
      throw invalidParameter('truth', `The truth cannot be written to ${folder}: ${error.message}`);
    });
  let lines: string[] = [CONSTRAINTS_HEAD];
  const names = [CONSTRAINTS_FILE];
  const flush = async () => {
    const text = lines.join('');
    lines = [];
    if (text !== '') await handle.writeFile(text);
  };
  return {
    tell: (constraint) => void lines.push(constraintLine(constraint)),
    flush,
    async finish(truth) {
      await flush();
      await handle.close();
      for (const { name, text } of truthDocuments({ size, seed }, truth)) {
        names.push(name);
        await writeFile(part(name), text);
      }
      for (const name of names) await rename(part(name), path(name));
    },
    async abandon() {
      await handle.close();
      for (const name of names) await rm(part(name), { force: true });
    },
  };
}
