import { afterEach, expect, it } from 'vitest';
import { mapTool } from './map-tool.ts';
import {
  changeLevel,
  measurement,
  measureText,
  readMeasure,
  showMeasure,
  startMeasure,
  stopMeasure,
} from './measure.ts';

afterEach(stopMeasure);

const CORNERS = [
  [6_427_000, 5_808_000],
  [6_427_100.25, 5_808_000],
  [6_427_100.25, 5_808_080.5],
] as const;

it('stands in the link once it is finished, and comes back from it as it was', () => {
  startMeasure('volume');
  for (const at of CORNERS) mapTool.value?.point({ at, heightM: 61.25 }, false);
  const drawn = measurement.value;
  expect(drawn && measureText(drawn)).toBeUndefined();
  mapTool.value?.finish();
  changeLevel(60.5);
  const finished = measurement.value;
  const text = finished && measureText(finished);
  expect(text).toMatch(/^volume:60.5:6427000.00,5808000.00,61.25;/);
  stopMeasure();
  showMeasure(text);
  expect(measurement.value).toEqual(finished);
  changeLevel(undefined);
  expect(measurement.value?.levelM).toBeUndefined();
  // The next point begins a new measurement, as after drawing.
  mapTool.value?.point({ at: CORNERS[0] }, false);
  expect(measurement.value?.points).toHaveLength(1);
});

it('a link without one takes a finished measurement away, and leaves one that is being drawn', () => {
  startMeasure('distance');
  showMeasure(undefined);
  expect(measurement.value?.kind).toBe('distance');
  showMeasure('distance::6427000,5808000;6427010,5808000');
  expect(measurement.value?.finished).toBe(true);
  showMeasure(undefined);
  expect(measurement.value).toBeUndefined();
});

it.each([
  undefined,
  'depth::1,2;3,4',
  'area::6427000,5808000;6427010,5808000',
  'distance::6427000,5808000;east,5808000',
  'volume:high:6427000,5808000;6427010,5808000;6427010,5808010',
])('is not read from %s', (text) => {
  expect(readMeasure(text)).toBeUndefined();
});
