/** Extended capabilities of INSPIRE in WMS 1.3.0 and WFS 2.0, judged by xmllint with the schemas of INSPIRE. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { descendantsOf, type XmlElement } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { type RunningApp, runApp } from '../support/running-app.ts';
import { SAMPLE_LAYERS, sampleServices } from '../support/sample-city.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';
import { tool } from './outside-tools.ts';

const EMAIL = 'gis@city.example.org';
const DOORS = {
  view: 'wms?service=WMS&version=1.3.0&request=GetCapabilities',
  download: 'wfs?service=WFS&version=2.0.0&request=GetCapabilities',
} as const;
type Kind = keyof typeof DOORS;
const KINDS = Object.keys(DOORS) as Kind[];

let app: RunningApp;
beforeAll(async () => {
  app = await runApp(sampleServices(3), { contactEmail: EMAIL });
});
afterAll(() => app.close());

const capabilities = async (kind: Kind, more = '') =>
  (await fetch(`${app.url}/${DOORS[kind]}${more}`)).text();
const extended = (text: string): XmlElement | undefined =>
  [...descendantsOf(parseXml(text))].find(
    ({ local, namespace }) => local === 'ExtendedCapabilities' && namespace.includes('inspire'),
  );
const textsOf = (root: XmlElement | undefined, name: string) =>
  root ? [...descendantsOf(root)].filter(({ local }) => local === name).map(({ text }) => text) : [];

it.each(KINDS)(
  'a %s service says its kind, its contact, its languages and that it is not evaluated',
  async (kind) => {
    const root = extended(await capabilities(kind));
    expect(textsOf(root, 'SpatialDataServiceType')).toEqual([kind]);
    expect(textsOf(root, 'EmailAddress')).toEqual([EMAIL]);
    expect(textsOf(root, 'Degree')).toEqual(['notEvaluated']);
    expect(textsOf(root, 'Language')).toEqual(['pol', 'eng', 'pol']);
    const english = extended(await capabilities(kind, '&LANGUAGE=eng'));
    expect(textsOf(english, 'Language')).toEqual(['pol', 'eng', 'eng']);
    const locator = textsOf(root, 'URL')[0] ?? '';
    expect(extended(await (await fetch(locator)).text())).toBeDefined();
  },
);

it('a download service names its data as its Atom feeds do', async () => {
  const root = extended(await capabilities('download'));
  expect(textsOf(root, 'Code')).toEqual(SAMPLE_LAYERS.map(({ name }) => name));
  expect(new Set(textsOf(root, 'Namespace'))).toEqual(new Set([`${app.url}/ogc/collections/`]));
});

it('nothing is said where nobody can be written to, nor in older versions', async () => {
  const silent = await runApp(sampleServices(3));
  try {
    for (const kind of KINDS) {
      expect(await (await fetch(`${silent.url}/${DOORS[kind]}`)).text()).not.toContain('inspire');
    }
  } finally {
    await silent.close();
  }
  const old = await (await fetch(`${app.url}/wms?service=WMS&version=1.1.1&request=GetCapabilities`)).text();
  expect([old.includes('inspire'), old.includes(EMAIL)]).toEqual([false, true]);
});

describeWithSharedData('valid by the schemas of INSPIRE and OGC', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blizniak-inspire-'));
    const base = 'http://inspire.ec.europa.eu/schemas';
    const schema = (imports: Readonly<Record<string, string>>) =>
      `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">${Object.entries(imports)
        .map(([namespace, place]) => `<xsd:import namespace="${namespace}" schemaLocation="${place}"/>`)
        .join('')}</xsd:schema>`;
    await writeFile(
      join(folder, 'view.xsd'),
      schema({ [`${base}/inspire_vs/1.0`]: `${base}/inspire_vs/1.0/inspire_vs.xsd` }),
    );
    await writeFile(
      join(folder, 'download.xsd'),
      schema({
        'http://www.opengis.net/wfs/2.0': 'http://schemas.opengis.net/wfs/2.0/wfs.xsd',
        [`${base}/inspire_dls/1.0`]: `${base}/inspire_dls/1.0/inspire_dls.xsd`,
      }),
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function faults(kind: Kind, document: string): Promise<string> {
    const file = join(folder, 'document.xml');
    await writeFile(file, document);
    const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
    try {
      await tool('xmllint', ['--nonet', '--noout', '--schema', join(folder, `${kind}.xsd`), file], catalog);
      return '';
    } catch (error) {
      return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    }
  }

  it.each(KINDS)('%s', async (kind) => {
    const document = await capabilities(kind);
    expect(await faults(kind, document)).toBe('');
    expect(await faults(kind, await capabilities(kind, '&language=en'))).toBe('');
    expect(await faults(kind, document.replace('notEvaluated', 'perhaps'))).toContain('perhaps');
  });
});
