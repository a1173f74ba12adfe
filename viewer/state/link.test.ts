import { describe, expect, it } from 'vitest';
import { readLink, type ViewLink, writeLink } from './link.ts';
import { CHART_SPANS } from './live-view.ts';

const whole: ViewLink = {
  mode: 'split',
  plan: { eastingM: 6_430_512.25, northingM: 5_808_123.5, scaleDenominator: 2000 },
  globe: { lon: 16.9123456, lat: 52.4012345, heightM: 812.25, headingDeg: 350.5, pitchDeg: -41.75 },
  layers: {
    parcels: { visible: true, opacity: 1 },
    buildings: { visible: false, opacity: 0.45 },
    'x.parcels': { visible: true, opacity: 0 },
  },
  selection: { layer: 'parcels', id: '306401_1.0021.AR_10.161/4' },
  language: 'en',
  scenario: 'k3v5q7abcdefghij2345',
  at: undefined,
  time: Date.UTC(2026, 10, 21, 14, 35),
  hiddenKinds: ['traffic', 'water'],
  sun: { day: '2026-03-20', minute: 635, square: { eastingM: 6_427_100, northingM: 5_808_200, sideM: 300 } },
  views: [
    { kind: 'sky', aboveM: 0, places: [[6_427_000.5, 5_808_000]] },
    {
      kind: 'corridor',
      aboveM: 12.5,
      places: [
        [6_427_000, 5_808_000],
        [6_427_100, 5_808_000],
        [6_427_100, 5_808_090.1],
      ],
    },
    { kind: 'viewshed', aboveM: 4, places: [[6_427_000, 5_808_000]], radiusM: 800 },
    { kind: 'viewshed', aboveM: 4, places: [[6_427_000, 5_808_000]] },
  ],
  sites: 'areaM2:500..2000;exclude:flood,built;weights:waterM~-1',
  capacity: true,
  chart: { datastreams: [3, 12], range: { fromMs: Date.UTC(2026, 10, 14), toMs: Date.UTC(2026, 10, 21, 6) } },
  parcel: '306401_1.0021.AR_10.161/4',
  building: '306401_1.0021.161_BUD',
  list: ['306401_1.0021.AR_10.161/4', '306401_1.0021.AR_10.20'],
  area: [
    [6_427_000.25, 5_808_000],
    [6_427_030, 5_808_000],
    [6_427_030, 5_808_040.5],
  ],
  law: '2026-06-30',
  code: 'EBAD-52E0-0B52',
  look: 'height_m;hide:306401_1.0021.AR_10.161.1_BUD',
};

describe('the link to a view', () => {
  it('reproduces everything that it says', () => {
    expect(readLink(`#${writeLink(whole)}`)).toEqual(whole);
  });

  it('keeps identifiers readable', () => {
    expect(writeLink(whole)).toContain('pick=parcels/306401_1.0021.AR_10.161/4');
  });

  it.each(['2026-06-30', '2026-06-30T10:00:00Z', '2026-06-30T10:00:00+02:00'])(
    'keeps the moment %s',
    (at) => {
      expect(readLink(`#${writeLink({ at })}`).at).toBe(at);
    },
  );

  it('keeps the sun of a moment without a square, and refuses what is no moment', () => {
    const sun = { day: '2026-12-22', minute: 0 };
    expect(readLink(writeLink({ sun })).sun).toEqual(sun);
    expect(readLink('sun=2026-12-22T10:35,1,2,3').sun).toEqual({ day: '2026-12-22', minute: 635 });
    expect(readLink('sun=2026-13-22T10:35').sun).toBeUndefined();
    expect(readLink('sun=2026-12-22T24:00').sun).toBeUndefined();
  });

  it.each(CHART_SPANS)('keeps a chart of the last %s', (span) => {
    const chart = { datastreams: [7], range: { span } };
    expect(readLink(writeLink({ chart })).chart).toEqual(chart);
  });

  it('survives identifiers with spaces, ampersands and Polish letters', () => {
    const selection = { layer: 'plans', id: 'Łęgi & pola = 100%' };
    expect(readLink(writeLink({ selection })).selection).toEqual(selection);
    expect(readLink(encodeURI(writeLink({ selection }))).selection?.layer).toBe('plans');
  });

  it.each([
    ['nothing', ''],
    [
      'words',
      '#view=4d&n=abc&e=&scale=&eye=1,2&layers=***&pick=parcels&lang=de&scenario=../x&at=yesterday&time=noon&chart=a,b&range=week&parcel=&building=&law=soon&code=<b>&views=sky:1,2,3;sight:10,6427000,5808000;moon:1;viewshed:4,6427000,5808000,20000',
    ],
    ['places outside Poland', '#n=0&e=0&scale=500'],
    ['numbers that are none', '#n=NaN&e=Infinity&scale=1&eye=NaN,1,2,3,4'],
    ['broken escapes', '#pick=%E0%A4%A&view=%'],
  ])('leaves out %s', (_, fragment) => {
    const { layers, ...rest } = readLink(fragment);
    expect(Object.values(rest).every((value) => value === undefined)).toBe(true);
    expect(Object.keys(layers ?? {})).toEqual([]);
  });
});
