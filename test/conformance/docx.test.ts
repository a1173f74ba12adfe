/** Documents of word processors, read by a program that others wrote (python-docx). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDocx } from '../../server/documents/write-docx.ts';
import { SAMPLE_DOCUMENT } from '../support/sample-document.ts';

const READ = `
import json, sys, docx
document = docx.Document(sys.argv[1])
about = document.core_properties
section = document.sections[0]
print(json.dumps({
  'title': about.title, 'author': about.author, 'language': about.language, 'created': about.created.isoformat(),
  'headings': [[p.style.name, p.text] for p in document.paragraphs if p.style.name.startswith('Heading')],
  'bullets': [p.text for p in document.paragraphs if p.style.name == 'List Bullet'],
  'tables': [[len(t.rows), len(t.columns)] for t in document.tables],
  'cells': [c.text for c in document.tables[3].rows[1].cells],
  'pictures': [round(s.width.mm, 2) for s in document.inline_shapes],
  'page': [round(section.page_width.mm, 1), round(section.page_height.mm, 1)],
  'foot': section.footer.paragraphs[0].text,
}))`;

describe('a document of a word processor, as python-docx reads it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'blizniak-docx-'));
  let read: Readonly<Record<string, unknown>>;
  beforeAll(() => {
    const file = join(folder, 'sample.docx');
    writeFileSync(file, writeDocx(SAMPLE_DOCUMENT));
    const { stdout, stderr, status } = spawnSync('/usr/bin/python3', ['-c', READ, file], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    read = JSON.parse(stdout);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says what it is, of whom and of when', () => {
    expect(read).toMatchObject({
      title: 'Zażółć <gęślą> & jaźń',
      author: 'Miasto Poznań',
      language: 'pl-PL',
      created: '2026-06-30T10:00:00',
      page: [210, 297],
    });
    expect(read['foot']).toMatch(/^Zażółć <gęślą> & jaźń {2}· {2}Kod: 7F3A-11C2\tStrona /);
  });

  it('has headings, lists, tables and pictures that are such, not looks', () => {
    expect(read['headings']).toEqual(
      SAMPLE_DOCUMENT.blocks.flatMap((block) =>
        block.kind === 'heading' ? [[`Heading ${block.level}`, block.text]] : [],
      ),
    );
    expect(read['bullets']).toHaveLength(2);
    // Facts, the bar of the scale, the legend with rows between its signs, 60 rows under a head, two bars.
    expect(read['tables']).toEqual([
      [2, 2],
      [1, 5],
      [5, 3],
      [61, 3],
      [2, 62],
    ]);
    expect(read['cells']).toEqual(['Wiersz 0', '0,5', 'słowo '.repeat(20)]);
    expect(read['pictures']).toEqual([174]);
  });
});
