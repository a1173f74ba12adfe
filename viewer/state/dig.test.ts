import { beforeEach, expect, it } from 'vitest';
import { closeDig, dig, digText, drawDig, excavation, finishDig, readDig, toggleUnderground } from './dig.ts';
import { mapTool } from './map-tool.ts';

const CORNERS = [
  [6_427_947, 5_809_098],
  [6_427_957, 5_809_098],
  [6_427_957, 5_809_108],
] as const;

beforeEach(closeDig);

it('draws an excavation corner by corner, which is one only when it is finished', () => {
  toggleUnderground();
  drawDig();
  for (const [e, n] of CORNERS) mapTool.value?.point({ at: [e, n] }, false);
  mapTool.value?.point({ at: [6_427_957.01, 5_809_108] }, false);
  expect(excavation.value).toBeUndefined();
  finishDig();
  expect(excavation.value?.corners).toEqual(CORNERS);
  expect(mapTool.value).toBeUndefined();
});

it('takes back corners, then the drawing, then stays open', () => {
  toggleUnderground();
  drawDig();
  mapTool.value?.point({ at: [1, 2] }, false);
  mapTool.value?.cancel();
  expect(dig.value).toMatchObject({ corners: [], isDrawing: true });
  mapTool.value?.cancel();
  expect(dig.value).toMatchObject({ isDrawing: false });
  expect(mapTool.value).toBeUndefined();
});

it('stands in the link and is read back', () => {
  const drawn = { corners: CORNERS, isDrawing: false, depthM: 2.5, clearanceM: 0.5 };
  expect(readDig(digText(drawn))).toEqual(drawn);
  expect(readDig('open')).toMatchObject({ corners: [] });
  for (const odd of ['', '1,1;1,2', '99,1;1,2;3,4;5,6', '1,1;a,b;3,4;5,6'])
    expect(readDig(odd)).toBeUndefined();
});
