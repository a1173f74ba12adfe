import { expect, it } from 'vitest';
import { mqttEndpoints } from './endpoints.ts';

it.each([
  ['http://localhost:8080', 1883, ['mqtt://localhost:1883', 'ws://localhost:8080/mqtt']],
  [
    'https://twin.example.org/city',
    1884,
    ['mqtt://twin.example.org:1884', 'wss://twin.example.org/city/mqtt'],
  ],
  ['http://[::1]:8080', undefined, ['ws://[::1]:8080/mqtt']],
])('a service at %s with its broker on %s is reached at %j', (publicUrl, port, endpoints) => {
  expect(mqttEndpoints(publicUrl, port)).toEqual(endpoints);
});
