/**
 * The data set of ets-wms13 behind our WMS. Names of cases are those of its assertions; places and expectations are its
 * own (subimages of 10 × 10 pixels that are white or not).
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLog } from '../../server/log.ts';
import { startCite } from '../../server/parts/cite-app.ts';
import type { ServedAlone } from '../../server/parts/serve-alone.ts';
import { type DecodedPicture, decodePicture } from '../support/decoded-picture.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';
import { tool } from './outside-tools.ts';

/** Upper left corner of a subimage, and the instants (of 13, each 5 s after the one before) at which a car is there. */
const CARS: readonly (readonly [x: number, y: number, instants: readonly number[]])[] = [
  [135, 105, [1]],
  [95, 115, [2]],
  [60, 125, [3]],
  [45, 135, [4]],
  [45, 155, [5, 8]],
  [45, 185, [6]],
  [45, 225, [7]],
  [45, 5, [5]],
  [45, 55, [6]],
  [45, 105, [7]],
  [45, 205, [9]],
  [75, 215, [9]],
  [75, 175, [10]],
  [75, 135, [11]],
  [75, 95, [12]],
  [75, 55, [13]],
  [350, 20, [12]],
  [345, 45, [13]],
];
const instant = (number: number) =>
  `2000-01-01T00:0${number === 13 ? '1:00' : `0:${String((number - 1) * 5).padStart(2, '0')}`}Z`;

/** How many pixels of a part are white. */
function white(picture: DecodedPicture, x: number, y: number, width: number, height: number): number {
  let count = 0;
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) {
      if (
        picture
          .at(column, row)
          .slice(0, 3)
          .every((value) => value === 255)
      )
        count++;
    }
  }
  return count;
}

