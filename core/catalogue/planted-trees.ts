/** What tiles of trees tell beside the register: where the size of a tree comes from. */
import { codes, text } from './property.ts';

export const SIZE_SOURCE_PROPERTY = text('size_source', 'Pochodzenie wymiarów', 'Source of the size', {
  codelist: codes(
    ['register', 'z rejestru', 'of the register'],
    [
      'assumed',
      'przyjęte: rejestr nie podaje wysokości lub korony',
      'assumed: the register lacks height or crown',
    ],
  ),
});
