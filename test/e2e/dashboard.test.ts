import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Alert, AlertsReply } from '../../core/wire/alerts.ts';
import type { SensorsReply } from '../../core/wire/live.ts';
import { axeViolations, takeScreenshot } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();
const asStaff = () => ({ authorization: stage.staff, 'content-type': 'application/json' });

const PM10_OF_THE_MARKET = 1;

/** A threshold that the next value of one sensor passes, and such a value, which nobody can doubt. */
async function raiseAlert(): Promise<Alert> {
  const post = async (path: string, body: object) => {
    const reply = await fetch(stage.url + path, {
      method: 'POST',
      headers: asStaff(),
      body: JSON.stringify(body),
    });
    expect(reply.status).toBe(201);
  };
  const title = { pl: 'Próba alarmu', en: 'Trial alert' };
  await post('/api/thresholds', {
    title,
    severity: 'critical',
    datastream: PM10_OF_THE_MARKET,
    direction: 'above',
    enter: 1,
    leave: 0,
  });
  const { sensors } = (await (await fetch(`${stage.url}/api/live/sensors`)).json()) as SensorsReply;
  const before = sensors
    .flatMap(({ datastreams }) => datastreams)
    .find(({ id }) => id === PM10_OF_THE_MARKET);
  const result = (before?.latest?.result ?? 20) + 0.1;
  await post(`/sta/v1.1/Datastreams(${PM10_OF_THE_MARKET})/Observations`, {
    phenomenonTime: new Date().toISOString(),
    result,
  });
  let alert: Alert | undefined;
  await expect
    .poll(
      async () => {
        alert = await alertNamed(title.pl);
        return alert?.state;
      },
      { timeout: 30_000 },
    )
    .toBe('open');
  if (alert === undefined) throw new Error('there is no alert');
  return alert;
}

const alertNamed = async (title: string): Promise<Alert | undefined> => {
  const reply = await fetch(`${stage.url}/api/alerts`, { headers: asStaff() });
  return ((await reply.json()) as AlertsReply).alerts.find((alert) => alert.title.pl === title);
};

describe('the dashboard', () => {
  it('tells the city, its data and a new alert, which staff take on and close with a reason', async () => {
    const shown = await stage.show('/dashboard.html?lang=pl', { viewport: { width: 1280, height: 900 } });
    const { page } = shown;
    await page.locator('.tile', { hasText: 'Powietrze' }).locator('.now-value').first().waitFor();
    await page.locator('.tile', { hasText: 'Utrudnienia teraz' }).locator('li').first().waitFor();
    await expect.poll(() => page.locator('.tile tbody tr').count()).toBeGreaterThan(25);

    const { id } = await raiseAlert();
    const row = page.locator('.alert', { hasText: 'Próba alarmu' });
    await row.waitFor();
    await row.locator('.alert-head').click();
    // The public reads that it is so, and nothing of who sees to it.
    expect(await row.locator('form').count()).toBe(0);

    await stage.signIn(shown);
    await row.getByLabel('Prowadzi').fill('Dyżurny');
    await row.getByRole('button', { name: 'Przyjmij' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Przyjęte/ }).click();
    await row.locator('.alert-head').click();
    expect(await row.locator('.alert-sub').textContent()).toContain('Dyżurny');
    await row.getByRole('button', { name: 'Zamknij alarm' }).click();
    expect(await row.getByRole('alert').textContent()).toBe('Zamknięcie wymaga powodu.');
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'dashboard');
    // Whoever is named while closing is who closed it.
    await row.getByLabel('Prowadzi').fill('Zmiennik');
    await row.getByLabel('Powód').fill('Próba zakończona');
    await row.getByRole('button', { name: 'Zamknij alarm' }).click();
    await row.waitFor({ state: 'detached' });

    const closed = await alertNamed('Próba alarmu');
    expect(closed).toMatchObject({ id, state: 'closed', owner: 'Zmiennik', reason: 'Próba zakończona' });
  });
});

describe('the widget', () => {
  it('stands in a page of another site, tells the air and keeps nothing in the browser', async () => {
    const page = `<!doctype html><title>Gmina</title><iframe src="${stage.url}/widget.html?show=air&lang=pl" width="360" height="600"></iframe>`;
    const site = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page));
    await new Promise<void>((resolve) => {
      site.listen(0, '127.0.0.1', resolve);
    });
    const opened = await stage.browser.newPage();
    try {
      // By another name, so that it is another site to the browser.
      await opened.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
      const frame = opened.frameLocator('iframe');
      await frame.locator('dl strong').first().waitFor();
      expect(await opened.context().storageState()).toEqual({ cookies: [], origins: [] });
    } finally {
      await opened.close();
      site.closeAllConnections();
      site.close();
    }
  });
});
