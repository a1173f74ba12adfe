/** Registers in the schemas of 2015: valid files by the real schemas, read into the layers of 2021. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BDOT500 } from '../../core/formats/bdot500/bdot500-register.ts';
import { GESUT } from '../../core/formats/gesut/gesut-register.ts';
import { loadFile } from '../../server/exchange/load-file.ts';
import { exportRegister } from '../../server/orders/export-register.ts';
import { name, sql } from '../../server/store/sql.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { parcelMember, registerFile } from '../support/register-gml.ts';
import { BDOT500_2015, fileOf2015, GESUT_2015, localId } from '../support/registers-2015.ts';
import { schemaFaults } from '../support/schema-faults.ts';
import { describeWithSharedData } from '../support/shared-data.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-2015-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function written(file: string, text: string): string {
  const path = join(folder, file);
  writeFileSync(path, text);
  return path;
}

const rows = async (table: string) => {
  const all = await database.pool.read<{ held: Record<string, unknown> }>(
    sql`select jsonb_strip_nulls(to_jsonb(each)) as held from ${name('city', table)} as each order by id`,
  );
  return all.map(({ held }) => held);
};

describeWithSharedData('registers of 2015', () => {
  it('are valid files by the schemas of 2015', () => {
    const [gesut, bdot] = [
      written('gesut.gml', fileOf2015(GESUT_2015)),
      written('bdot.gml', fileOf2015(BDOT500_2015)),
    ];
    expect(schemaFaults(gesut, 'GESUT/GESUT.xsd', 'xsd-2015')).toBe('');
    expect(schemaFaults(bdot, 'BDOT/BDOT500.xsd', 'xsd-2015')).toBe('');
  });

  it('load in one go from one file with EGiB of 2021, each into its layers, with one report', async () => {
    const parcel = parcelMember({ n: 1 });
    const both = registerFile([parcel, ...GESUT_2015, ...BDOT500_2015]).replace(
      'xmlns:egb=',
      'xmlns:ges="urn:gugik:specyfikacje:gmlas:geodezyjnaEwidencjaSieciUzbrojeniaTerenu:1.0" xmlns:bdz="urn:gugik:specyfikacje:gmlas:bazaDanychObiektowTopograficznych500:1.0" xmlns:bt="urn:gugik:specyfikacje:gmlas:modelPodstawowy:1.0" xmlns:egb=',
    );
    const report = await loadFile({ pool: database.pool, path: written('all.gml', both), dataset: 'city' });
    expect([report.read, report.written, report.rejected]).toEqual([12, 12, 0]);
    const told = report.notes.map(({ message }) => message).join('\n');
    for (const word of ['wBudowie', 'slupKratowy', 'kladka']) expect(told).toContain(`"${word}"`);
    expect(told).not.toContain('furtka');

    expect(await rows('utility_line')).toMatchObject([
      {
        id: localId(1),
        ...{
          network: 'sewer',
          line_type: 'sewer_storm',
          flow: 'gravity',
          role: 'main',
          course: 'underground',
        },
        ...{ diameter_mm: 300, state: 'existing', operation: 'active', position_source: 'O' },
        ...{ operator: 'Wodociągi Próbne', operator_id: 'W-17', iip_version: '2014-05-06T07:08:09' },
        ...{ object_since: '2013-02-01T00:00:00+00:00', version_since: '2014-05-06T07:08:09+00:00' },
      },
      { id: localId(2), network: 'special', line_type: 'special_oil', state: 'designed' },
    ]);
    expect(await rows('utility_device')).toMatchObject([
      { id: localId(3), network: 'sewer', kind: 'manhole' },
      { id: localId(4), network: 'power', kind: 'pole' },
    ]);
    expect(await rows('utility_elevation')).toMatchObject([{ top_height_m: 71.5, bottom_height_m: 69.25 }]);
    expect(await rows('topographic_area')).toMatchObject([
      {
        id: localId(11),
        ...{ class: 'transport', kind: 'carriageway', surface: 'bituminous', level: 1 },
        ...{ position_source: 'F', remark: 'do sprawdzenia' },
      },
      { id: localId(14), class: 'transport', kind: 'bridge' },
      {
        id: localId(15),
        ...{ class: 'slope', kind: 'reinforced_slope' },
        slope_starts: 'SRID=2177;MULTIPOINT ((6427060 5810060))',
        slope_ends: 'SRID=2177;MULTIPOINT ((6427080 5810060))',
      },
    ]);
    expect(await rows('topographic_line')).toMatchObject([
      { id: localId(12), kind: 'kerb' },
      { id: localId(13), class: 'fence', kind: 'wicket' },
    ]);
    expect(await rows('topographic_height')).toMatchObject([{ kind: 'natural', height_m: 75.25 }]);
    // People and their telephones are in the file and nowhere in the twin.
    expect(JSON.stringify([await rows('utility_line'), report])).not.toMatch(/Kowalski|600100200/);
  });

  it('go out in the schemas of 2021, valid', async () => {
    for (const register of [GESUT, BDOT500]) {
      const path = join(folder, `${register.name}-2021.gml`);
      const signal = new AbortController().signal;
      const { objects, leftOut } = await exportRegister({ pool: database.pool, register, path, signal });
      expect([register.name, objects, leftOut]).toEqual([register.name, register === GESUT ? 5 : 6, []]);
      expect(schemaFaults(path, register.schemaFile)).toBe('');
    }
  });
});
