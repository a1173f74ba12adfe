import { afterEach, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';

let app: RunningApp | undefined;
afterEach(() => app?.close());

const PATH = '/.well-known/security.txt';

it('names a contact, an end within a year and its own address, each field on a line (RFC 9116)', async () => {
  app = await runApp(sampleServices(1), {
    ...{ securityContact: 'mailto:security@city.example.org', publicUrl: 'https://twin.example.org' },
  });
  const reply = await fetch(app.url + PATH);
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  const text = await reply.text();
  const fields = new Map(
    text
      .trimEnd()
      .split('\r\n')
      .map((line) => /^([A-Z][A-Za-z-]+): (.+)$/.exec(line)?.slice(1) as [string, string]),
  );
  expect(fields.get('Contact')).toBe('mailto:security@city.example.org');
  expect(fields.get('Canonical')).toBe(`https://twin.example.org${PATH}`);
  const daysLeft = (Date.parse(fields.get('Expires') ?? '') - Date.now()) / 86_400_000;
  expect(daysLeft).toBeGreaterThan(170);
  expect(daysLeft).toBeLessThan(365);
  expect([...fields.keys()]).toHaveLength(text.trimEnd().split('\r\n').length);
});

it('is not there where nobody is named, rather than naming nobody', async () => {
  app = await runApp(sampleServices(1), {});
  expect((await fetch(app.url + PATH)).status).toBe(404);
});
