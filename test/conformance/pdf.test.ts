/** Documents as PDF, read by programs that others wrote (poppler). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePdf } from '../../server/documents/write-pdf.ts';
import { SAMPLE_DOCUMENT } from '../support/sample-document.ts';

describe('a document as PDF', () => {
  const folder = mkdtempSync(join(tmpdir(), 'blizniak-pdf-'));
  const file = join(folder, 'sample.pdf');
  const run = (program: string, ...args: string[]): string => {
    const { stdout, stderr, status, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 });
    if (error || status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
    expect(stderr).toBe('');
    return stdout;
  };
  let pdf: Uint8Array;
  beforeAll(async () => {
    pdf = await writePdf(SAMPLE_DOCUMENT);
    writeFileSync(file, pdf);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has its title, author and date, and is tagged', () => {
    const info = run('pdfinfo', '-isodates', file);
    for (const [name, value] of [
      ['Title', 'Zażółć <gęślą> & jaźń'],
      ['Author', 'Miasto Poznań'],
      ['CreationDate', '2026-06-30T10:00:00Z'],
      ['Tagged', 'yes'],
      ['PDF version', '1.7'],
    ]) {
      expect(info).toMatch(new RegExp(`^${name}: +${value}$`, 'm'));
    }
  });

  it('has metadata that are XML whatever the title, and says that it is PDF/UA in Polish', () => {
    const text = Buffer.from(pdf).toString('utf8');
    const metadata = /<x:xmpmeta.*<\/x:xmpmeta>/s.exec(text)?.[0] ?? '';
    expect(metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
    const xml = join(folder, 'metadata.xml');
    writeFileSync(xml, metadata);
    run('xmllint', '--noout', xml);
    expect(text).toContain('/Lang (pl-PL)');
    expect(text).toContain('/DisplayDocTitle true');
  });

  it('embeds every font with the letters of its text', () => {
    const [, , ...fonts] = run('pdffonts', file).trim().split('\n');
    expect(fonts.length).toBeGreaterThan(3);
    for (const font of fonts) expect(font).toMatch(/SourceSans3.* yes yes yes /);
  });

  it('is read in order, with the letters of Polish and the number of every page', () => {
    const pages = run('pdftotext', '-layout', file, '-').split('\f');
    expect(pages[0]).toMatch(/jaźń.*syntetyczne.*Київ.*306401_1\.0021.*Skala 1:1.000.*linia zabudowy/s);
    expect(pages[0]).toMatch(/Kod: 7F3A-11C2 +Strona 1 z 5/);
    // The head of a table stands again on its next page.
    expect(pages[1]).toMatch(/^Wskaźnik +Dziś Uwagi/);
  });

  it('names headings, cells and pictures to who listens', () => {
    const tree = run('pdfinfo', '-struct-text', file);
    expect(tree).toMatch(/Document.*H1.*"Zażółć <gęślą> & jaźń".*Figure.*Caption.*Table.*TH/s);
    expect(tree.match(/^ +TR/gm)).toHaveLength(61);
    expect(tree.match(/\/Scope \/Column/g)).toHaveLength(3);
    expect(tree.match(/^ {2}Figure/gm)).toHaveLength(2);
    const text = Buffer.from(pdf).toString('latin1');
    expect(text.match(/\/Alt /g)).toHaveLength(2);
    // What repeats or only looks is not read out.
    expect(tree).not.toContain('Strona 1');
  });
});
