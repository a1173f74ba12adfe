/** BDOT10k in both schemas. There is no real file in the test data: these are written by hand from the schemas. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transformBetween } from '../../core/geo/crs.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { sql } from '../store/sql.ts';
import { loadFile } from './load-file.ts';

const NAMESPACE = 'urn:gugik:specyfikacje:gmlas:bazaDanychObiektowTopograficznych10k';
const BASIC = 'urn:gugik:specyfikacje:gmlas:modelPodstawowy:1.0';
const CRS = 'urn:ogc:def:crs:EPSG::2180';

/** Northing first, as the URN says; metres from a corner in the city. */
const [EASTING, NORTHING] = transformBetween(2177, 2180)([6_427_000, 5_809_000]);
const at = (e: number, n: number) => `${(NORTHING + n).toFixed(2)} ${(EASTING + e).toFixed(2)}`;
const line = (...places: string[]) =>
  `<ot:geometria><gml:LineString gml:id="g" srsName="${CRS}"><gml:posList>${places.join(' ')}</gml:posList></gml:LineString></ot:geometria>`;
const area = (...places: string[]) =>
  `<ot:geometria><gml:Polygon srsName="${CRS}"><gml:exterior><gml:LinearRing><gml:posList>${[...places, places[0]].join(' ')}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></ot:geometria>`;
const SQUARE = area(at(0, 0), at(40, 0), at(40, 30), at(0, 30));
const POINT = `<ot:geometria><gml:Point srsName="${CRS}"><gml:pos>${at(5, 6)}</gml:pos></gml:Point></ot:geometria>`;

const file = (version: string, ...members: string[]) =>
  `<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:ot="${NAMESPACE}:${version}" xmlns:bt="${BASIC}">${members
    .map((member) => `<gml:featureMember>${member}</gml:featureMember>`)
    .join('')}</gml:FeatureCollection>`;
let number = 0;
const uuid = () => `9A1B2C3D-0000-4000-8000-${String(++number).padStart(12, '0')}`;

const of1 = (name: string, code: string, inside: string) =>
  `<ot:${name}><ot:idIIP><bt:BT_Identyfikator><bt:lokalnyId>${uuid()}</bt:lokalnyId><bt:przestrzenNazw>PL.PZGIK.994.BDOT10k</bt:przestrzenNazw><bt:wersjaId>2014-05-06T00:00:00</bt:wersjaId></bt:BT_Identyfikator></ot:idIIP>
  <ot:czyObiektBDOO>true</ot:czyObiektBDOO><ot:x_kod>${code}</ot:x_kod><ot:x_zrodloDanychG>Ortofoto</ot:x_zrodloDanychG><ot:x_katIstnienia>Eks</ot:x_katIstnienia>
  <ot:x_cyklZycia><bt:BT_CyklZyciaInfo><bt:poczatekWersjiObiektu>2014-05-06T07:08:09</bt:poczatekWersjiObiektu></bt:BT_CyklZyciaInfo></ot:x_cyklZycia>${inside}</ot:${name}>`;
const of2 = (name: string, inside: string, until = '') =>
  `<ot:${name}><ot:lokalnyId>${uuid()}</ot:lokalnyId><ot:przestrzenNazw>PL.PZGiK.330.BDOT10k</ot:przestrzenNazw><ot:wersja>2025-03-04T05:06:07</ot:wersja>
  <ot:poczatekWersjiObiektu>2025-03-04T05:06:07</ot:poczatekWersjiObiektu>${until}<ot:oznaczenieZmiany>zm-1</ot:oznaczenieZmiany>
  <ot:zrodloDanychGeometrycznych>ortofotomapa</ot:zrodloDanychGeometrycznych><ot:kategoriaIstnienia>eksploatowany</ot:kategoriaIstnienia>${inside}</ot:${name}>`;

