import { execFileSync } from 'node:child_process';

/** What differs between releases of pg_dump and PostgreSQL and says nothing about our schema. */
const NOISE = /^(?:--|SET |CREATE EXTENSION|SELECT pg_catalog\.set_config|\\restrict|\\unrestrict)/;

/** The schema of a database as text: no owners, rights, comments, settings or extensions (the cluster may bring them). */
export function schemaDump(databaseUrl: string): string {
  const dump = execFileSync(
    'pg_dump',
    ['--schema-only', '--no-owner', '--no-privileges', '--no-comments', `--dbname=${databaseUrl}`],
    { encoding: 'utf8', maxBuffer: 64_000_000 },
  );
  const lines = dump.split('\n').filter((line) => !NOISE.test(line));
  return `${lines
    .join('\n')
    .replace(/\n{2,}/g, '\n\n')
    .trim()}\n`;
}
