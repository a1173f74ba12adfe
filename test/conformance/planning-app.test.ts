/** Planning acts against the schemas of the ministry, of both versions: read by us, written by us and read again. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { generateDemoCity } from '../../core/demo-city/generate.ts';
import { PLANNING_ACTS } from '../../core/formats/app/plan-register.ts';
import { APP_GML } from '../../core/formats/app/reader.ts';
import type { ReadEvent } from '../../core/formats/reader.ts';
import { RegisterTally } from '../../core/formats/register-gml/register-tally.ts';
import { writeRegister } from '../../core/formats/register-gml/write-register.ts';
import { loadFile } from '../../server/exchange/load-file.ts';
import { exportRegister } from '../../server/orders/export-register.ts';
import { layerOf } from '../../server/store/layers.ts';
import { rowsOf, withEndedVersions } from '../../server/store/relation.ts';
import { sql } from '../../server/store/sql.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

const APP = 'https://www.gov.pl/static/zagospodarowanieprzestrzenne/schemas/app';

describeWithSharedData('planning acts (APP) under the schemas of the ministry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'blizniak-app-'));
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });
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

  const load = (path: string, dataset: string) =>
    loadFile({ pool: database.pool, path, dataset, allowOutside: true });
  const write = async (dataset: string) => {
    const path = join(folder, `${dataset}-out.gml`);
    const signal = new AbortController().signal;
    return exportRegister({
      pool: database.pool,
      ...{ register: PLANNING_ACTS, dataset, path, withEnded: true, signal },
    });
  };

  /** Every version of the layers of plans, each property; outlines without direction and first corner of their rings. */
  async function held(dataset: string): Promise<readonly unknown[]> {
    const layers = REGISTERS.filter(({ name }) => ['plan_acts', 'plan_zones', 'plan_areas'].includes(name));
    const rows = layers.map((layer) => rowsOf(withEndedVersions(layerOf(layer, dataset, 2177))));
    const all = [];
    for (const each of rows) {
      all.push(
        ...(await database.pool.read(
          sql`select to_jsonb(each) - 'geom' as held, ST_AsText(ST_SnapToGrid(ST_Normalize(geom), 0.001), 3) as shape
            from (${each}) as each order by id, iip_version`,
        )),
      );
    }
    return all;
  }

  it.each([
    ['poznan-pog-akt.gml', 1],
    ['abc-1/AktPlanowaniaPrzestrzennego.gml', 1],
    ['abc-1/StrefaPlanistyczna.gml', 28],
    ['test-2/AktPlanowaniaPrzestrzennego.gml', 1],
    ['test-2/StrefaPlanistyczna_OK.gml', 4],
    ['test-2/StrefaPlanistyczna_LUKA.gml', 4],
  ])('writes %s so that it is valid and comes back whole', async (file, objects) => {
    const dataset = file
      .toLowerCase()
      .replaceAll(/\.gml|[^a-z0-9]/g, '')
      .slice(-30);
    await load(sharedData('planning-app', ...file.split('/')), dataset);
    const out = await write(dataset);
    expect([out.objects, out.leftOut, out.noPlace]).toEqual([objects, [], {}]);
    const text = readFileSync(out.file, 'utf8');
    expect(problems(text, '2.0')).toBe('');
    expect(text).toContain(` numberReturned="${objects}"`);
    const again = await load(out.file, `again_${dataset}`);
    expect([again.written, again.rejected]).toEqual([objects, 0]);
    const before = await held(dataset);
    expect(before).toHaveLength(objects);
    expect(await held(`again_${dataset}`)).toEqual(before);
  });

  it('writes the identifiers of the ministry as they came', async () => {
    const ids = (text: string) =>
      [...text.matchAll(/gml:id="(PL[^"]+_\d{8}T\d{6})"/g)].map(([, id]) => id).sort();
    await load(sharedData('planning-app', 'abc-1', 'StrefaPlanistyczna.gml'), 'ids');
    const { file } = await write('ids');
    expect(ids(readFileSync(file, 'utf8'))).toEqual(ids(real('abc-1', 'StrefaPlanistyczna.gml')));
  });

  it('keeps documents, drawing, base map, areas, standards and ended versions', async () => {
    const path = join(folder, 'whole.gml');
    writeFileSync(path, WHOLE);
    expect(problems(WHOLE, '2.0')).toBe('');
    await load(path, 'whole');
    const out = await write('whole');
    expect(out.written).toEqual({
      AktPlanowaniaPrzestrzennego: 1,
      DokumentFormalny: 2,
      RysunekAktuPlanowaniaPrzestrzennego: 1,
      ObszarStandardowDostepnosciInfrastrukturySpolecznej: 1,
      ObszarUzupelnieniaZabudowy: 1,
    });
    const text = readFileSync(out.file, 'utf8');
    expect(problems(text, '2.0')).toBe('');
    expect(problems(text.replace(/<app:tytul>Rysunek<\/app:tytul>/, ''), '2.0')).toContain('tytul');
    await load(out.file, 'whole_again');
    const before = await held('whole');
    expect(before).toMatchObject([
      {
        held: {
          ...{
            plan_type: 'miejscowyPlanZagospodarowaniaPrzestrzennego',
            change_number: 2,
            is_modification: true,
          },
          ...{ base_map_date: '2024-03-01', base_map_reference: 'EGiB', alternative_title: 'Plan <Rynku>' },
          ...{ number: 'X/1/2025', publication: 'poz. 7', adopted_on: '2025-02-03', begun_on: '2023-05-06' },
          ...{ resolution_iip: 'PL.ZIPPZP.1/306401-MPZP/7MPZP-U/20250203T000000', drawing_scale: 1000 },
        },
      },
      { held: { kind: 'OSD', other_standards: 'Zlobka 900 m; Apteki 750 m', min_green_area_ha: 20 } },
      { held: { kind: 'OUZ', version_until: expect.stringContaining('2025-06-01'), name: 'Łęgi' } },
    ]);
    expect(await held('whole_again')).toEqual(before);
  });

  it('writes every plan of the demo district validly, and names what has no class', async () => {
    const plans = [...generateDemoCity({ size: 'district', seed: 1 }).features].filter(({ layer }) =>
      layer.startsWith('plan_'),
    );
    async function* of(name: string) {
      yield* plans.filter(({ layer }) => layer === name);
    }
    const tally = new RegisterTally();
    let text = '';
    for await (const chunk of writeRegister(PLANNING_ACTS, {
      ...{ srid: 2177, tally, known: new Set<string>() },
      features: of,
      find: ({ layer }) => of(layer),
    })) {
      text += new TextDecoder().decode(chunk);
    }
    expect(problems(text, '2.0')).toBe('');
    const local = plans.filter(
      ({ layer, properties }) => layer === 'plan_zones' && properties['plan_kind'] === 'local',
    );
    const { leftOut } = tally.report();
    expect(leftOut.map(({ lacks, objects }) => [lacks, objects])).toEqual([[['class'], local.length]]);
    // One resolution, one beginning and one drawing beside the objects themselves.
    expect(tally.objects()).toBe(plans.length - local.length + 3);
  });

  it('leaves out areas of local plans, which have no class, and says so', async () => {
    await load(sharedData('planning-app', 'abc-1', 'StrefaPlanistyczna.gml'), 'local');
    await database.pool.read(sql`update local.plan_zone set symbol = '1MN' where id like '%-1SZ'`);
    const out = await write('local');
    expect(out.leftOut).toEqual([
      { layer: 'local.plan_zones', lacks: ['class'], objects: 1, examples: ['321202-POG_1POG-1SZ'] },
    ]);
  });
});