describe('BDOT10k', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'blizniak-bdot10k-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function load(name: string, text: string) {
    const path = join(folder, name);
    writeFileSync(path, text);
    return await loadFile({ pool: database.pool, path });
  }
  const rows = (table: 'area' | 'line' | 'point', version: string) =>
    database.pool.read(
      sql`select each.class, code, kind, name, number, use, surface, width_m, storeys, existence, remark, other,
          iip_version, version_since::text, round(ST_X(ST_StartPoint(ST_ExteriorRing(ST_Envelope(geom)))) - 6427000) as east
        from (select * from city.bdot10k_area where ${table}::text = 'area'
          union all select * from city.bdot10k_line where ${table}::text = 'line'
          union all select * from city.bdot10k_point where ${table}::text = 'point') as each
        where valid_to is null and iip_version like ${`${version}%`}::text order by class`,
    );

  it('of the schema 1.0 is taken over with its codes, northing first', async () => {
    const report = await load(
      'old.xml',
      file(
        '1.0',
        of1(
          'OT_SKJZ_L',
          'SKJZ03',
          `${line(at(0, 0), at(20, 10))}<ot:x_uwagi>notatka</ot:x_uwagi><ot:klasaDrogi>G</ot:klasaDrogi><ot:szerokoscNawierzchni uom="m">7.5</ot:szerokoscNawierzchni><ot:materialNawierzchni>Mb</ot:materialNawierzchni>`,
        ),
        of1('OT_PTWP_A', 'PTWP03', SQUARE),
        of1('OT_Ciek', '', '<ot:nazwa>Warta</ot:nazwa>'),
        of1('OT_PTKM_A', 'PTKM02', POINT),
      ),
    );
    expect(report).toMatchObject({ crs: 'EPSG:2180', read: 4, written: 2, rejected: 2 });
    expect(report.problems.map(({ code, objectClass }) => [code, objectClass])).toEqual([
      ['class-not-stored', 'OT_Ciek'],
      ['invalid-geometry', 'OT_PTKM_A'],
    ]);
    const [road] = await rows('line', '2014');
    expect(road).toMatchObject({
      ...{ class: 'SKJZ', code: 'SKJZ03', surface: 'Mb', width_m: 7.5, existence: 'Eks', remark: 'notatka' },
      version_since: '2014-05-06 07:08:09+00',
      other: JSON.stringify({ czyObiektBDOO: 'true', klasaDrogi: 'G' }),
    });
    expect(await rows('area', '2014')).toMatchObject([{ class: 'PTWP', code: 'PTWP03' }]);
  });

  it('of the schema 2.0 is taken over by shape, and a second time changes nothing', async () => {
    const text = file(
      '2.0',
      of2('OT_ADJA_A', `${SQUARE}<ot:rodzaj>gmina</ot:rodzaj><ot:nazwa>Poznań</ot:nazwa>`),
      of2(
        'OT_BUBD_A',
        `${SQUARE}<ot:przewazajacaFunkcjaBudynku>szkoła podstawowa</ot:przewazajacaFunkcjaBudynku><ot:liczbaKondygnacji>3</ot:liczbaKondygnacji><ot:kodKst>107</ot:kodKst><ot:kodKst>109</ot:kodKst>`,
      ),
      of2('OT_SKDR_L', `${line(at(0, 0), at(9, 9))}<ot:numerDrogi>DW196</ot:numerDrogi>`),
      of2('OT_SULN_L', `${line(at(0, 0), at(9, 9))}<ot:rodzaj>linia elektroenergetyczna</ot:rodzaj>`),
      of2('OT_SWRS_L', `${line(at(0, 0), at(9, 9))}<ot:rodzaj>rzeka</ot:rodzaj><ot:nazwa>Warta</ot:nazwa>`),
      of2('OT_OIPR_P', `${POINT}<ot:rodzaj>drzewo</ot:rodzaj>`),
      of2(
        'OT_SKTR_L',
        line(at(0, 0), at(9, 9)),
        '<ot:koniecWersjiObiektu>2025-06-01T00:00:00</ot:koniecWersjiObiektu>',
      ),
      of2('OT_SKRP_L', `${line(at(0, 0), at(9, 9))}<ot:szerokosc uom="cm">150</ot:szerokosc>`),
    );
    const report = await load('new.gml', text);
    expect(report).toMatchObject({ read: 8, written: 7, rejected: 1 });
    const [problem] = report.problems;
    expect(problem).toMatchObject({ code: 'invalid-value', objectClass: 'OT_SKRP_L' });
    expect(problem?.objectId).toMatch(/^9A1B2C3D-/);
    expect(await rows('area', '2025')).toMatchObject([
      { class: 'ADJA', kind: 'gmina', name: 'Poznań' },
      {
        ...{ class: 'BUBD', use: 'szkoła podstawowa', storeys: 3, existence: 'eksploatowany' },
        other: JSON.stringify({ oznaczenieZmiany: 'zm-1', kodKst: ['107', '109'] }),
      },
    ]);
    expect(await rows('line', '2025')).toMatchObject([
      { class: 'SKDR', number: 'DW196' },
      { class: 'SULN', kind: 'linia elektroenergetyczna' },
      { class: 'SWRS', kind: 'rzeka', name: 'Warta' },
    ]);
    expect(await rows('point', '2025')).toMatchObject([{ class: 'OIPR', kind: 'drzewo' }]);
    expect(await load('new.gml', text)).toMatchObject({ written: 0, unchanged: 7 });
  });
});
