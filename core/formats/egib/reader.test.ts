import { describe, expect, it } from 'vitest';
import { parseCrs } from '../../geo/crs.ts';
import type { ReadEvent, ReadOptions } from '../reader.ts';
import { EGIB_GML } from './reader.ts';

const LOCAL_ID = (n: number) => `04022323-1610-8636-2530-3217130754${String(n).padStart(2, '0')}`;

function collection(members: string, rootAttributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:egb="ewidencjaGruntowIBudynkow:1.0"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ges="geodezyjnaEwidencjaSieciUzbrojeniaTerenu:1.0"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"${rootAttributes}>
${members}
</gml:FeatureCollection>`;
}

const iip = (n: number) =>
  `<egb:idIIP><egb:EGB_IdentyfikatorIIP><egb:lokalnyId>${LOCAL_ID(n)}</egb:lokalnyId><egb:przestrzenNazw>PL.PZGiK.3064.EGiB</egb:przestrzenNazw><egb:wersjaId>2024-11-14T11:31:36</egb:wersjaId></egb:EGB_IdentyfikatorIIP></egb:idIIP>`;
const outline = (
  srs = ' srsName="urn:ogc:def:crs:EPSG::2177"',
  posList = '5810000 6427000 5810010 6427000 5810010 6427020 5810000 6427000',
) =>
  `<egb:geometria><gml:Polygon${srs}><gml:exterior><gml:LinearRing><gml:posList>${posList}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></egb:geometria>`;
const member = (object: string) => `<gml:featureMember>${object}</gml:featureMember>`;

interface ParcelParts {
  n?: number;
  id?: string;
  geometry?: string;
  more?: string;
}
const parcel = ({
  n = 1,
  id = '306401_1.0021.AR_10.161',
  geometry = outline(),
  more = '',
}: ParcelParts = {}) =>
  member(
    `<egb:EGB_DzialkaEwidencyjna gml:id="P${n}">${iip(n)}<egb:startObiekt>2020-01-02T03:04:05</egb:startObiekt>` +
      `<egb:idDzialki>${id}</egb:idDzialki>${geometry}${more}</egb:EGB_DzialkaEwidencyjna>`,
  );
const building = ({
  n = 9,
  id = '306401_1.0021.AR_10.161.1_BUD',
  geometry = outline(),
  more = '',
}: ParcelParts = {}) =>
  member(
    `<egb:EGB_Budynek gml:id="B${n}">${iip(n)}<egb:idBudynku>${id}</egb:idBudynku>${geometry}${more}</egb:EGB_Budynek>`,
  );

async function read(text: string, options: ReadOptions = {}): Promise<ReadEvent[]> {
  async function* chunks() {
    for (let start = 0; start < text.length; start += 1000) yield text.slice(start, start + 1000);
  }
  const events: ReadEvent[] = [];
  for await (const event of EGIB_GML.read(chunks(), options)) events.push(event);
  return events;
}

async function readObjects(text: string, options?: ReadOptions) {
  return (await read(text, options)).filter((event) => event.kind === 'object');
}
async function readProblems(text: string) {
  return (await read(text)).flatMap((event) => (event.kind === 'rejected' ? [event.problem] : []));
}
async function noteCodes(text: string) {
  return (await read(text)).flatMap((event) => (event.kind === 'note' ? [event.code] : []));
}

describe('EGiB GML', () => {
  it('reads a parcel of 2021: id, its parts, area, uses, dates, IIP, northing first', async () => {
    const more =
      '<egb:numerKW>PO1P/00012345/6</egb:numerKW><egb:poleEwidencyjne uom="ha">0.0423</egb:poleEwidencyjne>' +
      '<egb:dokladnoscReprezentacjiPola>1</egb:dokladnoscReprezentacjiPola>' +
      '<egb:klasouzytek><egb:EGB_Klasouzytek><egb:OFU>R</egb:OFU><egb:OZU>R</egb:OZU><egb:OZK>IVa</egb:OZK><egb:powierzchnia uom="ha">0.04</egb:powierzchnia></egb:EGB_Klasouzytek></egb:klasouzytek>' +
      '<egb:klasouzytek><egb:EGB_Klasouzytek><egb:OFU>B</egb:OFU><egb:OZU>Ps</egb:OZU><egb:OZK>V</egb:OZK><egb:powierzchnia uom="m2">23</egb:powierzchnia></egb:EGB_Klasouzytek></egb:klasouzytek>' +
      '<egb:klasouzytek><egb:EGB_Klasouzytek><egb:OFU>dr</egb:OFU></egb:EGB_Klasouzytek></egb:klasouzytek><egb:JRG2/>';
    const [event] = await readObjects(collection(parcel({ more })));
    expect(event).toMatchObject({ srid: 2177, ended: false });
    expect(event?.feature).toEqual({
      layer: 'parcels',
      id: '306401_1.0021.AR_10.161',
      geometry: {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [6427000, 5810000],
              [6427000, 5810010],
              [6427020, 5810010],
              [6427000, 5810000],
            ],
          ],
        ],
      },
      properties: {
        parcel_number: '161',
        precinct_id: '306401_1.0021',
        map_sheet: 'AR_10',
        registered_area_ha: 0.0423,
        area_precision: '1',
        land_use: 'RIVa 0.04 ha; B-PsV 0.0023 ha; dr',
        iip_namespace: 'PL.PZGiK.3064.EGiB',
        iip_local_id: LOCAL_ID(1),
        iip_version: '2024-11-14T11:31:36',
        object_since: '2020-01-02T03:04:05Z',
        version_since: null,
        version_until: null,
      },
    });
  });

  it('takes over nothing of land-register numbers, owners and documents', async () => {
    const more =
      '<egb:numerKW>PO1P/00012345/6</egb:numerKW><egb:dokumentWlasnosci>akt 1/2</egb:dokumentWlasnosci>' +
      '<egb:dodatkoweInformacje>Jan Kowalski</egb:dodatkoweInformacje>';
    const person = member(
      '<egb:EGB_OsobaFizyczna gml:id="x"><egb:pesel>44051401359</egb:pesel></egb:EGB_OsobaFizyczna>',
    );
    const all = JSON.stringify(await read(collection(parcel({ more }) + building({ more }) + person)));
    for (const secret of ['PO1P', 'akt 1', 'Kowalski', '44051401359']) expect(all).not.toContain(secret);
  });

  it('reads a building of 2021 and one with the codes of 2015', async () => {
    const more = (kind: string) =>
      `<egb:rodzajWgKST>${kind}</egb:rodzajWgKST><egb:liczbaKondygnacjiNadziemnych>2</egb:liczbaKondygnacjiNadziemnych>` +
      '<egb:liczbaKondygnacjiPodziemnych xsi:nil="true" nilReason="unknown"/><egb:powZabudowy uom="m2">112</egb:powZabudowy>';
    const events = await readObjects(
      collection(building({ more: more('m') }) + building({ n: 10, more: more('108') })),
    );
    expect(events[0]?.feature).toMatchObject({
      layer: 'buildings',
      id: '306401_1.0021.AR_10.161.1_BUD',
      properties: {
        kind: 'm',
        storeys_above: 2,
        storeys_below: null,
        built_area_m2: 112,
        parcel_ids: '306401_1.0021.AR_10.161',
      },
    });
    expect(events[1]?.feature.properties['kind']).toBe('g');
  });

  it('names the parcels of a building whether they stand before or after it', async () => {
    const on = (n: number, form: (id: string) => string) =>
      `<egb:dzialkaZabudowana xlink:href="${form(LOCAL_ID(n))}"/>`;
    const more =
      on(2, (id) => `PL.PZGiK.3064.EGiB_${id}_2024-11-14T11-31-36`) +
      on(1, (id) => `urn:pzgik:id:PL.PZGiK.3064.EGiB:${id}`);
    const two = parcel({ n: 2, id: '306401_1.0021.AR_10.162' });
    for (const text of [parcel() + building({ more }) + two, building({ more }) + parcel() + two]) {
      const found = (await readObjects(collection(text))).find(
        ({ feature }) => feature.layer === 'buildings',
      );
      expect(found?.feature.properties['parcel_ids']).toBe(
        '306401_1.0021.AR_10.161, 306401_1.0021.AR_10.162',
      );
    }
    expect(await noteCodes(collection(building({ more })))).toContain('unknown-parcel');
  });

  it('marks versions that the register had ended', async () => {
    const ended = '<egb:koniecWersjaObiekt>2024-11-14T11:31:36</egb:koniecWersjaObiekt>';
    const nil = '<egb:koniecWersjaObiekt xsi:nil="true"/>';
    const events = await readObjects(collection(parcel({ more: ended }) + parcel({ n: 2, more: nil })));
    expect(events.map((event) => event.ended)).toEqual([true, false]);
    expect(events[0]?.feature.properties['version_until']).toBe('2024-11-14T11:31:36Z');
  });

  it('counts each member once: other classes, other registers, empty members and members in one list', async () => {
    const text =
      member('<egb:EGB_KonturUzytkuGruntowego gml:id="a"/>') +
      member('<ges:GES_KorytarzPrzesylowy/>') +
      '<gml:featureMember/><gml:featureMember xlink:href="#a"/>' +
      '<gml:featureMembers><egb:EGB_KonturKlasyfikacyjny/><ges:GES_ObudowaPrzewodu/></gml:featureMembers>';
    expect(
      (await readProblems(collection(text))).map(({ code, objectClass }) => `${code} ${objectClass}`),
    ).toEqual([
      'class-not-stored EGB_KonturUzytkuGruntowego',
      'class-not-stored GES_KorytarzPrzesylowy',
      'invalid-value featureMember',
      'invalid-value featureMember',
      'class-not-stored EGB_KonturKlasyfikacyjny',
      'class-not-stored GES_ObudowaPrzewodu',
    ]);
  });

  it('takes boundary points of both generations over, northing first', async () => {
    const place = `<egb:geometria><gml:Point srsName="urn:ogc:def:crs:EPSG::2177"><gml:pos>5810000.12 6427000.34</gml:pos></gml:Point></egb:geometria>`;
    const point = (n: number, more: string) =>
      member(`<egb:EGB_PunktGraniczny>${iip(n)}${place}${more}</egb:EGB_PunktGraniczny>`);
    const [modern, old] = await readObjects(
      collection(
        point(
          1,
          '<egb:idPunktu></egb:idPunktu><egb:sposobPozyskania>1</egb:sposobPozyskania><egb:spelnienieWarunkowDokl>2</egb:spelnienieWarunkowDokl><egb:rodzajStabilizacji>4</egb:rodzajStabilizacji><egb:oznWMaterialeZrodlowym>124</egb:oznWMaterialeZrodlowym>',
        ) +
          point(
            2,
            '<egb:idPunktu>77</egb:idPunktu><egb:bladPolozeniaWzgledemOsnowy>3</egb:bladPolozeniaWzgledemOsnowy><egb:kodStabilizacji>2</egb:kodStabilizacji>',
          ),
      ),
    );
    expect(modern?.feature).toMatchObject({
      layer: 'boundary_points',
      id: LOCAL_ID(1),
      geometry: { type: 'Point', coordinates: [6427000.34, 5810000.12] },
      properties: { point_number: '124', origin: '1', meets_accuracy: '2', monument: '4' },
    });
    expect(old?.feature.properties).toMatchObject({ point_number: '77', position_error: '3', monument: '2' });
  });

  it('takes precincts, cadastral units and addresses over', async () => {
    const place = `<egb:geometria><gml:Point srsName="urn:ogc:def:crs:EPSG::2177"><gml:pos>5810000 6427000</gml:pos></gml:Point></egb:geometria>`;
    const objects = await readObjects(
      collection(
        member(
          `<egb:EGB_ObrebEwidencyjny>${iip(1)}${outline()}<egb:idObrebu>306401_1.0021</egb:idObrebu><egb:nazwaWlasna>Golęcin</egb:nazwaWlasna></egb:EGB_ObrebEwidencyjny>`,
        ) +
          member(
            `<egb:EGB_JednostkaEwidencyjna>${iip(2)}${outline()}<egb:idJednostkiEwid>306401_1</egb:idJednostkiEwid><egb:nazwaWlasna>Poznań</egb:nazwaWlasna></egb:EGB_JednostkaEwidencyjna>`,
          ) +
          member(
            `<egb:EGB_AdresNieruchomosci>${iip(3)}<egb:nazwaMiejscowosci>Poznań</egb:nazwaMiejscowosci><egb:nazwaUlicy>Lipowa</egb:nazwaUlicy><egb:numerPorzadkowy>12A</egb:numerPorzadkowy><egb:numerLokalu>7</egb:numerLokalu>${place}</egb:EGB_AdresNieruchomosci>`,
          ) +
          member(
            `<egb:EGB_Adres>${iip(4)}${place}<egb:kodPocztowy>60-100</egb:kodPocztowy><egb:miejscowosc>Poznań</egb:miejscowosc><egb:ulica>Lipowa</egb:ulica><egb:numerPorzadkowy>14</egb:numerPorzadkowy></egb:EGB_Adres>`,
          ),
      ),
    );
    expect(objects.map(({ feature }) => [feature.layer, feature.id])).toEqual([
      ['precincts', '306401_1.0021'],
      ['cadastral_units', '306401_1'],
      ['addresses', LOCAL_ID(3)],
      ['addresses', LOCAL_ID(4)],
    ]);
    const [precinct, unit, address, old] = objects.map(({ feature }) => feature.properties);
    expect(precinct).toMatchObject({ name: 'Golęcin', precinct_number: '0021', unit_id: '306401_1' });
    expect(unit).toMatchObject({ name: 'Poznań' });
    expect(address).toMatchObject({ town: 'Poznań', street: 'Lipowa', house_number: '12A' });
    expect(JSON.stringify(address)).not.toContain('"7"');
    expect(old).toMatchObject({ street: 'Lipowa', house_number: '14', postal_code: '60-100' });
  });

  it('says why a point or an address cannot be taken over', async () => {
    const problems = await readProblems(
      collection(
        member(`<egb:EGB_PunktGraniczny>${iip(1)}${outline()}</egb:EGB_PunktGraniczny>`) +
          member(`<egb:EGB_AdresNieruchomosci>${iip(2)}</egb:EGB_AdresNieruchomosci>`) +
          member('<egb:EGB_PunktGraniczny/>'),
      ),
    );
    expect(problems.map(({ code }) => code)).toEqual(['invalid-geometry', 'missing-geometry', 'missing-id']);
  });

  it('keeps an object without gml:id, and one without a business id under its IIP id', async () => {
    const text = collection(parcel({ id: '' }) + building({ id: '306401_1.0021.0' })).replaceAll(
      / gml:id="\w+"/g,
      '',
    );
    const events = await readObjects(text);
    expect(events.map(({ feature }) => feature.id)).toEqual([LOCAL_ID(1), LOCAL_ID(9)]);
    expect(await noteCodes(text)).toEqual(expect.arrayContaining(['parcel-id', 'building-id']));
  });

  it('inherits the CRS from the envelope of the object or the collection, or takes the one given', async () => {
    const bare = parcel({ geometry: outline('') });
    const envelope = (srsName: string) =>
      `<gml:boundedBy><gml:Envelope srsName="${srsName}"/></gml:boundedBy>`;
    const positions = async (text: string, options?: ReadOptions) => {
      const [event] = await readObjects(text, options);
      const geometry = event?.feature.geometry;
      return [event?.srid, geometry?.type === 'MultiPolygon' ? geometry.coordinates[0]?.[0]?.[0] : undefined];
    };
    expect(await positions(collection(envelope('urn:ogc:def:crs:EPSG::2178') + bare))).toEqual([
      2178,
      [6427000, 5810000],
    ]);
    expect(
      await positions(
        collection(bare.replace('<egb:idIIP>', `${envelope('urn:ogc:def:crs:EPSG::2177')}<egb:idIIP>`)),
      ),
    ).toEqual([2177, [6427000, 5810000]]);
    expect(await positions(collection(bare), { crs: parseCrs('EPSG:2177') })).toEqual([
      2177,
      [5810000, 6427000],
    ]);
  });

  it('rejects only the objects that need an unknown CRS of the collection', async () => {
    const envelope = '<gml:boundedBy><gml:Envelope srsName="urn:x:unknown"/></gml:boundedBy>';
    const text = collection(envelope + parcel({ geometry: outline('') }) + parcel({ n: 2 }));
    expect(await readProblems(text)).toMatchObject([
      {
        code: 'unknown-crs',
        objectId: '306401_1.0021.AR_10.161',
        message: expect.stringMatching(/urn:x:unknown.*--crs/),
      },
    ]);
    expect(await readObjects(text)).toHaveLength(1);
  });

  it('says of every spelling of a CRS in which order it is read', async () => {
    const text = collection(
      parcel() + parcel({ n: 2, geometry: outline(' srsName="EPSG:2177"') }) + parcel({ n: 3 }),
    );
    const notes = (await read(text)).filter((event) => event.kind === 'note');
    const axes = notes.filter(({ code }) => code.startsWith('axis:')).map(({ message }) => message);
    expect(axes).toEqual([
      'Positions in "urn:ogc:def:crs:EPSG::2177" (EPSG:2177) are read northing first, the order of its authority',
      'Positions in "EPSG:2177" (EPSG:2177) are read easting (longitude) first',
    ]);
  });

  it('drops heights of zero that some producers add', async () => {
    const heights = outline(
      ' srsName="urn:ogc:def:crs:EPSG::2177" srsDimension="3"',
      '1 2 0 1 3 0 2 3 0 1 2 0',
    );
    const [event] = await readObjects(collection(parcel({ geometry: heights })));
    expect(event?.feature.geometry).toMatchObject({
      coordinates: [
        [
          [
            [2, 1],
            [3, 1],
            [3, 2],
            [2, 1],
          ],
        ],
      ],
    });
  });

  it.each([
    ['missing-geometry', { geometry: '' }, /no geometria/],
    ['missing-geometry', { geometry: '<egb:geometria nilReason="missing"/>' }, /no geometria/],
    ['unknown-crs', { geometry: outline('') }, /--crs/],
    ['unknown-crs', { geometry: outline(' srsName="urn:ogc:def:crs:EPSG::9999"') }, /Unknown CRS/],
    ['invalid-geometry', { geometry: outline(undefined, '1 2 3') }, /positions/],
    [
      'invalid-value',
      { more: '<egb:poleEwidencyjne uom="ha">0,0423</egb:poleEwidencyjne>' },
      /poleEwidencyjne: "0,0423"/,
    ],
    ['invalid-value', { more: '<egb:poleEwidencyjne uom="acre">1</egb:poleEwidencyjne>' }, /unit "acre"/],
    [
      'invalid-value',
      { more: '<egb:startWersjaObiekt>2024-02-30T00:00:00</egb:startWersjaObiekt>' },
      /not a date/,
    ],
    ['invalid-value', { more: '<egb:koniecObiekt>wczoraj</egb:koniecObiekt>' }, /not a date/],
  ] as const)('rejects as %s what cannot be used: %j', async (code, parts, message) => {
    const problems = await readProblems(collection(parcel(parts) + parcel({ n: 2 })));
    expect(problems).toEqual([
      {
        code,
        objectId: '306401_1.0021.AR_10.161',
        objectClass: 'EGB_DzialkaEwidencyjna',
        message: expect.stringMatching(message),
        line: 5,
      },
    ]);
  });

  it('rejects an object without any id', async () => {
    const text = collection(parcel({ id: '' }).replace(/<egb:lokalnyId>.*?<\/egb:lokalnyId>/, ''));
    expect((await readProblems(text))[0]).toMatchObject({ code: 'missing-id' });
  });

  it('recognises the registers and nothing else', () => {
    expect(EGIB_GML.recognises(collection(''))).toBe(true);
    expect(EGIB_GML.recognises('<!-- ewidencjaGruntowIBudynkow:1.0 --><a xmlns="urn:x"/>')).toBe(false);
    expect(EGIB_GML.recognises('<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0"/>')).toBe(
      false,
    );
  });
});
