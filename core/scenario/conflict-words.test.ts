import { expect, it } from 'vitest';
import { REGISTERS } from '../catalogue/catalogue.ts';
import { conflictWords } from './conflict-words.ts';

const LAYERS = REGISTERS.map((register) => ({ ...register, dataset: 'city', srid: 2177 }));
const tree = (id: string, ...attributes: string[]) => ({
  ...{ layer: 'trees', id },
  attributes: attributes.map((name) => ({ name })),
});

it('a conflict names layers and attributes as people know them', () => {
  expect(conflictWords('gone', [tree('DRZ-1')], '', LAYERS)).toEqual({
    pl: 'Obiektu już nie ma: Drzewa DRZ-1',
    en: 'The object is no more: Trees DRZ-1',
  });
  const { pl, en } = conflictWords('changed', [tree('DRZ-1', 'geometry', 'height_m')], '', LAYERS);
  expect(pl).toMatch(/^Obiekt jest inny niż wtedy \(geometria, wysokość.*\): Drzewa DRZ-1$/);
  expect(en).toMatch(/^The object is another than it was \(geometry, height.*\): Trees DRZ-1$/);
});
