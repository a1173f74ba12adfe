/** Tests of the built product must not run yesterday's build. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const BUILDS = [
  {
    script: 'build:server',
    product: 'dist/scripts/blizniak.js',
    sources: ['core', 'tiles', 'server', 'scripts', 'migrations', 'tsconfig.build.json'],
  },
  {
    script: 'build:viewer',
    product: 'dist/viewer/index.html',
    sources: ['core', 'viewer', 'vite.config.ts'],
  },
] as const;

/** Builds what is older than its sources; `npm ci` has built it all already. */
export function ensureBuilt(): void {
  for (const { script, product, sources } of BUILDS) {
    const builtAt = existsSync(product) ? statSync(product).mtimeMs : 0;
    const newest = Math.max(...sources.map(newestIn));
    if (newest <= builtAt) continue;
    process.stderr.write(`[tests] The build is older than the sources: npm run ${script}\n`);
    execFileSync('npm', ['run', '--silent', script], { stdio: ['ignore', 2, 2] });
  }
}

function newestIn(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.includes('.test.') && !entry.name.includes('.cases.'),
  );
  return Math.max(0, ...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}
