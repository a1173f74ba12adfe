import { describe, expect, it } from 'vitest';
import { parseCrs } from '../../geo/crs.ts';
import type { ReadEvent, ReadOptions } from '../reader.ts';
import { CITYGML } from './reader.ts';

const GUGIK = 'urn:ogc:def:crs,crs:EPSG::2180,crs:PL-EVRF2007-NH';

function cityModel(members: string, srsName = 'EPSG:2180', version = '2.0'): string {
  const gml = version === '3.0' ? 'http://www.opengis.net/gml/3.2' : 'http://www.opengis.net/gml';
  return `<?xml version="1.0" encoding="UTF-8"?>
<CityModel xmlns="http://www.opengis.net/citygml/${version}" xmlns:gml="${gml}" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:bldg="http://www.opengis.net/citygml/building/${version}" xmlns:gen="http://www.opengis.net/citygml/generics/${version}"
  xmlns:con="http://www.opengis.net/citygml/construction/3.0" xmlns:veg="http://www.opengis.net/citygml/vegetation/2.0"
  xmlns:app="http://www.opengis.net/citygml/appearance/2.0" xmlns:ade="urn:some:ade">
<gml:boundedBy><gml:Envelope${srsName === '' ? '' : ` srsName="${srsName}"`}/></gml:boundedBy>
${members}
</CityModel>`;
}
const member = (object: string) => `<cityObjectMember>${object}</cityObjectMember>`;
const building = (inside: string, id = ' gml:id="B1"') =>
  member(`<bldg:Building${id}>${inside}</bldg:Building>`);

const polygon = (posList: string, id = '') =>
  `<gml:Polygon${id === '' ? '' : ` gml:id="${id}"`}><gml:exterior><gml:LinearRing><gml:posList>${posList}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>`;
const surface = (...polygons: string[]) =>
  polygons.map((each) => `<gml:surfaceMember>${each}</gml:surfaceMember>`).join('');
const solid = (lod: number, ...polygons: string[]) =>
  `<bldg:lod${lod}Solid><gml:Solid><gml:exterior><gml:CompositeSurface>${surface(...polygons)}</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod${lod}Solid>`;
const multi = (lod: number, ...polygons: string[]) =>
  `<bldg:lod${lod}MultiSurface><gml:MultiSurface>${surface(...polygons)}</gml:MultiSurface></bldg:lod${lod}MultiSurface>`;
const bounded = (kind: string, ...polygons: string[]) =>
  `<bldg:boundedBy><bldg:${kind}>${multi(2, ...polygons)}</bldg:${kind}></bldg:boundedBy>`;

/** A box of 10 × 10 × 6 m, easting first, faces looking outward: ground, roof, four walls. */
const corners = (order: string) =>
  order
    .split('')
    .map((name) => {
      const n = 'abcdefgh'.indexOf(name);
      const [x, y] = [
        [0, 0],
        [10, 0],
        [10, 10],
        [0, 10],
      ][n % 4] ?? [0, 0];
      return `${500000 + (x ?? 0)} ${500000 + (y ?? 0)} ${n < 4 ? 50 : 56}`;
    })
    .join(' ');
const BOX = ['adcba', 'efghe', 'abfea', 'bcgfb', 'cdhgc', 'daehd'].map((order) => polygon(corners(order)));
const [GROUND = '', ROOF = '', ...WALLS] = BOX;

async function read(text: string, options: ReadOptions = {}): Promise<ReadEvent[]> {
  async function* chunks() {
    for (let start = 0; start < text.length; start += 1000) yield text.slice(start, start + 1000);
  }
  const events: ReadEvent[] = [];
  for await (const event of CITYGML.read(chunks(), options)) events.push(event);
  return events;
}
async function readOne(text: string, options?: ReadOptions) {
  const events = await read(text, options);
  const event = events.find(({ kind }) => kind === 'object');
  if (event?.kind !== 'object') throw new Error(`Nothing was read: ${JSON.stringify(events)}`);
  const { geometry, properties, id } = event.feature;
  const polygons = geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
  return {
    ...event,
    id,
    properties,
    polygons,
    kinds: properties['surface_kinds'],
    first: polygons[0]?.[0]?.[0],
  };
}
async function readProblem(text: string, options?: ReadOptions) {
  const events = await read(text, options);
  return events.flatMap((event) => (event.kind === 'rejected' ? [event.problem] : []))[0];
}
async function noteCodes(text: string, options?: ReadOptions) {
  return (await read(text, options)).flatMap((event) => (event.kind === 'note' ? [event.code] : []));
}

