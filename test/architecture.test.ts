import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, it } from 'vitest';

const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const ROOMS = ['core', 'tiles', 'server', 'viewer', 'scripts'];

async function cruiseRooms(baseDir: string): Promise<ICruiseResult> {
  const { output } = await cruise(
    ROOMS,
    { ...rules.options, baseDir, validate: true, ruleSet: { forbidden: rules.forbidden } },
    undefined,
    { tsConfig: extractTSConfig(join(process.cwd(), 'tsconfig.json')) },
  );
  if (typeof output === 'string') throw new Error(output);
  return output;
}

const trackedSources = () =>
  execFileSync('git', ['ls-files', '--', ...ROOMS.map((room) => `${room}/**/*.ts`)], { encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && !file.endsWith('.d.ts'));

describe('the house', () => {
  it('keeps every import rule, and the check saw every source file', async () => {
    const { summary, modules } = await cruiseRooms(process.cwd());
    const broken = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    expect(broken).toEqual([]);
    const seen = new Set(modules.map(({ source }) => source));
    expect(trackedSources().filter((file) => !seen.has(file))).toEqual([]);
  }, 60_000);

  it.each([
    ['core-imports-only-down', 'core/planted.ts', "import '../tiles/source.ts';"],
    ['core-is-pure', 'core/planted.ts', "import 'node:fs';"],
    ['pg-has-one-door', 'server/protocols/wfs/planted.ts', "import 'pg';"],
    ['protocols-imports-only-down', 'server/protocols/wfs/planted.ts', "import '../../store/planted.ts';"],
    ['protocols-do-not-know-each-other', 'server/protocols/wfs/planted.ts', "import '../wms/planted.ts';"],
    ['no-circles', 'tiles/planted.ts', "import type {} from './second.ts';"],
    ['nothing-unresolved', 'viewer/planted.ts', "import './missing.ts';"],
  ])(
    'catches a planted breach of %s',
    async (rule, file, line) => {
      const base = mkdtempSync(join(tmpdir(), 'house-'));
      try {
        const plant = (path: string, text: string) => {
          mkdirSync(dirname(join(base, path)), { recursive: true });
          writeFileSync(join(base, path), text);
        };
        for (const room of ROOMS) plant(`${room}/empty.ts`, 'export {};');
        plant('tiles/source.ts', 'export {};');
        plant('tiles/second.ts', "import type {} from './planted.ts';");
        plant('server/store/planted.ts', 'export {};');
        plant('server/protocols/wms/planted.ts', 'export {};');
        plant(file, line);
        symlinkSync(join(process.cwd(), 'node_modules'), join(base, 'node_modules'));
        const { summary } = await cruiseRooms(base);
        const planted = summary.violations.filter(({ from }) => from === file).map((v) => v.rule.name);
        expect(planted).toContain(rule);
      } finally {
        rmSync(base, { recursive: true, force: true });
      }
    },
    60_000,
  );
});
