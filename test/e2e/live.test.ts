import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { axeViolations, takeScreenshot, visit } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();

/** Sends a value of the present to a datastream of the demo city. */
async function send(datastream: number, result: number): Promise<void> {
  const reply = await fetch(`${stage.url}/sta/v1.1/Datastreams(${datastream})/Observations`, {
    method: 'POST',
    headers: { authorization: stage.staff, 'content-type': 'application/json' },
    body: JSON.stringify({ result }),
  });
  expect([reply.status, await reply.text()]).toEqual([201, expect.any(String)]);
}

describe('the live city', () => {
  it('shows an observation in the open page soon after it was posted, and speaks it', async () => {
    const shown = await stage.show('/#view=2d&pick=sensors/1', { viewport: { width: 1280, height: 800 } });
    const { page } = shown;
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Na żywo' }).click();
    await page.locator('.live-connection.success').waitFor();
    await page.locator('.card .live-chart .curve').first().waitFor();
    const begun = performance.now();
    await send(1, 87.3);
    await page.locator('.card .live-stream', { hasText: '87,3' }).waitFor();
    const tookMs = Math.round(performance.now() - begun);
    console.info(`observation posted → on the screen: ${tookMs} ms`);
    expect(tookMs).toBeLessThan(5_000);
    await page.locator('.card .live-chart .axis', { hasText: '87,3' }).waitFor();
    await page.getByRole('status').filter({ hasText: 'Powietrze: Rynek: Pył PM10 87,3' }).waitFor();
    expect(await page.locator('.live-row', { hasText: 'Rynek' }).textContent()).toMatch(/87,3.*aktualna/);
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'live-plan');
  });

  it('lists every sensor for the keyboard, with its value, age and status, in English too', async () => {
    const shown = await stage.show('/#view=2d&lang=en', { colorScheme: 'dark' });
    const { page } = shown;
    await page.getByRole('button', { name: 'Live', exact: true }).press('Enter');
    const rows = page.locator('.live-row');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(32);
    for (const text of await rows.allTextContents())
      expect(text).toMatch(/\d.*(ago|now)(current|out of date)/);
    await rows.nth(12).press('Enter');
    const card = page.locator('.card');
    await card.getByRole('heading', { name: 'River gauge' }).waitFor();
    await page.waitForURL((url) => url.hash.includes('pick=sensors/13'));
    await card.getByText('Table of values').press('Enter');
    expect(await card.locator('tbody tr').count()).toBeGreaterThan(80);
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'live-dark');
    await page.locator('#plan').focus();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
  });

  it('fits a phone', async () => {
    const shown = await stage.show('/#view=2d&pick=sensors/2', {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    await shown.page.locator('.sheet .live-stream').first().waitFor();
    expect(await shown.page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'live-phone');
  });

  it('says since when the connection is lost, and finds back by itself to what it missed', async () => {
    const door = await openDetour(stage.url);
    const shown = await visit(stage.browser, `${door.url}/#view=2d&pick=sensors/3`);
    try {
      const { page } = shown;
      await page.getByRole('button', { name: 'Na żywo' }).click();
      await page.locator('.live-connection.success').waitFor();
      await door.close();
      await page.locator('.live-connection', { hasText: /brak połączenia od \d\d:\d\d/ }).waitFor();
      await takeScreenshot(shown, 'live-lost');
      await send(7, 61.5);
      await door.open();
      await page.locator('.live-connection.success').waitFor({ timeout: 30_000 });
      await page.locator('.card .live-stream', { hasText: '61,5' }).waitFor();
    } finally {
      await shown.close();
      await door.close();
    }
  });
});

/** A proxy that can be closed and opened again at the same address, as a service that is restarted. */
async function openDetour(target: string) {
  let server: Server | undefined;
  let port = 0;
  const open = async () => {
    const next = createServer((incoming, outgoing) => {
      const onward = request(
        `${target}${incoming.url}`,
        { method: incoming.method ?? 'GET', headers: incoming.headers },
        (reply) => {
          outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(outgoing);
        },
      );
      onward.on('error', () => outgoing.destroy());
      outgoing.on('close', () => onward.destroy());
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve));
    port = (next.address() as AddressInfo).port;
    server = next;
  };
  await open();
  return {
    url: `http://127.0.0.1:${port}`,
    open,
    close: async () => {
      const closing = server;
      server = undefined;
      if (closing === undefined) return;
      await new Promise<void>((resolve) => {
        closing.close(() => resolve());
        closing.closeAllConnections();
      });
    },
  };
}
