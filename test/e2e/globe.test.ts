import { describe, expect, it } from 'vitest';
import { transformBetween } from '../../core/geo/crs.ts';
import type { LayersReply } from '../../core/wire/city.ts';
import { encode } from '../../tiles/picture/encode.ts';
import { Raster } from '../../tiles/picture/raster.ts';
import {
  axeViolations,
  countColours,
  takeScreenshot,
  type Visit,
  waitForLink,
  waitForStats,
} from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';
import { decodePicture } from '../support/decoded-picture.ts';
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

/** How much of the globe, or of its uppermost rows, has that colour in any light. */
async function shareOfMagenta({ page }: Visit, rowsPx = Infinity): Promise<number> {
  const picture = await decodePicture(await page.locator('#globe').screenshot({ timeout: 120_000 }));
  let [magenta, looked] = [0, 0];
  for (let y = 0; y < Math.min(rowsPx, picture.heightPx); y += 8) {
    for (let x = 0; x < picture.widthPx; x += 8) {
      const [r = 0, g = 0, b = 0] = picture.at(x, y);
      looked++;
      if (r - g > 60 && b - g > 60) magenta++;
    }
  }
  return magenta / looked;
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

  it('lays a layer of an outside service on the ground, under those of the city, and tells when it is down', async () => {
    const reply = (await (await fetch(`${stage.url}/api/layers`)).json()) as LayersReply;
    const parcels = reply.layers.find(({ name }) => name === 'parcels');
    const since = '2026-11-24T08:00:00Z';
    const works = {
      state: 'works',
      since,
      lastGoodAt: since,
      reason: null,
      keptAnswers: 1,
      keptSince: since,
    };
    let state: object = works;
    const outside = () => ({
      ...parcels,
      ...{ name: 'county_orthophoto', title: { pl: 'Ortofotomapa', en: 'Orthophoto' }, dataset: 'outside' },
      ...{ initiallyVisible: false, maxScaleDenominator: undefined },
      // A belt around the city, in which nothing of its own lies.
      status: {
        ...parcels?.status,
        extent: parcels?.status.extent?.map((side, index) => side + (index < 2 ? -600 : 600)),
      },
      cascaded: { source: 'county', shows: 'pictures', isQueryable: false, state },
    });
    const shown = await stage.show('/icon.svg');
    const { page } = shown;
    stage.expectProblems(/county_orthophoto|status of (404|503)/);
    await page.route('**/api/layers', (route) =>
      route.fulfill({ json: { ...reply, layers: [...reply.layers, outside()] } }),
    );
    let asked = 0;
    let isDown = false;
    const magenta = Buffer.from(
      encode(new Raster(256, 256, { r: 255, g: 0, b: 255, a: 1 }), 'image/png', true),
    );
    await page.route('**/wmts/1.0.0/county_orthophoto/**', (route) => {
      asked++;
      return isDown
        ? route.fulfill({ status: 503, json: { detail: 'county is down' } })
        : route.fulfill({ contentType: 'image/png', body: magenta });
    });
    await page.goto(`${stage.url}/${LOW}#view=3d&layers=county_orthophoto`);
    await globeDrawn(shown);
    await expect.poll(() => asked, { timeout: 30_000 }).toBeGreaterThan(0);
    await expect.poll(() => shareOfMagenta(shown), { timeout: 30_000 }).toBeGreaterThan(0.02);
    expect(await shareOfMagenta(shown, 40)).toBe(0);
    await takeScreenshot(shown, 'globe-outside');
    state = { ...works, state: 'down', reason: 'it answers 503' };
    isDown = true;
    const before = asked;
    await page.goto(`${stage.url}/${LOW}#view=3d&eye=16.95,52.40,900,10,-35&layers=county_orthophoto`);
    await page.getByText('źródło nie działa').first().waitFor();
    expect(asked).toBeGreaterThan(before);
  });

  it('identifies a tree by a click on its crown', async () => {
    const crs = encodeURIComponent('http://www.opengis.net/def/crs/EPSG/0/2177');
    const response = await fetch(`${stage.url}/ogc/collections/trees/items?crs=${crs}&limit=200`);
    const { features } = (await response.json()) as {
      features: {
        id: string;
        properties: { crown_diameter_m: number };
        geometry: { coordinates: number[] };
      }[];
    };
    const wide = features.find(({ properties }) => properties.crown_diameter_m >= 8);
    const [n = 0, e = 0] = wide?.geometry.coordinates ?? [];
    const [lon, lat] = transformBetween(2177, 4326)([e, n]);
    const shown = await show(`view=3d&eye=${lon},${lat},170,0,-90&layers=trees`);
    await waitForStats(shown, ({ globeIdle, tiles }) => globeIdle && tiles.trees.loaded > 0);
    await takeScreenshot(shown, 'globe-tree');
    await shown.page.locator('#globe').click();
    await shown.page.locator('.card-id', { hasText: wide?.id ?? 'no wide crown' }).waitFor();
    await waitForLink(shown, `pick=trees/${wide?.id}`);
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
