import { beforeEach, describe, expect, it } from 'vitest';
import { classesOf, classFor } from '../look/look-classes.ts';
import {
  hideBuildings,
  isolateBuildings,
  isSeen,
  LOOK_ATTRIBUTES,
  lookAttribute,
  lookText,
  readLook,
  seenBuildings,
  undoSeen,
  unlistBuilding,
} from './building-look.ts';

const shows = (...ids: string[]) => isSeen(seenBuildings.value, ids);

describe('which buildings are seen', () => {
  beforeEach(() => readLook(undefined));

  it('leaves out what is hidden by either of its ids, and undoes it step by step', () => {
    hideBuildings(['a']);
    hideBuildings(['b', 'c']);
    expect([shows('a', 'register-a'), shows('uuid', 'b'), shows('d')]).toEqual([false, false, true]);
    undoSeen();
    expect([shows('a'), shows('b')]).toEqual([false, true]);
    undoSeen();
    expect(shows('a')).toBe(true);
    undoSeen();
    expect(seenBuildings.value).toEqual({ hidden: [], only: [] });
  });

  it('shows one alone also when it was hidden, and hides the last that was alone', () => {
    hideBuildings(['a']);
    isolateBuildings(['a']);
    expect([shows('a'), shows('b')]).toEqual([true, false]);
    isolateBuildings(['b']);
    hideBuildings(['a']);
    expect([shows('a'), shows('b')]).toEqual([false, true]);
    hideBuildings(['b']);
    expect([shows('a'), shows('b')]).toEqual([false, false]);
    unlistBuilding('b');
    expect(shows('c')).toBe(true);
  });

  it('is told whole by the link, ids with commas and semicolons too', () => {
    lookAttribute.value = 'height_m';
    hideBuildings(['x;y,z', '306401_1.0021.AR_10.161.1_BUD']);
    const text = lookText();
    const told = seenBuildings.value;
    readLook('only:q');
    expect(lookAttribute.value).toBeUndefined();
    readLook(text);
    expect([lookAttribute.value, seenBuildings.value]).toEqual(['height_m', told]);
    readLook('colour_of_doors;hide:');
    expect(lookText()).toBeUndefined();
  });
});

describe('the classes of buildings', () => {
  it.each(LOOK_ATTRIBUTES)(
    'take every value of %s, unknown ones apart, each in a colour of its own',
    (by) => {
      const classes = classesOf(by);
      const inks = classes.map(({ ink }) => ink);
      expect(new Set(inks).size).toBe(inks.length);
      for (const value of [undefined, null, '']) expect(classFor(classes, value)?.key).toBe('none');
      const known = by === 'height_m' || by === 'storeys_above' ? [0.5, 6, 6.01, 12, 55, 900] : ['?', '1110'];
      for (const value of known) expect(classFor(classes, value)?.key).not.toBe('none');
      // At most one class is left to what no other says, or nobody could count it.
      expect(classes.filter(({ cql }) => cql === undefined).length).toBeLessThan(2);
    },
  );

  it('break heights where the law does: 12, 25 and 55 m belong to the lower class', () => {
    const keyOf = (heightM: number) => classFor(classesOf('height_m'), heightM)?.key;
    expect([12, 12.01, 25, 25.5, 55, 55.1].map(keyOf)).toEqual(['12', '25', '25', '55', '55', 'over-55']);
  });
});
