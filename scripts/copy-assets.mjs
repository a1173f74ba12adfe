// After tsc: what runs from dist/ but is no TypeScript. Migrations lie beside server/ in both trees.
import { chmod, cp, rm } from 'node:fs/promises';

await rm('dist/migrations', { recursive: true, force: true });
await cp('migrations', 'dist/migrations', { recursive: true });
await chmod('dist/scripts/blizniak.js', 0o755);
