import { describe, expect, it } from 'vitest';
import { transformBetween } from '../../core/geo/crs.ts';
import {
  axeViolations,
  shareOfColours,
  takeScreenshot,
  type Visit,
  waitForLink,
  waitForStats,
} from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';
import { fetchObject } from '../support/demo-service.ts';

const BUILDING = '306401_1.0021.AR_10.161.1_BUD';

const stage = useBrowserStage();

/** Straight from above, so that no neighbour stands in the way. */
async function aboveBuilding(extra = ''): Promise<Visit> {
  const { n, e } = await fetchObject(stage.url, 'buildings', BUILDING);
  const [lon, lat] = transformBetween(2177, 4326)([e, n]);
  const shown = await stage.show(`/?quality=low#view=3d&eye=${lon},${lat},300,0,-90${extra}`, {
    viewport: { width: 1280, height: 720 },
  });
  await globeDrawn(shown);
  return shown;
}

const globeDrawn = (shown: Visit) =>
  waitForStats(
    shown,
    ({ globeIdle, tiles }) => globeIdle && tiles.drape.loaded > 0 && tiles.buildings.loaded > 0,
  );

const numberIn = (text: string | null): number => Number((text ?? '').replace(/\D/g, '') || Number.NaN);

describe('the look of buildings', () => {
  it('colours them by an attribute, with every building of the city in one class of the legend', async () => {
    const shown = await aboveBuilding();
    const { page } = shown;
    const bluish = () => shareOfColours(shown, '#globe', ([r, g, b]) => b - r > 40 && g > 60);
    const before = await bluish();
    await page.getByRole('button', { name: 'Wygląd budynków' }).click();
    await page.getByLabel('Barwa według').selectOption('storeys_above');
    const panel = page.locator('.look');
    await panel.getByRole('button', { name: 'Pobierz tabelę (CSV)' }).waitFor();
    const counts = await panel.locator('tbody td').allTextContents();
    const total = numberIn(await panel.locator('tfoot td').textContent());
    expect(counts.map(numberIn).reduce((sum, n) => sum + n, 0)).toBe(total);
    const reply = await fetch(`${stage.url}/ogc/collections/buildings_3d/items?limit=1`);
    expect(total).toBe(((await reply.json()) as { numberMatched: number }).numberMatched);
    await waitForLink(shown, 'look=storeys_above');
    await expect.poll(bluish, { timeout: 60_000 }).toBeGreaterThan(before + 0.03);
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'look-storeys');
    await page.getByRole('button', { name: 'Pokaż jak zwykle' }).click();
    await expect.poll(bluish, { timeout: 60_000 }).toBeLessThan(before + 0.01);
    expect(page.url()).not.toContain('look=');
  });

  it('hides what is selected by a key, undoes it, and shows it alone; the link says so', async () => {
    const shown = await aboveBuilding();
    const { page } = shown;
    const globe = page.locator('#globe');
    const cardAfterClick = async () => {
      await globe.click();
      await page.locator('.card-actions').waitFor();
      return new URLSearchParams(new URL(page.url()).hash.slice(1)).get('pick')?.split('/')[0];
    };
    await globe.click();
    await waitForLink(shown, 'pick=buildings_3d/');
    await globe.focus();
    await page.keyboard.press('x');
    await page.getByText('Ukryte: 1').waitFor();
    await waitForLink(shown, 'look=hide:');
    await page.locator('.card').getByRole('button', { name: 'Zamknij' }).click();
    await expect.poll(cardAfterClick, { timeout: 30_000 }).not.toBe('buildings_3d');
    await takeScreenshot(shown, 'look-hidden');

    await page.getByRole('button', { name: 'Cofnij', exact: true }).click();
    expect(await page.getByText('Ukryte: 1').count()).toBe(0);
    await expect.poll(cardAfterClick, { timeout: 30_000 }).toBe('buildings_3d');
    await page.getByRole('button', { name: 'Pokaż tylko wybrany' }).click();
    await page.getByText('Pokazane jako jedyne: 1').waitFor();
    await waitForLink(shown, 'look=only:');
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'look-only');
    await page.reload();
    await page.getByText('Pokazane jako jedyne: 1').waitFor();
    await page.getByRole('button', { name: 'Pokaż wszystkie' }).click();
    await expect.poll(() => page.url()).not.toContain('look=');
  });
});
