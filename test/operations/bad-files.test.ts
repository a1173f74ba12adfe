/** Files that a city really gets, and accidents while they are loaded, with the product as its own process. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { killAllProducts, newFolder, runBlizniak, startService, stopService } from '../support/product.ts';
import { fixtureParcelId, parcelMember, registerFile } from '../support/register-gml.ts';

const folder = newFolder();
const env = { DATA_DIR: join(folder, 'data') };
afterEach(killAllProducts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

interface Report {
  readonly ok: boolean;
  readonly error?: string;
  readonly files: readonly {
    readonly read: number;
    readonly written: number;
    readonly unchanged: number;
    readonly rejected: number;
    readonly refused: boolean;
    readonly dataset?: string;
    readonly problems: readonly { code: string; objectId?: string; message: string; line?: number }[];
    readonly notes: readonly { code: string; message: string }[];
  }[];
}

/** Runs `load --json`: one document on standard output, nothing but words for people on the other. */
async function load(...args: readonly string[]) {
  const run = runBlizniak(['load', '--json', ...args], { env });
  const code = await run.ended;
  expect(run.stdout().trim().split('\n'), run.output()).toHaveLength(1);
  const report: Report = JSON.parse(run.stdout());
  expect(run.stderr()).not.toMatch(/\n {4}at |^\{/m);
  return { code, report, file: report.files[0], said: run.stderr() };
}

beforeAll(async () => {
  const first = await load(fileOf('first.gml', registerFile([parcelMember({ n: 1 })])));
  expect(first).toMatchObject({ code: 0, report: { ok: true }, file: { written: 1 } });
  expect(first.said).toMatch(/Reading first\.gml …[\s\S]*Storing first\.gml …/);
});

describe('a file that is loaded by two processes at once', () => {
  it('is written by one; the other finds all unchanged', async () => {
    const members = Array.from({ length: 3_000 }, (_, n) =>
      parcelMember({ n: n + 100, at: [6_420_000 + 35 * (n % 200), 5_800_000 + 25 * Math.floor(n / 200)] }),
    );
    const path = fileOf('twice.gml', registerFile(members));
    const both = await Promise.all([load(path), load(path)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const counts = both.map(({ file }) => [file?.written, file?.unchanged, file?.rejected]);
    expect(counts.toSorted()).toEqual([
      [0, 3_000, 0],
      [3_000, 0, 0],
    ]);
  });
});

describe('a file with objects that cannot be taken over', () => {
  it('is taken over without them; each is named with its reason and place', async () => {
    const nameless = parcelMember({ n: 14 })
      .replace(/<egb:idIIP>.*?<\/egb:idIIP>/s, '')
      .replace(/<egb:idDzialki>.*?<\/egb:idDzialki>/, '');
    const bowTie = '5810000 6427000 5810010 6427010 5810010 6427000 5810000 6427010 5810000 6427000';
    const path = fileOf(
      'faults.gml',
      registerFile([
        parcelMember({ n: 11 }),
        parcelMember({ n: 12, id: fixtureParcelId(11) }),
        parcelMember({ n: 13, posList: bowTie }),
        nameless,
        parcelMember({ n: 15, since: '2999-01-01T00:00:00' }),
        parcelMember({ n: 16, at: [6_527_000, 5_810_000] }),
      ]),
    );
    const dry = await load('--dry-run', path);
    const { code, file } = await load(path);
    expect(dry.file?.problems).toEqual(file?.problems);
    expect([dry.code, code]).toEqual([0, 0]);
    expect(file).toMatchObject({ read: 6, written: 1, unchanged: 0, rejected: 5 });
    const told = Object.fromEntries((file?.problems ?? []).map((problem) => [problem.code, problem]));
    expect(told).toEqual({
      'duplicate-id': expect.objectContaining({ objectId: fixtureParcelId(11) }),
      'invalid-geometry': expect.objectContaining({
        objectId: fixtureParcelId(13),
        message: expect.stringMatching(/Self-intersection at POINT\(6427005 5810005\)/),
      }),
      'missing-id': expect.objectContaining({ line: expect.any(Number) }),
      'future-date': expect.objectContaining({
        objectId: fixtureParcelId(15),
        message: expect.stringContaining('2999-01-01'),
      }),
      'outside-city': expect.objectContaining({
        objectId: fixtureParcelId(16),
        message: expect.stringMatching(/POINT\(65270\d\d/),
      }),
    });
    expect(await load(path)).toMatchObject({ code: 0, file: { written: 0, unchanged: 1, rejected: 5 } });
  });
});

describe('a file of another city', () => {
  it('is refused with the way to load it, and then loads beside the city', async () => {
    const path = fileOf('Łódź.gml', registerFile([parcelMember({ n: 21, at: [6_527_000, 5_910_000] })]));
    const refused = await load(path);
    expect(refused).toMatchObject({ code: 1, report: { ok: false }, file: { written: 0, rejected: 1 } });
    expect(refused.file?.notes.map(({ message }) => message).join()).toContain('--allow-outside');
    const taken = await load('--allow-outside', path);
    expect(taken).toMatchObject({ code: 0, file: { dataset: 'lodz', written: 1 } });
  });
});

describe('a file in another encoding', () => {
  const windows1250 = (text: string) =>
    Buffer.from(text.replaceAll('Ź', '\u008f').replaceAll('ź', '\u009f').replaceAll('ł', '\u00b3'), 'latin1');
  const content = (encoding: string) =>
    registerFile([parcelMember({ n: 31 })], `<?xml version="1.0" encoding="${encoding}"?>`).replace(
      'Działki: źródło próbne',
      'źle',
    );

  it('than it says is refused whole, with the line', async () => {
    const { code, file } = await load(fileOf('wrong.gml', windows1250(content('UTF-8'))));
    expect([code, file?.refused, file?.written]).toEqual([1, true, 0]);
    expect(file?.problems).toMatchObject([
      { code: 'broken-file', line: 2, message: expect.stringMatching(/UTF-8.*nothing was loaded/) },
    ]);
  });

  it('that it names is read', async () => {
    const right = await load(fileOf('right.gml', windows1250(content('windows-1250'))));
    expect(right).toMatchObject({ code: 0, file: { written: 1 } });
  });

  it('that is not known is refused with those that are', async () => {
    const { code, file } = await load(fileOf('ebcdic.gml', content('EBCDIC-PL')));
    expect(code).toBe(1);
    expect(file?.problems).toMatchObject([{ message: expect.stringContaining('EBCDIC-PL') }]);
  });
});

describe('a declared scope', () => {
  it('ends what the file no longer holds; a slip of the pen ends nothing', async () => {
    const whole = fileOf('whole.gml', registerFile([41, 42].map((n) => parcelMember({ n }))));
    const less = fileOf('less.gml', registerFile([parcelMember({ n: 41 })]));
    await load('--dataset', 'scoped', whole);
    const slip = await load('--dataset', 'scoped', '--scope', 'precinct:306401_1.0099', less);
    expect(slip).toMatchObject({ code: 1, report: { ok: false, files: [] } });
    expect(slip.report.error).toContain('no object of precinct 306401_1.0099');
    const ended = await load('--dataset', 'scoped', '--scope', 'precinct:306401_1.0021', less);
    expect(ended).toMatchObject({ code: 0, file: { written: 0, unchanged: 1, ended: 1 } });
  });
});

describe('what a person reads', () => {
  it('is a report with numbers, the axis order and the first problems of each kind', async () => {
    const path = fileOf('shown.gml', registerFile([51, 51].map((n) => parcelMember({ n }))));
    const run = runBlizniak(['load', path], { env });
    expect(await run.ended).toBe(0);
    expect(run.stdout()).toMatch(
      /^✓ .*shown\.gml: egib-gml EPSG:2177 → city, version \d+\n {2}2 read: 1 written, 0 unchanged, 1 rejected; 0 ended/,
    );
    expect(run.stdout()).toContain('read northing first');
    expect(run.stdout()).toMatch(/duplicate-id: 1\n {4}306401_1\.0021\.AR_10\.51: an object with this/);
  });

  it('names the option that cannot be used, with status 2 for an unknown one', async () => {
    const path = fileOf('any.gml', registerFile([]));
    const unknown = runBlizniak(['load', '--everything', path], { env });
    expect(await unknown.ended).toBe(2);
    expect(unknown.stderr()).toContain("unknown option '--everything'");
    const none = await load(join(folder, 'none.gml'));
    expect(none).toMatchObject({
      code: 1,
      report: { ok: false, error: expect.stringContaining('none.gml') },
    });
  });
});

describe('all of this', () => {
  it('has left the database whole', async () => {
    const service = await startService({ env });
    const reply = await fetch(`${service.url}/ogc/collections/parcels/items?limit=1&f=json`);
    const { numberMatched }: { numberMatched: number } = JSON.parse(await reply.text());
    // first, twice, faults, right and shown.
    expect(numberMatched).toBe(1 + 3_000 + 1 + 1 + 1);
    expect(await stopService(service)).toBe(0);
  });
});
