import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

/** Folders of the packages that the product needs when it runs, from the root of the checkout; those within another come with it. */
export function packagesThatRun(root: string): readonly string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(lock.packages)
    .filter(
      ([folder, { dev, devOptional }]) => folder.lastIndexOf('node_modules/') === 0 && !dev && !devOptional,
    )
    .map(([folder]) => folder)
    .filter((folder) => existsSync(join(root, folder)));
}
