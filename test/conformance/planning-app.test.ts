/** Planning acts against the schemas of the ministry, of both versions, and read by us. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { APP_GML } from '../../core/formats/app/reader.ts';
import type { ReadEvent } from '../../core/formats/reader.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

const APP = 'https://www.gov.pl/static/zagospodarowanieprzestrzenne/schemas/app';

describeWithSharedData('planning acts (APP) under the schemas of the ministry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'blizniak-app-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const real = (...path: string[]) => readFileSync(sharedData('planning-app', ...path), 'utf8');
  /** The one act that is there of a real city, as the version before wrote it: no class of zones is in that one. */
  const asVersion1 = () => real('poznan-pog-akt.gml').replaceAll(`${APP}/2.0`, `${APP}/1.0`);

  function problems(text: string, version: '1.0' | '2.0'): string {
    const [schema, file] = [join(folder, `app-${version}.xsd`), join(folder, 'plan.gml')];
    const own = sharedData('planning-app', 'xsd', `planowaniePrzestrzenne_${version.replace('.', '_')}.xsd`);
    const parts = [
      ['http://www.opengis.net/wfs/2.0', 'http://schemas.opengis.net/wfs/2.0/wfs.xsd'],
      [`${APP}/${version}`, own],
    ].map(([namespace, place]) => `<import namespace="${namespace}" schemaLocation="${place}"/>`);
    writeFileSync(schema, `<schema xmlns="http://www.w3.org/2001/XMLSchema">${parts.join('')}</schema>`);
    writeFileSync(file, text);
    const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
    const { stderr, error } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, file], {
      encoding: 'utf8',
      env: { ...process.env, ...catalog },
    });
    if (error) throw error;
    return stderr.replace(/^.* validates\n$/, '');
  }

  async function read(text: string): Promise<readonly ReadEvent[]> {
    expect(APP_GML.recognises(text.slice(0, 4_096))).toBe(true);
    const events: ReadEvent[] = [];
    async function* chunks() {
      yield text;
    }
    for await (const event of APP_GML.read(chunks(), {})) events.push(event);
    return events;
  }

  it('takes what is valid in version 2.0, and the schema is one that can fail', async () => {
    const text = real('abc-1', 'StrefaPlanistyczna.gml');
    expect(problems(text, '2.0')).toBe('');
    expect(problems(text.replace(/<app:oznaczenie>.*?<\/app:oznaczenie>/, ''), '2.0')).toContain(
      'oznaczenie',
    );
    const events = await read(text);
    expect(events.filter(({ kind }) => kind === 'object')).toHaveLength(28);
    expect(events.filter(({ kind }) => kind === 'rejected')).toEqual([]);
  });

  it('takes an act of version 1.0 over with the same extent and words as that of 2.0', async () => {
    expect(problems(asVersion1(), '1.0')).toBe('');
    expect(problems(asVersion1().replace(/<app:tytul>.*?<\/app:tytul>/s, ''), '1.0')).toContain('tytul');
    const acts = async (text: string) => (await read(text)).filter(({ kind }) => kind === 'object');
    const [old] = await acts(asVersion1());
    expect(old).toMatchObject({ feature: { layer: 'plan_acts', id: '306401-POG_1POG' }, srid: 2177 });
    expect([old]).toEqual(await acts(real('poznan-pog-akt.gml')));
  });
});
