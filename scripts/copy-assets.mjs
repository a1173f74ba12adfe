// After tsc: what runs from dist/ but is no TypeScript, and the command `npx blizniak`.
import { chmod, cp, mkdir, rm, symlink } from 'node:fs/promises';

// Migrations lie beside server/ in both trees.
await rm('dist/migrations', { recursive: true, force: true });
await cp('migrations', 'dist/migrations', { recursive: true });

// Not by "bin" in package.json: then npx installs the package into its cache first, which builds everything again.
await chmod('dist/scripts/blizniak.js', 0o755);
await mkdir('node_modules/.bin', { recursive: true });
await rm('node_modules/.bin/blizniak', { force: true });
await symlink('../../dist/scripts/blizniak.js', 'node_modules/.bin/blizniak');