describe('CityGML', () => {
  it('reads an LOD1 solid and tells its faces by the direction in which they look', async () => {
    const { polygons, properties, srid, kinds } = await readOne(cityModel(building(solid(1, ...BOX))));
    expect(srid).toBe(2180);
    expect(polygons).toHaveLength(6);
    expect(kinds).toBe('GRWWWW');
    expect(properties).toMatchObject({ lod: 1, state: 'built', height_m: 6, ground_height_m: 50 });
  });

  it('tells them too when the solid is inside out, or in degrees', async () => {
    const reversed = BOX.map((face) =>
      face.replace(/posList>([^<]*)</, (_all, list: string) => {
        const numbers = list.split(' ');
        const positions = Array.from({ length: numbers.length / 3 }, (_, i) =>
          numbers.slice(i * 3, i * 3 + 3),
        );
        return `posList>${positions.reverse().flat().join(' ')}<`;
      }),
    );
    expect((await readOne(cityModel(building(solid(1, ...reversed))))).kinds).toBe('GRWWWW');
    // Longitude 17, latitude 52.4; 0.0001° is 7 to 11 m.
    const degrees = BOX.map((face) =>
      face.replaceAll(
        /5000(\d\d) 5000(\d\d)/g,
        (_all, x: string, y: string) => `${17 + Number(x) / 1e5} ${52.4 + Number(y) / 1e5}`,
      ),
    );
    expect((await readOne(cityModel(building(solid(1, ...degrees)), 'EPSG:4326'))).kinds).toBe('GRWWWW');
    // Rises 3 m over 7 m: a roof, though the height is large beside the degrees.
    const slope = polygon('17 52.4 56 17.0001 52.4 59 17.0001 52.4001 59 17 52.4001 56 17 52.4 56');
    expect((await readOne(cityModel(building(solid(1, ...degrees, slope)), 'EPSG:4326'))).kinds).toBe(
      'GRWWWWR',
    );
  });

  it('keeps the declared kinds of LOD2, resolves xlinks and takes each face once', async () => {
    const named = BOX.map((face, i) => face.replace('<gml:Polygon', `<gml:Polygon gml:id="f${i}"`));
    const links = named.map((_face, i) => `<gml:surfaceMember xlink:href="#f${i}"/>`).join('');
    const shell = `<bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface>${links}</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>`;
    const [ground = '', roof = '', ...walls] = named;
    const surfaces =
      bounded('GroundSurface', ground) + bounded('WallSurface', ...walls) + bounded('RoofSurface', roof);
    const { kinds, properties } = await readOne(cityModel(building(solid(1, ...BOX) + shell + surfaces)));
    expect(kinds).toBe('GWWWWR');
    expect(properties['lod']).toBe(2);
    // The same the other way round: polygons in the solid, links in the surfaces; and both written out.
    const inLinks = (kind: string, i: number) =>
      `<bldg:boundedBy><bldg:${kind}><bldg:lod2MultiSurface><gml:MultiSurface><gml:surfaceMember xlink:href="#f${i}"/></gml:MultiSurface></bldg:lod2MultiSurface></bldg:${kind}></bldg:boundedBy>`;
    const turned = solid(2, ...named) + inLinks('ClosureSurface', 1) + inLinks('GroundSurface', 0);
    expect((await readOne(cityModel(building(turned)))).kinds).toBe('OGWWWW');
    expect((await readOne(cityModel(building(solid(2, ...BOX) + surfaces)))).kinds).toBe('GWWWWR');
  });

  it('takes parts as faces of their building, also a part of a lower level', async () => {
    const part = (inside: string) =>
      `<bldg:consistsOfBuildingPart><bldg:BuildingPart>${inside}</bldg:BuildingPart></bldg:consistsOfBuildingPart>`;
    const low = polygon('0 0 1 0 9 1 9 9 1 0 0 1');
    const text = cityModel(
      building(
        part(`<bldg:measuredHeight uom="m">7.5</bldg:measuredHeight>${bounded('RoofSurface', ROOF)}`) +
          part(multi(1, low)),
      ),
    );
    const { polygons, properties } = await readOne(text);
    expect(polygons).toHaveLength(2);
    expect(properties).toMatchObject({ lod: 2, height_m: 7.5 });
  });

  it('counts a face between two solids, and an installation, as other', async () => {
    const chimney = `<bldg:outerBuildingInstallation><bldg:BuildingInstallation>${multi(2, polygon('1 1 60 2 1 60 2 2 60 1 1 60'))}</bldg:BuildingInstallation></bldg:outerBuildingInstallation>`;
    const between = polygon(corners('abcda'));
    const text = cityModel(building(solid(2, ...WALLS, ROOF, between) + solid(2, GROUND, between) + chimney));
    expect((await readOne(text)).kinds).toBe('WWWWROO');
  });

  it('reads what GUGiK writes: easting first by a declared exception, IIP id, source of the roof', async () => {
    const generic = (name: string, value: string) =>
      `<gen:stringAttribute name="${name}"><gen:value>${value}</gen:value></gen:stringAttribute>`;
    const more =
      generic('buildingId', '2EE13F53-5D07') +
      generic('przestNazw', 'PL.PZGiK.994.BDOT10k') +
      generic('wersjaId', '2022-06-27T12:00:00') +
      generic('zrodloDach', 'ALS_II') +
      '<bldg:roofType>1000</bldg:roofType>';
    const text = cityModel(
      building(
        more + solid(1, polygon('504537 532287 61 504531 532290 61 504534 532298 64 504537 532287 61')),
      ),
      GUGIK,
    );
    const { id, properties, first, srid } = await readOne(text);
    expect([id, srid, first]).toEqual(['2EE13F53-5D07', 2180, [504537, 532287, 61]]);
    expect(properties).toMatchObject({
      roof_type: '1000',
      roof_source: 'ALS_II',
      iip_namespace: 'PL.PZGiK.994.BDOT10k',
      iip_version: '2022-06-27T12:00:00',
    });
    expect(await noteCodes(text)).toContain('axis-exception');
  });

  it('has no other exception: a plain URN of 2180 is northing first, KRON86 heights are refused', async () => {
    const one = building(
      solid(1, polygon('532287 504537 61 532290 504531 61 532298 504534 64 532287 504537 61')),
    );
    const { first } = await readOne(cityModel(one, 'urn:ogc:def:crs:EPSG::2180'));
    expect(first).toEqual([504537, 532287, 61]);
    expect(await noteCodes(cityModel(one, 'urn:ogc:def:crs:EPSG::2180'))).not.toContain('axis-exception');
    expect(await readProblem(cityModel(one, GUGIK.replace('EVRF2007', 'KRON86')))).toMatchObject({
      code: 'unknown-crs',
      message: expect.stringContaining('KRON86'),
    });
  });

  it('reads latitude, longitude, height where the authority says so', async () => {
    const text = cityModel(
      building(solid(1, polygon('42.9 141.4 100 42.9 141.5 100 42.8 141.5 103 42.9 141.4 100'))),
      'http://www.opengis.net/def/crs/EPSG/0/6697',
    );
    expect((await readOne(text)).first).toEqual([141.4, 42.9, 100]);
  });

  it('reads measured height, storeys, function, EGiB id, and takes senseless values as not known', async () => {
    const values = (height: string, storeys: string) =>
      `<bldg:function>1000</bldg:function><bldg:function>1010</bldg:function><bldg:measuredHeight uom="#m">${height}</bldg:measuredHeight><bldg:storeysAboveGround>${storeys}</bldg:storeysAboveGround>` +
      '<gen:stringAttribute name="egib"><gen:value>306401_1.0021.AR_10.161.1_BUD</gen:value></gen:stringAttribute>';
    const good = await readOne(cityModel(building(values('7.25', '2') + solid(1, ...BOX))));
    expect(good.properties).toMatchObject({
      height_m: 7.25,
      storeys_above: 2,
      function: '1000, 1010',
      building_id: '306401_1.0021.AR_10.161.1_BUD',
    });
    const senseless = await readOne(cityModel(building(values('-9999', '9999') + solid(1, ...BOX))));
    expect(senseless.properties).toMatchObject({ height_m: 6, storeys_above: null });
  });

  it('reads CityGML 3.0 and 1.0 buildings', async () => {
    const three = `<boundary><con:RoofSurface><lod2MultiSurface><gml:MultiSurface>${surface(ROOF)}</gml:MultiSurface></lod2MultiSurface></con:RoofSurface></boundary><con:height><con:Height><con:value uom="m">9</con:value></con:Height></con:height>`;
    expect((await readOne(cityModel(building(three), undefined, '3.0'))).properties).toMatchObject({
      lod: 2,
      surface_kinds: 'R',
      height_m: 9,
    });
    expect((await readOne(cityModel(building(solid(1, ...BOX)), undefined, '1.0'))).kinds).toBe('GRWWWW');
  });

  it('marks ended versions', async () => {
    const text = cityModel(building(`<terminationDate>2020-01-01</terminationDate>${solid(1, ...BOX)}`));
    expect((await readOne(text)).ended).toBe(true);
  });

  it('finds the look of surfaces behind the buildings, in each of its forms and whichever way a surface is turned', async () => {
    const ring = (order: string, id: string) =>
      `<gml:Polygon gml:id="${id}"><gml:exterior><gml:LinearRing gml:id="${id}.r"><gml:posList>${corners(order)}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>`;
    const turned = `<gml:OrientableSurface orientation="-"><gml:baseSurface>${ring('abcda', 'G')}</gml:baseSurface></gml:OrientableSurface>`;
    const looks = `<app:appearanceMember><app:Appearance><app:theme>summer</app:theme>
      <app:surfaceDataMember><app:ParameterizedTexture><app:imageURI>a/roof.jpg</app:imageURI><app:wrapMode>wrap</app:wrapMode>
        <app:target uri="#R"><app:TexCoordList><app:textureCoordinates ring="#R.r">0 0 1 0 1 1 0 1 0 0</app:textureCoordinates></app:TexCoordList></app:target>
        <app:textureParameterization><app:TextureAssociation><app:target>#G</app:target><app:textureParameterization><app:TexCoordList>
          <app:textureCoordinates>0 0 .5 0 .5 .5 0 .5 0 0</app:textureCoordinates><app:ring>#G.r</app:ring></app:TexCoordList></app:textureParameterization></app:TextureAssociation></app:textureParameterization>
        <app:target uri="#W"><app:TexCoordList><app:textureCoordinates ring="#W.r">0 0 1 0</app:textureCoordinates></app:TexCoordList></app:target>
      </app:ParameterizedTexture></app:surfaceDataMember>
      <app:surfaceDataMember><app:X3DMaterial><app:diffuseColor>1 0 0.5</app:diffuseColor><app:target>#W</app:target></app:X3DMaterial></app:surfaceDataMember>
      <app:surfaceDataMember><app:GeoreferencedTexture/></app:surfaceDataMember>
    </app:Appearance></app:appearanceMember>`;
    const text = cityModel(building(solid(1, turned, ring('efghe', 'R'), ring('abfea', 'W'))) + looks);
    async function* again() {
      yield text;
    }
    const { appearance } = await readOne(text, { again });
    expect(appearance).toEqual({
      pictures: [{ image: 'a/roof.jpg', wrap: 'wrap' }],
      materials: [{ diffuse: [1, 0, 0.5] }],
      themes: [
        {
          name: 'summer',
          looks: [
            { picture: 0, coordinates: [[0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0]] },
            { picture: 0, coordinates: [[0, 0, 1, 0, 1, 1, 0, 1]] },
            { material: 0 },
          ],
        },
      ],
    });
    const codes = (await read(text, { again })).flatMap((event) =>
      event.kind === 'note' ? [event.code] : [],
    );
    expect(codes).toEqual(expect.arrayContaining(['texture-coordinates', 'appearance:GeoreferencedTexture']));
  });

  it('leaves extensions out and says so', async () => {
    const text = cityModel(
      `${building(
        `<ade:owner>x</ade:owner><bldg:boundedBy><ade:GlassRoofSurface>${multi(2, ROOF)}</ade:GlassRoofSurface></bldg:boundedBy>`,
      )}`,
    );
    expect((await readOne(text)).kinds).toBe('R');
    expect((await noteCodes(text)).sort()).toEqual([
      'axis:EPSG:2180',
      'extension:urn:some:ade',
      'height',
      'unknown-surface',
      'version',
    ]);
  });

  it('reads a file without CRS, or with an unknown one, only in the CRS given', async () => {
    const one = building(solid(1, ...BOX));
    for (const srsName of ['', 'urn:adv:crs:ETRS89_UTM32*DE_DHHN92_NH']) {
      expect(await readProblem(cityModel(one, srsName))).toMatchObject({
        code: 'unknown-crs',
        objectId: 'B1',
        message: expect.stringContaining('--crs'),
      });
      const { srid, first } = await readOne(cityModel(one, srsName), { crs: parseCrs('EPSG:25832') });
      expect([srid, first]).toEqual([25832, [500000, 500000, 50]]);
    }
    expect(await noteCodes(cityModel(one, 'urn:adv:crs:x'), { crs: parseCrs('EPSG:25832') })).toContain(
      'crs',
    );
  });

  it('says that a CRS given is not used when the file names its own', async () => {
    const text = cityModel(building(solid(1, ...BOX)));
    expect((await readOne(text, { crs: parseCrs('EPSG:25832') })).srid).toBe(2180);
    expect(await noteCodes(text, { crs: parseCrs('EPSG:25832') })).toContain('crs-not-used');
    expect(await noteCodes(text, { crs: parseCrs('EPSG:2180') })).not.toContain('crs-not-used');
  });

  it('stops references that multiply', async () => {
    const twice = (i: number) =>
      `<gml:surfaceMember><gml:CompositeSurface gml:id="s${i}"><gml:surfaceMember xlink:href="#s${i + 1}"/><gml:surfaceMember xlink:href="#s${i + 1}"/></gml:CompositeSurface></gml:surfaceMember>`;
    const bomb = `<bldg:lod1MultiSurface><gml:MultiSurface>${Array.from({ length: 35 }, (_, i) => twice(i)).join('')}<gml:surfaceMember>${polygon(corners('adcba'), 's35')}</gml:surfaceMember></gml:MultiSurface></bldg:lod1MultiSurface>`;
    expect(await readProblem(cityModel(building(bomb)))).toMatchObject({
      code: 'invalid-geometry',
      message: expect.stringContaining('multiply'),
    });
  });

  it.each([
    ['class-not-stored', member('<veg:PlantCover gml:id="v"/>'), 'PlantCover'],
    ['invalid-value', '<cityObjectMember xlink:href="#x"/>', 'empty'],
    ['missing-id', building(solid(1, ...BOX), ''), 'gml:id'],
    [
      'missing-geometry',
      building(
        `<bldg:lod0FootPrint><gml:MultiSurface>${surface(GROUND)}</gml:MultiSurface></bldg:lod0FootPrint>`,
      ),
      'only LOD0',
    ],
    ['missing-geometry', building('<bldg:class>1</bldg:class>'), 'no geometry'],
    ['missing-geometry', building(bounded('CeilingSurface', ROOF)), 'surfaces of LOD1'],
    [
      'invalid-geometry',
      building(solid(1, '').replace('<gml:surfaceMember>', '<gml:surfaceMember xlink:href="#other">')),
      '#other',
    ],
    ['invalid-geometry', building(solid(1, polygon('0 0 0 1 1 1 2 2'))), 'positions of 3'],
    ['invalid-geometry', building(solid(1, polygon('0 0 0 1 1 1 2 0 2 9 9 9'))), 'not closed'],
  ])('rejects as %s', async (code, text, message) => {
    expect(await readProblem(cityModel(text))).toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect((await read(cityModel(text))).filter(({ kind }) => kind !== 'note')).toHaveLength(1);
  });
});
