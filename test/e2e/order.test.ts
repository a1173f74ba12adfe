/** A surveyor draws no forms: picks a parcel, sees how much it is, orders, and fetches the package. */
import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { axeViolations, takeScreenshot } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();

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
});
