import { expect, it } from 'vitest';
import { z } from 'zod';
import { MODELS } from '../../core/analysis/models.ts';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { REGISTRY } from './registry.ts';

it('offers exactly the models that threads can run, each under a name of its own', () => {
  const names = REGISTRY.map(({ model }) => model.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.toSorted()).toEqual(MODELS.map(({ name }) => name).toSorted());
});

it.each(REGISTRY.map((entry) => [entry.model.name, entry] as const))(
  '%s can be told and called',
  (name, entry) => {
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    const { parameters, result } = entry.model;
    for (const [schema, io] of [
      [parameters, 'input'],
      [result, 'output'],
    ] as const) {
      const { type, properties } = z.toJSONSchema(schema, { io });
      expect(type).toBe('object');
      for (const [member, told] of Object.entries(properties ?? {})) {
        expect([member, told], 'each member is described').toEqual([
          member,
          expect.objectContaining({ description: expect.stringMatching(/\S/) }),
        ]);
      }
    }
    const known = REGISTERS.map((register) => register.name);
    expect(entry.layers.filter((layer) => !known.includes(layer))).toEqual([]);
  },
);
