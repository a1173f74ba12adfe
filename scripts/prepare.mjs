// Runs at the end of `npm ci`: builds server and viewer, so that starting builds nothing. An installation for
// running only (`npm ci --omit=dev`) has no compiler: there dist/ must come with it, as in the Dockerfile.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (existsSync('node_modules/typescript')) {
  const { status } = spawnSync('npm', ['run', 'build'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
} else if (!existsSync('dist/scripts/blizniak.js')) {
  process.stderr.write(
    'Blizniak is not built and the compiler is not installed: run npm ci without --omit=dev\n',
  );
}
