/** Metadata of every layer by the schemas of ISO 19139, and as OWSLib reads them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { isoMetadata } from '../../core/metadata/iso-metadata.ts';
import { layerRecord } from '../../core/metadata/metadata-record.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { metadataFaultless, tool } from './outside-tools.ts';

const STATUS = {
  ...({ extent: [6_426_000, 5_808_000, 6_428_000, 5_810_000], synthetic: false } as const),
  ...{ loadedAt: '2026-06-30T10:00:00Z', source: 'EGiB <2021> & "inne"' },
};
const EMPTY = { extent: undefined, loadedAt: undefined, source: undefined, synthetic: true };

describeWithSharedData('the metadata of a layer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'blizniak-metadata-'));
  const at = (name: string) => join(folder, `${name}.xml`);
  beforeAll(() => {
    for (const layer of REGISTERS) {
      const formats = [{ name: 'GML', version: '3.2.1' }];
      const quality = { omissionPct: 1.5, positionM: 0.1 };
      writeFileSync(at(layer.name), isoMetadata({ ...layerRecord(layer, STATUS, 2177), formats, quality }));
      writeFileSync(at(`${layer.name}-empty`), isoMetadata(layerRecord(layer, EMPTY, 2177)));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is valid ISO 19139, loaded or empty, assessed or not', async () => {
    const validate = (...names: readonly string[]) => metadataFaultless(folder, names.map(at));
    await validate(...REGISTERS.flatMap(({ name }) => [name, `${name}-empty`]));
    writeFileSync(
      at('planted'),
      isoMetadata(layerRecord(REGISTERS[0] as never, EMPTY, 2177)).replaceAll('gmd:lineage', 'gmd:linage'),
    );
    await expect(validate('planted')).rejects.toThrow('linage');
  });

  it('says title, date, extent, system, licence and source to OWSLib', async () => {
    const script = `
import json, sys
from owslib.iso import MD_Metadata
from lxml import etree
one = MD_Metadata(etree.parse(sys.argv[1]))
data = one.identification[0] if isinstance(one.identification, list) else one.identification
box = data.bbox
print(json.dumps({'id': one.identifier, 'title': data.title, 'date': data.date[0].date, 'box': [float(each) for each in (box.minx, box.miny, box.maxx, box.maxy)], 'licence': data.otherconstraints, 'lineage': one.dataquality.lineage, 'contact': one.contact[0].organization, 'topic': data.topiccategory}))`;
    const read = JSON.parse(await tool('/usr/bin/python3', ['-W', 'ignore', '-c', script, at('parcels')]));
    const { title, licence, steward } = REGISTERS[0] ?? {};
    const [west = 0, south = 0, east = 0, north = 0] = read.box;
    expect(read).toMatchObject({
      ...{ id: 'blizniak:parcels', title: title?.pl, date: '2026-06-30', topic: ['planningCadastre'] },
      ...{ licence: [licence?.pl], lineage: 'Wczytano z: EGiB <2021> & "inne".', contact: steward?.pl },
    });
    expect([west, east].every((lon) => lon > 16.9 && lon < 16.96)).toBe(true);
    expect([south, north].every((lat) => lat > 52.39 && lat < 52.43)).toBe(true);
  });
});
