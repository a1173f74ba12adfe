/** A surveyor draws no forms: picks a parcel, sees how much it is, orders, and fetches the package. */
import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { axeViolations, takeScreenshot } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();
const EPSG_2177 = encodeURIComponent('http://www.opengis.net/def/crs/EPSG/0/2177');

interface ParcelItem {
  readonly geometry: { readonly coordinates: readonly (readonly (readonly (readonly number[])[])[])[] };
}

describe('the order of data', () => {
  it('is estimated while it is put together, packed, fetched, and found again after a reload', async () => {
    const reply = await fetch(`${stage.url}/ogc/collections/parcels/items?limit=1`);
    const [parcel] = ((await reply.json()) as { features: { id: string }[] }).features;
    const shown = await stage.show(`/#view=2d&pick=parcels/${parcel?.id}`, {
      viewport: { width: 1280, height: 900 },
    });
    const { page } = shown;
    await page.locator('[data-space="order"]').click();
    await page.locator('.order').getByText('MB').waitFor();
    await page.getByRole('checkbox', { name: 'DXF' }).uncheck();
    await page.getByRole('button', { name: 'Zamów', exact: true }).click();
    const fetched = page.getByRole('link', { name: 'Pobierz paczkę' });
    await fetched.waitFor({ timeout: 100_000 });
    await takeScreenshot(shown, 'order');
    expect(await axeViolations(shown)).toEqual([]);
    const [file] = await Promise.all([page.waitForEvent('download'), fetched.click()]);
    expect(file.suggestedFilename()).toMatch(/^blizniak_.*_EPSG2177_PL-EVRF2007-NH\.zip$/);
    const names = Object.keys(unzipSync(await readFile(await file.path())));
    expect(names).toContain(`gml/parcels_EPSG2177_PL-EVRF2007-NH.gml`);
    await page.reload();
    await page.locator('[data-space="order"]').click();
    await fetched.waitFor();
  }, 180_000);

  it('takes its area out of a file: shown, mended where it crosses itself, and only then ordered', async () => {
    const reply = await fetch(`${stage.url}/ogc/collections/parcels/items?limit=1&crs=${EPSG_2177}`);
    const [parcel] = ((await reply.json()) as { features: ParcelItem[] }).features;
    const [n = 0, e = 0] = parcel?.geometry.coordinates[0]?.[0]?.[0]?.map(Math.round) ?? [];
    const corners = [
      [0, 0],
      [60, 60],
      [60, 0],
      [0, 60],
    ].map(([x = 0, y = 0]) => `${e + x} ${n + y}`);
    const shown = await stage.show('/#view=2d', { viewport: { width: 360, height: 780 } });
    const { page } = shown;
    await page.locator('.sheet-tabs').getByRole('button', { name: 'Pobierz' }).click();
    const area = page.getByRole('combobox', { name: 'Obszar' });
    await area.selectOption('precinct');
    await page
      .getByRole('combobox', { name: 'Nazwa' })
      .locator('option', { hasText: 'Stare Miasto' })
      .waitFor({ state: 'attached' });
    await area.selectOption('file');
    const file = { name: 'teren.txt', mimeType: 'text/plain', buffer: Buffer.from(corners.join('\n')) };
    await page.getByLabel('Wybierz plik').setInputFiles(file);
    await page.getByText('Granica jest wadliwa').waitFor();
    expect(await page.getByRole('button', { name: 'Zamów', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'Użyj naprawionego obszaru' }).check();
    await page.locator('.order').getByText('MB').waitFor();
    await takeScreenshot(shown, 'order-file');
    expect(await axeViolations(shown)).toEqual([]);
  }, 120_000);

  it('is put together for a case with a map in scale, is the account’s on every device, and made again in its city', async () => {
    const reply = await fetch(`${stage.url}/ogc/collections/parcels/items?limit=1`);
    const [parcel] = ((await reply.json()) as { features: { id: string }[] }).features;
    const options = { viewport: { width: 1280, height: 900 } };
    const shown = await stage.show(`/#view=2d&pick=parcels/${parcel?.id}`, options);
    const { page } = shown;
    await stage.signIn(shown);
    await page.locator('[data-space="order"]').click();
    await page.getByRole('combobox', { name: 'Profil' }).selectOption('surveyor');
    const put = page.getByRole('button', { name: 'Zamów', exact: true });
    await page.locator('.order').getByText('Podaj numer sprawy').waitFor();
    expect(await put.isDisabled()).toBe(true);
    await page.getByLabel('Numer sprawy').fill('GK.6640.501.2026');
    await page.getByRole('checkbox', { name: 'PDF: mapa w skali' }).check();
    await page.getByRole('checkbox', { name: 'DXF' }).uncheck();
    await page.locator('.order').getByRole('combobox', { name: 'Skala' }).selectOption('1000');
    await page.getByLabel('Tytuł mapy').fill('Mapa próbna');
    await page.getByText('Powiadom, gdy gotowe').click();
    await page.getByLabel('Adres webhook').fill('https://example.org/gotowe');
    await page.locator('.order-foot').getByText('MB').waitFor();
    expect(await axeViolations(shown)).toEqual([]);
    const asked = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/api/orders'),
    );
    await put.click();
    expect((await asked).postDataJSON()).toMatchObject({
      ...{ profile: 'surveyor', caseNumber: 'GK.6640.501.2026', formats: ['gml', 'pdf'] },
      ...{ map: { scale: 1000, paper: 'A0', dpi: 254, title: 'Mapa próbna' } },
      notify: { webhook: 'https://example.org/gotowe' },
    });
    const item = page.locator('.order-item', { hasText: 'GK.6640.501.2026' });
    await item.getByRole('link', { name: 'Pobierz paczkę' }).waitFor({ timeout: 100_000 });
    await takeScreenshot(shown, 'order-case');

    const elsewhere = await stage.browser.newContext({ ...options, locale: 'pl-PL' });
    try {
      const other = await elsewhere.newPage();
      await other.goto(`${stage.url}/#view=2d`);
      await stage.signIn({ ...shown, page: other });
      await other.locator('[data-space="order"]').click();
      const theirs = other.locator('.order-item', { hasText: 'GK.6640.501.2026' });
      await theirs.getByText('gotowe').waitFor();
      await theirs.getByRole('button', { name: 'Zamów ponownie' }).click();
      // From the store: it is there at once.
      await expect.poll(() => theirs.count()).toBe(2);
      expect(await theirs.getByText('gotowe').count()).toBe(2);
    } finally {
      await elsewhere.close();
    }
  }, 180_000);
});