const identifier = (localId: string, version = '20250203T000000') =>
  `<app:idIIP><app:Identyfikator><app:przestrzenNazw>PL.ZIPPZP.1/306401-MPZP</app:przestrzenNazw><app:lokalnyId>${localId}</app:lokalnyId><app:wersjaId>${version}</app:wersjaId></app:Identyfikator></app:idIIP>`;
const reference = (name: string, href: string) => `<app:${name} xlink:href="${href}"/>`;
const SQUARE = `<gml:Polygon gml:id="ID"><gml:exterior><gml:LinearRing><gml:posList>5810000 6427000 5810100.0004 6427000 5810100 6427100.25 5810000 6427000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>`;
const CRS = 'srsName="http://www.opengis.net/def/crs/EPSG/0/2177"';
const TO_ACT =
  'https://www.gov.pl/zagospodarowanieprzestrzenne/app/AktPlanowaniaPrzestrzennego/PL.ZIPPZP.1/306401-MPZP/7MPZP';
const isoDate = (day: string) =>
  `<app:data><gmd:CI_Date><gmd:date><gco:Date>${day}</gco:Date></gmd:date><gmd:dateType><gmd:CI_DateTypeCode codeList="x" codeListValue="creation"/></gmd:dateType></gmd:CI_Date></app:data>`;
const area = (
  className: string,
  name: string,
  localId: string,
  symbol: string,
  ended: string,
  more: string,
) =>
  `<wfs:member><app:${className} gml:id="a.${symbol}">${identifier(localId)}<app:nazwa>${name}</app:nazwa><app:oznaczenie>1${symbol}</app:oznaczenie><app:symbol>${symbol}</app:symbol><app:poczatekWersjiObiektu>2025-02-03T00:00:00Z</app:poczatekWersjiObiektu>${ended}${reference('status', 'x/legalForce')}${reference('charakterUstalenia', 'x/generallyBinding')}<app:geometria>${SQUARE.replace('"ID"', `"g.${symbol}" ${CRS}`)}</app:geometria>${reference('plan', TO_ACT)}${more}</app:${className}></wfs:member>`;
