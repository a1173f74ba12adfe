import { describe, expect, it } from 'vitest';
import { transformBetween } from '../../core/geo/crs.ts';
import {
  axeViolations,
  countColours,
  takeScreenshot,
  type Visit,
  waitForLink,
  waitForStats,
} from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';
import { fetchObject } from '../support/demo-service.ts';

const PARCEL = '306401_1.0021.AR_10.161';
const BUILDING = `${PARCEL}.1_BUD`;
const LOW = '?quality=low';

const stage = useBrowserStage();
const show = (fragment: string): Promise<Visit> => stage.show(`/${LOW}#${fragment}`);

/** Terrain, drape and buildings stand and nothing is on its way. */
async function globeDrawn(shown: Visit) {
  return waitForStats(
    shown,
    ({ globeIdle, tiles }) =>
      globeIdle && tiles.terrain.loaded > 0 && tiles.drape.loaded > 0 && tiles.buildings.loaded > 0,
  );
}

describe('the globe', () => {
  it('draws terrain, parcels and buildings from real tiles, none of which failed', async () => {
    const shown = await show('view=3d');
    const { tiles, buildingIds, quality } = await globeDrawn(shown);
    expect(Object.values(tiles).map(({ failed }) => failed)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(buildingIds).toBeGreaterThan(50);
    expect(quality).toBe('low');
    expect(await countColours(shown, '#globe')).toBeGreaterThan(200);
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'globe');
  });

  it('identifies a building by a click, and its register entry with it', async () => {
    const { n, e } = await fetchObject(stage.url, 'buildings', BUILDING);
    const [lon, lat] = transformBetween(2177, 4326)([e, n]);
    // Straight from above: no neighbour stands in the way.
    const shown = await show(`view=3d&eye=${lon},${lat},300,0,-90`);
    await globeDrawn(shown);
    await shown.page.locator('#globe').click();
    const card = shown.page.locator('.card');
    await card.locator('.card-actions').waitFor();
    await waitForLink(shown, 'pick=buildings_3d/');
    expect(await card.textContent()).toContain(BUILDING);
    await takeScreenshot(shown, 'globe-building');

    await card.locator('.also-here').getByRole('button', { name: BUILDING }).click();
    await card.locator('.card-id', { hasText: BUILDING }).waitFor();
    await waitForLink(shown, `pick=buildings/${BUILDING}`);
  });

  it('identifies a parcel by a click on the ground', async () => {
    // A road in front of the parcel: no building stands in the way.
    const { n, e } = await fetchObject(stage.url, 'parcels', PARCEL);
    const crs = encodeURIComponent('http://www.opengis.net/def/crs/EPSG/0/2177');
    const box = [n - 150, e - 150, n + 150, e + 150].join();
    const response = await fetch(
      `${stage.url}/ogc/collections/parcels/items?bbox=${box}&bbox-crs=${crs}&crs=${crs}&limit=500`,
    );
    const { features } = (await response.json()) as {
      features: { id: string; properties: { land_use: string }; geometry: { coordinates: number[][][][] } }[];
    };
    const green = features.find(
      ({ properties, geometry }) =>
        /^(Bz|R|Ł|Ps|Bp|dr)/.test(properties.land_use) && (geometry.coordinates[0]?.[0]?.length ?? 99) < 8,
    );
    const ring = green?.geometry.coordinates[0]?.[0]?.slice(1) ?? [];
    const mean = (axis: number) => ring.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / ring.length;
    const shown = await show(`view=3d&n=${mean(0)}&e=${mean(1)}&scale=700`);
    await globeDrawn(shown);
    await shown.page.locator('#globe').click();
    await shown.page.locator('.card-id', { hasText: green?.id ?? 'no open ground near' }).waitFor();
    await waitForLink(shown, `pick=parcels/${green?.id}`);
    await takeScreenshot(shown, 'globe-parcel');
  });

  it('reproduces the eye from a link, and turns by keys', async () => {
    const shown = await show('view=3d&eye=16.9300000,52.4050000,600.00,30.00,-35.00');
    const { page } = shown;
    await globeDrawn(shown);
    const eye = () => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('eye');
    await expect.poll(eye).toBe('16.9300000,52.4050000,600.00,30.00,-35.00');
    await page.locator('#globe').focus();
    await page.keyboard.press('n');
    await page.waitForURL((url) => /eye=[^&]*,(0|360)\.00,-3[45]\.\d\d/.test(url.hash));
  });

  it('keeps plan and globe on the same place side by side', async () => {
    const { n, e } = await fetchObject(stage.url, 'buildings', BUILDING);
    const shown = await show(`view=split&n=${n}&e=${e}&scale=2000&pick=buildings/${BUILDING}`);
    const { page } = shown;
    await globeDrawn(shown);
    await page.locator('.card-actions').waitFor();
    await takeScreenshot(shown, 'split');
    const eyeLat = (url: URL) => Number(new URLSearchParams(url.hash.slice(1)).get('eye')?.split(',')[1]);
    const before = eyeLat(new URL(page.url()));
    await page.locator('#plan').focus();
    await page.keyboard.press('ArrowUp');
    await page.waitForURL((url) => eyeLat(url) > before);
  });
});
