import { afterEach, describe, expect, it } from 'vitest';
import { changeClip, clipBox, clipText, dropClip, moveClip, readClip, startClip } from './clip.ts';
import { mapTool } from './map-tool.ts';

afterEach(dropClip);

describe('the box that the city is cut to', () => {
  it('comes back from a link as it was', () => {
    startClip([6_427_100.26, 5_808_900], 61.4);
    changeClip({ keeps: 'outside', cutsGround: false });
    const box = clipBox.value;
    expect(box).toMatchObject({ at: [6_427_100.3, 5_808_900], heightsM: [51, 121] });
    expect(box && readClip(clipText(box))).toEqual(box);
  });

  it.each([
    undefined,
    '',
    '6427100,5808900,200,150,60,120,inside',
    '6427100,5808900,200,150,120,60,inside,ground',
    '6427100,5808900,200,1,60,120,inside,ground',
    '6427100,north,200,150,60,120,inside,ground',
  ])('is not read from %s', (text) => {
    expect(readClip(text)).toBeUndefined();
  });

  it('is moved, raised and widened by keys, finely with Shift, and never past its limits', () => {
    startClip([6_427_100, 5_808_900], 60);
    moveClip();
    const press = (key: string, isFine = false) => mapTool.value?.key?.(key, isFine);
    for (const key of ['ArrowLeft', 'ArrowUp', 'PageUp', '+']) expect(press(key)).toBe(true);
    press('ArrowUp', true);
    expect(clipBox.value).toMatchObject({
      ...{ at: [6_427_090, 5_808_911], heightsM: [60, 130], sizeM: [210, 210] },
    });
    for (let n = 0; n < 30; n++) press('-');
    expect(clipBox.value?.sizeM).toEqual([10, 10]);
    expect(press('q')).toBe(false);
    mapTool.value?.cancel();
    expect(mapTool.value).toBeUndefined();
    expect(clipBox.value).toBeDefined();
  });
});
