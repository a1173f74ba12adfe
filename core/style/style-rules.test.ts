import { describe, expect, it } from 'vitest';
import { REGISTERS } from '../catalogue/catalogue.ts';
import type { Layer } from '../feature/layer.ts';
import { classOf } from '../feature/symbol.ts';
import { compileFilter } from '../filter/evaluate.ts';
import { styleRules } from './style-rules.ts';

/** Values that try a style: what its classes say, longer ones, codes of the property, nothing. */
function trials({ style, properties }: Layer): readonly Record<string, string | number | boolean | null>[] {
  const { property = '', entries = [] } = style.classes ?? {};
  const told = entries.flatMap(({ values }) =>
    values.flatMap((value) => [value, `${value}x`, `${value}Ia, R`]),
  );
  const codes = properties.find(({ name }) => name === property)?.codelist?.map(({ code }) => code) ?? [];
  const values = [...told, ...codes, '', 'nothing of the kind', null];
  const flags = entries.flatMap(({ flag }) => (flag === undefined ? [] : [flag]));
  const flagged = flags.reduce<Record<string, string | number | boolean | null>[]>(
    (all, flag) => {
      const isBoolean = properties.find(({ name }) => name === flag)?.type === 'boolean';
      return all.flatMap((each) =>
        (isBoolean ? [true, false, null] : [7, null]).map((value) => ({ ...each, [flag]: value })),
      );
    },
    [{}],
  );
  return flagged.flatMap((each) => values.map((value) => ({ ...each, [property]: value })));
}

describe('the rules of a style', () => {
  it.each(REGISTERS.map((declared) => [declared.name, declared] as const))(
    'of %s take each object once, into the class that the map draws it in',
    (_, declared) => {
      const layer: Layer = { ...declared, dataset: 'city', srid: 2177 };
      const rules = styleRules(layer).map(({ ink, filter, name }) => ({
        ...{ ink, name },
        takes: filter ? compileFilter(filter, layer) : () => true,
      }));
      for (const properties of trials(layer)) {
        const feature = { id: 'a', layer: layer.name, geometry: undefined, properties };
        const taken = rules.filter(({ takes }) => takes(feature) === true);
        const entry = classOf(declared.style, properties);
        const index = entry ? (declared.style.classes?.entries.indexOf(entry) ?? -1) : -1;
        expect([properties, taken.map(({ name }) => name)]).toEqual([
          properties,
          [index < 0 ? declared.name : `${declared.name}_${index + 1}`],
        ]);
      }
    },
  );
});
