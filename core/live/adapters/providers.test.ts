import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import { airlyInstallations, takeAirlyMeasurements } from './airly.ts';
import { giosPosts, giosStations, takeGiosValues } from './gios.ts';
import { takeMapped } from './mapping.ts';
import { localMoment } from './moment.ts';
import { takeSensorCommunity } from './sensor-community.ts';

const recorded = (...path: string[]) => readFileSync(sharedData('sensors', ...path), 'utf8');
const NOW = new Date('2026-06-01T12:00:00Z');

describeWithSharedData('recorded answers of providers', () => {
  it('GIOŚ: stations with their places, posts, and hours on the clock of Poland without those not known yet', () => {
    expect(giosStations(recorded('gios', 'stations.json'))[0]).toEqual({
      id: '552',
      name: 'Warszawa, ul. Kondratowicza',
      model: 'GIOŚ',
      lonLat: [21.042458, 52.290864],
    });
    const posts = giosPosts(recorded('gios', 'station.json'));
    expect(posts.slice(0, 2)).toEqual([
      { id: '3759', stationId: '552', code: 'no' },
      { id: '3760', stationId: '552', code: 'no2' },
    ]);
    const [post] = posts;
    if (post === undefined) throw new Error('no post');
    const { readings, problems } = takeGiosValues(recorded('gios', 'sensor_3759.json'), post);
    expect(problems).toEqual([]);
    expect(readings[0]).toMatchObject({
      device: '552',
      code: 'no',
      value: 0.6,
      time: new Date('2025-07-04T13:00:00Z'),
    });
    const all: { Wartość: number | null }[] = JSON.parse(recorded('gios', 'sensor_3759.json'))[
      'Lista danych pomiarowych'
    ];
    expect(readings).toHaveLength(all.filter((row) => row.Wartość !== null).length);
    expect(() => takeGiosValues('{"error_reason":"Zbyt wiele zapytań"}', post)).toThrow('Zbyt wiele zapytań');
  });

  it('Airly: the present, the day before, and forecasts that say so', () => {
    expect(airlyInstallations(recorded('airly', 'installations_typical.json'))).toEqual([
      { id: '204', name: 'Kraków, Mikołajska', model: 'Airly', lonLat: [19.940984, 50.062006] },
    ]);
    const answer = JSON.parse(recorded('airly', 'measurements_typical.json'));
    answer.forecast[0].values = [{ name: 'PM10', value: 55.5 }];
    const { readings } = takeAirlyMeasurements(JSON.stringify(answer), '204', NOW);
    const measured = readings.filter(({ foretoldAt }) => foretoldAt === undefined);
    expect(measured.filter(({ code }) => code === 'pm10').length).toBeGreaterThan(20);
    expect(measured.at(-3)).toEqual({
      device: '204',
      code: 'pm2.5',
      time: new Date('2019-02-13T21:00:00Z'),
      end: new Date('2019-02-13T22:00:00Z'),
      value: 26.6,
    });
    expect(readings.filter(({ foretoldAt }) => foretoldAt !== undefined)).toMatchObject([
      { value: 55.5, foretoldAt: NOW },
    ]);
  });

  it('Sensor.Community: numbers as text, times in UTC, pascals as hectopascals', () => {
    const { readings, devices, problems } = takeSensorCommunity(
      recorded('sensor-community', 'upstream.json'),
    );
    expect(problems).toEqual([]);
    expect(readings[0]).toEqual({
      device: '2129',
      code: 'pm10',
      time: new Date('2019-04-25T01:51:12Z'),
      value: 19.13,
    });
    expect(devices[0]).toMatchObject({ id: '2129', model: 'SDS011', lonLat: [13.374, 52.544] });
  });
});

it('reads JSON by a mapping: the device from the topic, scaled values, a record that lacks its time said by number', () => {
  const mapping = {
    format: 'json',
    records: 'data.rows',
    device: 'topic[1]',
    time: '["o godzinie"]',
    timeFormat: 'local',
    zone: 'Europe/Warsaw',
    values: [
      { path: 'v[0].t', code: 'temperature', factor: 0.1, offset: -40 },
      { path: 'open', code: 'open' },
    ],
  } as const;
  const payload = JSON.stringify({
    data: { rows: [{ 'o godzinie': '2026-06-01 12:00', v: [{ t: 615 }], open: true }, { v: [] }] },
  });
  const taken = takeMapped(payload, mapping, 'city/box-7/up', NOW);
  expect(taken.readings).toEqual([
    { device: 'box-7', code: 'temperature', time: new Date('2026-06-01T10:00:00Z'), value: 21.5 },
    { device: 'box-7', code: 'open', time: new Date('2026-06-01T10:00:00Z'), value: true },
  ]);
  expect(taken.problems).toEqual(['record 2: no time at ["o godzinie"]: undefined']);
});

it('reads CSV by a mapping: Polish decimals, quoted cells, columns by name', () => {
  const mapping = {
    format: 'csv',
    delimiter: ';',
    device: 'Nr',
    time: 'Czas',
    timeFormat: 'unix-s',
    name: 'Nazwa',
    lon: 'lon',
    lat: 'lat',
    values: [{ path: 'PM 10', code: 'pm10' }],
  } as const;
  const text =
    '\uFEFFNr;Czas;Nazwa;lon;lat;PM 10\n7;1780308000;"Rynek; wschód";16,93;52,41;18,5\n8;x;;;;1\n9;1780308000;;;;\n';
  const taken = takeMapped(text, mapping, '', NOW);
  expect(taken.readings).toEqual([
    { device: '7', code: 'pm10', time: new Date('2026-06-01T10:00:00Z'), value: 18.5 },
  ]);
  expect(taken.devices[0]).toEqual({ id: '7', name: 'Rynek; wschód', lonLat: [16.93, 52.41] });
  expect(taken.problems).toEqual(['record 2: no time at Czas: x']);
});

it('knows the clock of Poland on both sides of its changes', () => {
  const at = (text: string) => localMoment(text, 'Europe/Warsaw')?.toISOString();
  expect(at('2026-01-15 12:00:00')).toBe('2026-01-15T11:00:00.000Z');
  expect(at('2026-03-29 01:59:00')).toBe('2026-03-29T00:59:00.000Z');
  expect(at('2026-03-29 03:00:00')).toBe('2026-03-29T01:00:00.000Z');
  expect(at('2026-10-25 02:30:00')).toBe('2026-10-25T00:30:00.000Z');
  expect(at('2026-10-25 03:00:00')).toBe('2026-10-25T02:00:00.000Z');
  expect(at('2026-02-30 03:00:00')).toBeUndefined();
});