const metres = (what: string, value: number) =>
  `<app:odlegloscDo${what} uom="m">${value}</app:odlegloscDo${what}>`;
const hectares = (what: string, value: number) =>
  `<app:powierzchnia${what} uom="ha">${value}</app:powierzchnia${what}>`;

/** Every class and element of APP 2.0 that the twin keeps, as no file of a city has them together. */
const WHOLE = `<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:app="${APP}/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" timeStamp="2025-07-31T13:56:50Z" numberReturned="6" numberMatched="unknown">
<wfs:member><app:AktPlanowaniaPrzestrzennego gml:id="act">${identifier('7MPZP')}<app:poczatekWersjiObiektu>2025-02-03T00:00:00Z</app:poczatekWersjiObiektu><app:tytul>MPZP „Rynek”</app:tytul><app:tytulAlternatywny>Plan &lt;Rynku&gt;</app:tytulAlternatywny>${reference('typPlanu', 'x/miejscowyPlanZagospodarowaniaPrzestrzennego')}${reference('poziomHierarchii', 'x/local')}<app:obowiazujeOd>2025-03-01</app:obowiazujeOd>${reference('status', 'x/legalForce')}<app:zmiana>2</app:zmiana><app:modyfikacja>true</app:modyfikacja><app:mapaPodkladowa><app:MapaPodkladowa><app:data>2024-03-01</app:data><app:referencja>EGiB</app:referencja><app:lacze>https://example.org/map</app:lacze></app:MapaPodkladowa></app:mapaPodkladowa><app:zasiegPrzestrzenny><gml:MultiSurface gml:id="act.g" ${CRS}><gml:surfaceMember>${SQUARE.replace('ID', 'act.g.1')}</gml:surfaceMember></gml:MultiSurface></app:zasiegPrzestrzenny></app:AktPlanowaniaPrzestrzennego></wfs:member>
<wfs:member><app:DokumentFormalny gml:id="u">${identifier('7MPZP-U')}<app:tytul>Uchwała</app:tytul><app:numerIdentyfikacyjny>X/1/2025</app:numerIdentyfikacyjny>${isoDate('2025-02-03')}<app:szczegoloweOdniesienie>poz. 7</app:szczegoloweOdniesienie><app:lacze>https://example.org/text</app:lacze>${reference('uchwala', `${TO_ACT}/20250203T000000`)}</app:DokumentFormalny></wfs:member>
<wfs:member><app:DokumentFormalny gml:id="p">${identifier('7MPZP-P', '20230506T000000')}<app:tytul>Przystąpienie</app:tytul>${isoDate('2023-05-06')}${reference('przystapienie', TO_ACT)}</app:DokumentFormalny></wfs:member>
<wfs:member><app:RysunekAktuPlanowaniaPrzestrzennego gml:id="r">${identifier('7MPZP-R')}<app:poczatekWersjiObiektu>2025-02-03T00:00:00Z</app:poczatekWersjiObiektu><app:tytul>Rysunek</app:tytul><app:lacze>https://example.org/drawing</app:lacze><app:ukladOdniesieniaPrzestrzennego>http://www.opengis.net/def/crs/EPSG/0/2177</app:ukladOdniesieniaPrzestrzennego><app:rozdzielczoscPrzestrzenna>1000</app:rozdzielczoscPrzestrzenna>${reference('plan', TO_ACT)}</app:RysunekAktuPlanowaniaPrzestrzennego></wfs:member>
${area('ObszarUzupelnieniaZabudowy', 'Łęgi', '7MPZP-1OUZ', 'OUZ', '<app:koniecWersjiObiektu>2025-06-01T12:00:00Z</app:koniecWersjiObiektu><app:obowiazujeOd>2025-03-01</app:obowiazujeOd><app:obowiazujeDo>2025-06-01</app:obowiazujeDo>', '')}
${area('ObszarStandardowDostepnosciInfrastrukturySpolecznej', 'Miasto', '7MPZP-1OSD', 'OSD', '<app:obowiazujeOd>2025-03-01</app:obowiazujeOd>', `<app:wylaczenieZabudowyZagrodowej>true</app:wylaczenieZabudowyZagrodowej>${metres('SzkolyPodstawowej', 1500)}${metres('ObszarowZieleniPublicznej', 1500)}${hectares('LacznaObszarowZieleniPublicznej', 3)}${metres('ObszaruZieleniPublicznej', 3000)}${hectares('ObszaruZieleniPublicznej', 20)}${metres('Zlobka', 900)}${metres('Apteki', 750)}`)}
</wfs:FeatureCollection>
`;