describeWithSharedData('the data set of ets-wms13', () => {
  let server: ServedAlone;
  beforeAll(async () => {
    const log = openLog({ level: 'silent', format: 'json' });
    server = await startCite(sharedData('cite-wms13', 'gml'), { port: 0, host: '127.0.0.1' }, log);
  });
  afterAll(() => server.close());

  type Parameters = Readonly<Record<string, string>>;
  const ask = (parameters: Parameters) =>
    fetch(`${server.url}/wms?${new URLSearchParams({ VeRsIoN: '1.3.0', ...parameters })}`);
  const map = (parameters: Parameters) =>
    ask({ ...{ ReQuEsT: 'GetMap', StYlEs: '', FoRmAt: 'image/png', CrS: 'CRS:84' }, ...parameters });
  const drawn = async (parameters: Parameters) => {
    const reply = await map(parameters);
    if (reply.headers.get('content-type') !== 'image/png') throw new Error(await reply.text());
    return decodePicture(await reply.arrayBuffer());
  };
  const codeOf = async (reply: Promise<Response>) => /code="(\w+)"/.exec(await (await reply).text())?.[1];
  const AUTOS = { LaYeRs: 'Autos', BbOx: '-0.0042,-0.0024,0.0042,0.0024', WiDtH: '420', HeIgHt: '240' };
  const LAKES = { LaYeRs: 'Lakes', BbOx: '0,-0.002,0.004,0', WiDtH: '200', HeIgHt: '100' };
  const TERRAIN = {
    ...{ LaYeRs: 'Terrain', BbOx: '-0.5,-0.5,0.5,0.5', WiDtH: '600', HeIgHt: '600', TrAnSpArEnT: 'TRUE' },
  };
  const clearOfTerrain = async (elevation: string) => {
    const picture = await drawn({ ...TERRAIN, ElEvAtIoN: elevation });
    const clear = (x: number, y: number, side: number) => {
      let count = 0;
      for (let n = 0; n < side * side; n++) {
        if (picture.at(x + (n % side), y + Math.floor(n / side))[3] === 0) count++;
      }
      return count;
    };
    return [clear(0, 0, 150), clear(450, 450, 150), clear(0, 0, 600)];
  };
  const carsAt = async (time: string) => {
    const picture = await drawn({ ...AUTOS, TiMe: time });
    return CARS.map(([x, y]) => white(picture, x, y, 10, 10) < 100);
  };
  const cars = (instants: readonly number[]) =>
    CARS.map(([, , at]) => at.some((each) => instants.includes(each)));
  const capabilities = async () => (await ask({ ReQuEsT: 'GetCapabilities', service: 'WMS' })).text();

  const cases: Readonly<Record<string, () => Promise<void>>> = {
    'queryable:std-data-queryable, basic:options-requirements': async () => {
      const text = await capabilities();
      for (const title of [
        'BasicPolygons',
        'Bridges',
        'Buildings',
        'DividedRoutes',
        'Forests',
        'Lakes',
        'MapNeatline',
        'NamedPlaces',
        'Ponds',
        'RoadSegments',
        'Streams',
        'Autos',
      ])
        expect(text).toMatch(
          new RegExp(`<Layer queryable="1"><Name>\\w+</Name><Title>cite:${title}</Title>`),
        );
    },
    'time:time-options-requirements': async () => {
      expect(await capabilities()).toContain(
        '<Dimension name="time" units="ISO8601" default="2000-01-01T00:00:00Z" multipleValues="1" nearestValue="1" current="0">2000-01-01T00:00:00Z/2000-01-01T00:01:00Z/PT5S</Dimension>',
      );
    },
    'time:time-each-instant': async () => {
      for (let number = 1; number <= 13; number++) {
        expect([number, await carsAt(instant(number))]).toEqual([number, cars([number])]);
      }
    },
    'time:time-interval, time-interval-and-instant, time-interval-list, time-instant-list': async () => {
      const last = `${instant(11)}/${instant(13)}`;
      expect(await carsAt(last)).toEqual(cars([11, 12, 13]));
      expect(await carsAt(`${last}/PT5S`)).toEqual(cars([11, 12, 13]));
      expect(await carsAt(`${instant(1)},${last}`)).toEqual(cars([1, 11, 12, 13]));
      expect(await carsAt(`${instant(1)}/${instant(3)},${last}`)).toEqual(cars([1, 2, 3, 11, 12, 13]));
      expect(await carsAt(`${instant(1)},${instant(13)}`)).toEqual(cars([1, 13]));
    },
    'time:time-default': async () => {
      const reply = await map(AUTOS);
      expect(reply.headers.get('warning')).toMatch(
        /^99 Default value used: time=2000-01-01T00:00:00Z ISO8601/,
      );
      const near = await map({ ...AUTOS, TiMe: '2000-01-01T00:00:06Z' });
      expect(near.headers.get('warning')).toMatch(
        /^99 Nearest value used: time=2000-01-01T00:00:05Z ISO8601/,
      );
      expect(await codeOf(map({ ...AUTOS, TiMe: 'noon' }))).toBe('InvalidDimensionValue');
    },
    'time:time-and-other-layer': async () => {
      await drawn({ ...AUTOS, LaYeRs: 'Autos,Lakes,Streams', TiMe: instant(1) });
    },
    'vector_elevation:vector_elevation': async () => {
      expect(await capabilities()).toContain(
        '<Dimension name="elevation" units="CRS:88" unitSymbol="m" default="500" multipleValues="0" nearestValue="1" current="0">500,490,480</Dimension>',
      );
    },
    'vector_elevation:geometry-low': async () => {
      const picture = await drawn({ ...LAKES, ElEvAtIoN: '480' });
      expect([
        white(picture, 0, 0, 50, 100),
        white(picture, 65, 35, 10, 30),
        white(picture, 100, 0, 100, 100),
      ]).toEqual([5_000, 0, 10_000]);
    },
    'vector_elevation:geometry-med': async () => {
      const picture = await drawn({ ...LAKES, ElEvAtIoN: '490' });
      const parts = [
        white(picture, 60, 30, 15, 45),
        white(picture, 60, 60, 60, 10),
        white(picture, 100, 0, 100, 50),
        white(picture, 130, 50, 70, 50),
      ];
      expect(parts).toEqual([0, 0, 5_000, 3_500]);
    },
    'vector_elevation:geometry-high': async () => {
      const picture = await drawn({ ...LAKES, ElEvAtIoN: '500' });
      expect(white(picture, 0, 0, 20, 100)).toBe(2_000);
      expect(white(picture, 50, 55, 30, 20)).toBe(0);
    },
    'vector_elevation:geometry-multiple-values': async () => {
      expect(await codeOf(map({ ...LAKES, ElEvAtIoN: '500,490' }))).toBe('InvalidDimensionValue');
    },
    'vector_elevation:geometry-nearest-value, geometry-default-value': async () => {
      const near = await map({ ...LAKES, ElEvAtIoN: '492' });
      expect(near.headers.get('warning')).toMatch(/^99 Nearest value used: elevation=490 CRS:88/);
      expect((await map(LAKES)).headers.get('warning')).toMatch(
        /^99 Default value used: elevation=500 CRS:88/,
      );
      expect(await (await map(LAKES)).text()).toBe(await (await map({ ...LAKES, ElEvAtIoN: '500' })).text());
    },
    'vector_elevation:geometry-and-other-layer': async () => {
      await drawn({ ...LAKES, LaYeRs: 'Lakes,Streams', ElEvAtIoN: '480' });
    },
    'raster_elevation:raster_elevation': async () => {
      expect(await capabilities()).toMatch(
        /<Title>cite:Terrain<\/Title>.*<Dimension name="elevation" units="CRS:88" unitSymbol="m" default="0\/425" multipleValues="1" nearestValue="0" current="0">0\/425\/1<\/Dimension>/,
      );
    },
    'raster_elevation:terrain-low-range, terrain-mid-range, terrain-high-range, terrain-low-and-high-ranges':
      async () => {
        // Clear pixels: of the upper left corner, which is high, of the lower right one, which is low, and of all.
        expect(await clearOfTerrain('0/200')).toEqual([22_500, 0, 337_500]);
        expect(await clearOfTerrain('200/335')).toEqual([22_500, 22_500, 45_000]);
        expect(await clearOfTerrain('335/425')).toEqual([0, 22_500, 337_500]);
        expect(await clearOfTerrain('0/200,335/425')).toEqual([0, 0, 315_000]);
      },
    'raster_elevation:terrain-range-and-value, terrain-value': async () => {
      const [, , clear = 0] = await clearOfTerrain('250');
      expect(clear).toBeGreaterThan(45_000);
      expect(clear).toBeLessThan(360_000);
      const [, , beside = 0] = await clearOfTerrain('0/200,250');
      expect(beside).toBe(clear - 22_500);
    },
    'raster_elevation:terrain-invalid': async () => {
      for (const asked of ['1000', '426/500', '300/200', 'high', '1/2/x', '1/2/1/1']) {
        expect([asked, await codeOf(map({ ...TERRAIN, ElEvAtIoN: asked }))]).toEqual([
          asked,
          'InvalidDimensionValue',
        ]);
      }
    },
    'raster_elevation:terrain-default': async () => {
      const reply = await map(TERRAIN);
      expect(reply.headers.get('warning')).toMatch(/^99 Default value used: elevation=0\/425 CRS:88/);
      expect(await reply.text()).toBe(await (await map({ ...TERRAIN, ElEvAtIoN: '0/425' })).text());
    },
    'raster_elevation:terrain-and-other-layer': async () => {
      const bothOf = { ...TERRAIN, LaYeRs: 'BasicPolygons,Terrain', BbOx: '-1,-1,1,1', ElEvAtIoN: '0/425' };
      const both = await drawn(bothOf);
      expect(both.at(300, 300)).not.toEqual(
        (await drawn({ ...bothOf, LaYeRs: 'BasicPolygons' })).at(300, 300),
      );
      expect((await drawn({ ...bothOf, LaYeRs: 'Terrain' })).at(10, 300)[3]).toBe(0);
    },
    'basic:blue-lake-sanity-check, queryable:feature_count': async () => {
      const info = (changes: Parameters) =>
        map({
          ...LAKES,
          ReQuEsT: 'GetFeatureInfo',
          query_layers: 'Lakes',
          i: '60',
          j: '60',
          info_format: 'text/plain',
          ...changes,
        });
      expect(await (await info({})).text()).toContain('Blue Lake');
      for (const format of ['text/html', 'application/json', 'text/xml']) {
        expect(await (await info({ info_format: format })).text()).toContain('Blue Lake');
      }
    },
    'getmap:missing-no-default is not possible: every dimension has a default (recommendations:dims-defaults)':
      async () => {
        const text = await capabilities();
        expect(text.match(/<Dimension /g)?.length).toBe(text.match(/<Dimension [^>]*default=/g)?.length);
      },
  };
  it.each(Object.keys(cases))('%s', async (id) => {
    await cases[id]?.();
  });

  it('is read by OWSLib with its dimensions', async () => {
    const script = `
import sys
from owslib.wms import WebMapService
wms = WebMapService(sys.argv[1] + '/wms', version='1.3.0')
print(wms['Autos'].dimensions['time']['default'], wms['Lakes'].dimensions['elevation']['values'])`;
    expect(await tool('/usr/bin/python3', ['-c', script, server.url])).toContain(
      "2000-01-01T00:00:00Z ['500', '490', '480']",
    );
  });

  it('says which file is missing', async () => {
    const log = openLog({ level: 'silent', format: 'json' });
    await expect(startCite('/nowhere', { port: 0, host: '127.0.0.1' }, log)).rejects.toThrow('There is no');
  });
});
