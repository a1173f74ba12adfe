import { readFile } from 'node:fs/promises';
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

/** What is seen where nothing is: the horizon of the light theme. */
const SKY = [239, 234, 221];

const stage = useBrowserStage();

/** Straight from above a building, so that no neighbour stands in the way. */
async function aboveBuilding(extra = ''): Promise<Visit> {
  const { n, e } = await fetchObject(stage.url, 'buildings', BUILDING);
  const [lon, lat] = transformBetween(2177, 4326)([e, n]);
  const shown = await stage.show(`/?quality=low#view=3d&eye=${lon},${lat},300,0,-90${extra}`, {
    viewport: { width: 1100, height: 700 },
  });
  await waitForStats(
    shown,
    ({ globeIdle, tiles }) => globeIdle && tiles.drape.loaded > 0 && tiles.buildings.loaded > 0,
  );
  return shown;
}

async function saved(shown: Visit, act: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([shown.page.waitForEvent('download', { timeout: 120_000 }), act()]);
  return readFile(await download.path());
}

describe('the tools of the 3D view', () => {
  it('save the view finer than the screen, with a strip under it that says what it shows', async () => {
    const shown = await aboveBuilding();
    const { page } = shown;
    await page.locator('#globe').focus();
    await page.keyboard.press('t');
    const panel = page.locator('.view-tools');
    await panel.getByRole('radio', { name: '2×' }).check();
    const screen = await page.locator('#globe canvas').boundingBox();
    const png = await saved(shown, () => panel.getByRole('button', { name: 'Zapisz obraz' }).click());
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(2 * (screen?.width ?? 0));
    expect(png.readUInt32BE(20)).toBeGreaterThan(2 * (screen?.height ?? 0) + 2 * 60);
    await panel.getByText('Plik').waitFor();
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'view-tools-picture');
    // The view is as it was.
    const kept = Number(await page.locator('#globe canvas').getAttribute('width'));
    expect(kept).toBeLessThan(screen?.width ?? 0);
    await page.locator('#globe').focus();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  it('save the selected building as GLB', async () => {
    const shown = await aboveBuilding();
    const { page } = shown;
    await page.locator('#globe').click();
    const glb = await saved(shown, () => page.locator('.card').getByRole('button', { name: 'GLB' }).click());
    const document = JSON.parse(glb.toString('utf8', 20, 20 + glb.readUInt32LE(12)));
    const picked = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('pick')?.split('/')[1];
    expect(document.nodes[0].name).toBe(picked);
  });

  it('cut the city to a box that keys move, the link keeps and the service counts', async () => {
    const shown = await aboveBuilding();
    const { page } = shown;
    const empty = () =>
      shareOfColours(shown, '#globe', (rgb) => rgb.every((c, n) => Math.abs(c - (SKY[n] ?? 0)) < 4));
    expect(await empty()).toBeLessThan(0.1);
    await page.getByRole('button', { name: 'Narzędzia widoku 3D' }).click();
    const panel = page.locator('.view-tools');
    await panel.getByRole('button', { name: 'Przekrój' }).click();
    await panel.getByRole('button', { name: 'Wytnij w środku widoku' }).click();
    await panel.getByLabel('Na wschód').fill('60');
    await panel.getByLabel('Na północ').fill('60');
    await waitForLink(shown, ',60,60,');
    // The panel itself covers a third of the view.
    await expect.poll(empty, { timeout: 60_000 }).toBeGreaterThan(0.3);
    await panel.getByRole('rowheader', { name: 'Budynki 3D' }).waitFor();
    expect(await axeViolations(shown)).toEqual([]);
    const before = Number(await panel.getByLabel('Środek E').inputValue());
    await panel.getByRole('button', { name: 'Przesuwaj na mapie' }).click();
    await page.keyboard.press('ArrowRight');
    expect(Number(await panel.getByLabel('Środek E').inputValue())).toBeCloseTo(before + 10, 5);
    await page.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'Usuń przekrój' }).click();
    await expect.poll(empty, { timeout: 60_000 }).toBeLessThan(0.1);
    await expect.poll(() => page.url()).not.toContain('clip=');
  });
});
