/** Every OpenAPI document that the service gives, read by a validator that is not ours. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../support/running-app.ts';
import { sampleServices } from '../support/sample-city.ts';

type Json = Record<string, unknown>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const PAST = '/at/2026-01-01T00:00:00Z';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp(sampleServices(4));
});
afterAll(() => app.close());

async function document(path: string): Promise<Json> {
  const reply = await fetch(app.url + path);
  expect([path, reply.status]).toEqual([path, 200]);
  return (await reply.json()) as Json;
}

describe.each([
  ['/ogc/api?lang=en', '3.0'],
  ['/ogc/api?lang=pl', '3.0'],
  [`${PAST}/ogc/api`, '3.0'],
  ['/api', '3.1'],
])('%s', (path, version) => {
  it(`is valid OpenAPI ${version} and its references lead somewhere`, async () => {
    const validator = new Validator();
    expect(await validator.validate(await document(path))).toEqual({ valid: true });
    expect(validator.version).toBe(version);
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  it('declares each parameter of its addresses, and no operation twice', async () => {
    const validator = new Validator();
    await validator.validate(await document(path));
    const operations = operationsOf(validator.resolveRefs());
    expect(operations.length).toBeGreaterThan(4);
    for (const { address, declared } of operations) {
      const named = [...address.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      expect([address, declared.toSorted()]).toEqual([address, named.toSorted()]);
    }
    const ids = operations.flatMap(({ id }) => id ?? []);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

it('would be seen when it is wrong', async () => {
  const { info: _, ...headless } = await document('/api');
  expect((await new Validator().validate(headless)).valid).toBe(false);
  const nowhere = await document('/ogc/api');
  nowhere['paths'] = { '/': { get: { parameters: [{ name: 'f', in: 'nowhere' }], responses: {} } } };
  expect((await new Validator().validate(nowhere)).valid).toBe(false);
});

/** Operations with the path parameters that they or their address declare. */
function operationsOf(api: Json) {
  return Object.entries(api['paths'] as Record<string, Json>).flatMap(([address, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method] as Json | undefined;
      if (!operation) return [];
      const parameters = [item, operation].flatMap((each) => (each['parameters'] ?? []) as Json[]);
      const declared = parameters.filter(({ in: place }) => place === 'path').map(({ name }) => String(name));
      return [{ address, declared, id: operation['operationId'] }];
    }),
  );
}
