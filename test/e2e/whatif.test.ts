/** A planner draws a building in the viewer; every door shows it in the scenario and none in the city. */
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { TILE_GRIDS, tilesInGrid } from '../../core/geo/tile-grid.ts';
import { type ScenarioReply, scenarioReplySchema } from '../../core/wire/scenario.ts';
import {
  axeViolations,
  restingBox,
  takeScreenshot,
  type Visit,
  visit,
  waitForLink,
  waitForStats,
} from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';
import { readGlb } from '../support/glb-reader.ts';
import { contentUris } from '../support/tileset-reader.ts';

/** Open ground behind the houses of a street. */
const SITE = { n: 5_808_845, e: 6_426_872 };
const PLAN = `view=2d&n=${SITE.n}&e=${SITE.e}&scale=500`;
const WIDE = { viewport: { width: 1100, height: 700 } };

const stage = useBrowserStage();

/** Opens a scenario over the site with somebody of the staff in front of it. */
async function openForStaff(id: string): Promise<Visit> {
  const shown = await stage.show(`/#scenario=${id}&${PLAN}`, WIDE);
  await shown.page.locator('.city-banner.scenario').waitFor();
  await stage.signIn(shown);
  return shown;
}

async function clickCorners({ page }: Visit, corners: readonly (readonly [number, number])[]): Promise<void> {
  const box = await restingBox(page, '#plan');
  for (const [right, down] of corners) {
    await page.mouse.click(box.x + box.width / 2 + right, box.y + box.height / 2 + down);
    // Two quick clicks are a double click, wherever they are.
    await page.waitForTimeout(350);
  }
}

const SQUARE = [
  [-40, -40],
  [40, -40],
  [40, 40],
  [-40, 40],
] as const;

const asStaff = () => ({ authorization: stage.staff, 'content-type': 'application/json' });

async function newScenario(title: string): Promise<ScenarioReply> {
  const made = await fetch(`${stage.url}/api/scenarios`, {
    method: 'POST',
    headers: asStaff(),
    body: JSON.stringify({ title }),
  });
  return scenarioReplySchema.parse(await made.json());
}

const readScenario = async (id: string): Promise<ScenarioReply> =>
  scenarioReplySchema.parse(await (await fetch(`${stage.url}/api/scenarios/${id}`)).json());

const AROUND = [SITE.e - 30, SITE.n - 30, SITE.e + 30, SITE.n + 30] as const;

/** What each door says about the site; the prefix names the state of the city. */
const DOORS: Readonly<Record<string, (prefix: string) => Promise<string>>> = {
  WFS: async (prefix) =>
    (
      await fetch(
        `${stage.url}${prefix}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=buildings&bbox=${AROUND.join()},EPSG:2177`,
      )
    ).text(),
  'OGC API': async (prefix) => {
    const crs = encodeURIComponent('http://www.opengis.net/def/crs/EPSG/0/2177');
    const [minE, minN, maxE, maxN] = AROUND;
    const items = `${stage.url}${prefix}/ogc/collections/buildings/items`;
    return (await fetch(`${items}?bbox=${[minN, minE, maxN, maxE].join()}&bbox-crs=${crs}`)).text();
  },
  WMS: async (prefix) => {
    const [minE, minN, maxE, maxN] = AROUND;
    const map = `layers=buildings&styles=&crs=EPSG:2177&bbox=${[minN, minE, maxN, maxE].join()}&width=101&height=101`;
    const info = 'query_layers=buildings&i=50&j=50&info_format=application/json&feature_count=5';
    return (
      await fetch(`${stage.url}${prefix}/wms?service=WMS&version=1.3.0&request=GetFeatureInfo&${map}&${info}`)
    ).text();
  },
  'vector tiles': async (prefix) => {
    const at = { minX: SITE.e, minY: SITE.n, maxX: SITE.e, maxY: SITE.n, srid: 2177 };
    const range = tilesInGrid(TILE_GRIDS.EPSG2177, at, 14);
    const path = `14/${range?.minX}/${range?.minY}.mvt?tms=EPSG2177`;
    const reply = await fetch(`${stage.url}${prefix}/tiles/vector/buildings/${path}`);
    const layer = new VectorTile(new PbfReader(new Uint8Array(await reply.arrayBuffer()))).layers[
      'buildings'
    ];
    return Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i).properties['id']).join();
  },
  '3D Tiles': async (prefix) => {
    const bytes = async (uri: string) =>
      new Uint8Array(await (await fetch(`${stage.url}${prefix}/tiles/3d/buildings/${uri}`)).arrayBuffer());
    const tiles = (await contentUris(bytes)).map(async (uri) => {
      const { rows } = await readGlb(await bytes(uri));
      return rows.map((row) => String(row['id'])).join();
    });
    return (await Promise.all(tiles)).join();
  },
};

describe('what if a building stood here', () => {
  it('draws it by mouse, and finds it at every door of the scenario and at none of the city', async () => {
    const shown = await stage.show(`/#${PLAN}`, WIDE);
    const { page } = shown;
    await page.locator('.layer-row').first().waitFor();
    await stage.signIn(shown);
    await page.locator('.rail-verb[data-space="what-if"]').click();
    await page.getByRole('button', { name: 'Nowy wariant' }).click();
    await page.getByLabel('Tytuł').fill('Szkoła za kamienicami');
    await page.keyboard.press('Enter');
    await page.locator('.city-banner.scenario').waitFor();
    await waitForLink(shown, 'scenario=');
    const [, id = ''] = /scenario=([^&]+)/.exec(page.url()) ?? [];

    await page.getByRole('button', { name: 'Narysuj budynek' }).click();
    // First across itself: it says where, and cannot be saved.
    await clickCorners(shown, [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]);
    await page.getByText('przecina sam siebie').waitFor();
    expect(await page.getByRole('button', { name: 'Zapisz w wariancie' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Od nowa' }).click();
    await clickCorners(shown, [...SQUARE, SQUARE[0]]);
    await page.getByText('Obrys jest gotowy').waitFor();
    await page.getByLabel('Kondygnacje').fill('3');
    await page.getByLabel('Nazwa (opcjonalnie)').fill('Szkoła');
    await page.locator('.what-if-foot :is(.what-if-fine, .findings)').waitFor();
    await takeScreenshot(shown, 'what-if-drawing');
    expect(await axeViolations(shown)).toEqual([]);
    await page.getByRole('button', { name: 'Zapisz w wariancie' }).click();

    const card = page.locator('.card');
    await card.getByText('projektowany w tym wariancie').waitFor();
    const [planned] = (await readScenario(id)).edits;
    const plannedId = planned?.objects[0]?.id ?? '';
    expect(plannedId).toMatch(/^PLAN\./);
    expect(await card.locator('.card-id code').textContent()).toBe(plannedId);

    // The plan itself has it: clicked where it stands, its tiles name it.
    await card.getByRole('button', { name: 'Zamknij' }).click();
    await waitForStats(shown, ({ planIdle, tiles }) => planIdle && tiles.plan.failed === 0);
    await clickCorners(shown, [[0, 0]]);
    await card.locator('.card-id', { hasText: plannedId }).waitFor();
    await takeScreenshot(shown, 'what-if-saved');
    expect(await axeViolations(shown)).toEqual([]);

    for (const [door, ask] of Object.entries(DOORS)) {
      expect(await ask(`/s/${id}`), `${door} in the scenario`).toContain(plannedId);
      expect(await ask(''), `${door} of the city`).not.toContain(plannedId);
    }

    // Whoever gets the link sees it in the model, without an account.
    const guest = await visit(stage.browser, `${stage.url}/s/${id}/?quality=low#${PLAN.replace('2d', '3d')}`);
    const { designedIds } = await waitForStats(
      guest,
      ({ globeIdle, designedIds }) => globeIdle && designedIds > 0,
    );
    expect(designedIds).toBe(1);
    await waitForLink(guest, `/?quality=low#scenario=${id}`);
    expect(await guest.page.getByRole('button', { name: 'Narysuj budynek' }).count()).toBe(0);
    await takeScreenshot(guest, 'what-if-model');
    expect([...guest.problems(), ...guest.foreignRequests()]).toEqual([]);
    await guest.close();
  });

  it('draws it by keyboard alone, and takes it back', async () => {
    const { id } = await newScenario('Z klawiatury');
    const shown = await openForStaff(id);
    const { page } = shown;
    await page.getByRole('button', { name: 'Narysuj budynek' }).press('Enter');
    await page.locator('#plan').focus();
    for (const way of ['ArrowRight', 'ArrowDown', 'ArrowLeft']) {
      await page.keyboard.press('Space');
      for (let i = 0; i < 4; i++) await page.keyboard.press(`Shift+${way}`);
    }
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('Obrys jest gotowy').waitFor();
    // Looking at the layers in between loses nothing.
    await page.keyboard.press('1');
    await page.locator('.layer-row').first().waitFor();
    await page.keyboard.press('4');
    await page.getByText('Obrys jest gotowy').waitFor();
    await page.getByRole('button', { name: 'Zapisz w wariancie' }).press('Enter');
    await page.locator('.edit.add-building').waitFor();
    await page.locator('.edit-what').focus();
    await page.keyboard.press('Control+z');
    await page.locator('.edit.add-building').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Ponów' }).press('Enter');
    await page.locator('.edit.add-building').waitFor();
    expect((await readScenario(id)).edits).toHaveLength(1);
  });

  it('keeps the drawing when somebody else was faster, and says who', async () => {
    const made = await newScenario('Dwie osoby');
    const shown = await openForStaff(made.id);
    const { page } = shown;
    await page.getByRole('button', { name: 'Narysuj budynek' }).click();
    await clickCorners(shown, [...SQUARE, SQUARE[0]]);
    await page.locator('.what-if-foot :is(.what-if-fine, .findings)').waitFor();
    stage.expectProblems(/409/);
    // Between what the page has seen and what it sends, the title changes.
    const meddle = async () => {
      const { revision } = await readScenario(made.id);
      await fetch(`${stage.url}/api/scenarios/${made.id}`, {
        method: 'PATCH',
        headers: { ...asStaff(), 'if-match': `"${revision}"` },
        body: JSON.stringify({ title: 'Dwie osoby, nowy tytuł' }),
      });
    };
    await page.route('**/edits', (route) => meddle().then(() => route.continue()), { times: 1 });
    await page.getByRole('button', { name: 'Zapisz w wariancie' }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: 'Szybciej zmienił ten wariant użytkownik staff' })
      .waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('Rysunek jest zachowany');
    await takeScreenshot(shown, 'what-if-conflict');
    await page.getByRole('button', { name: 'Zapisz w wariancie' }).click();
    await page.locator('.edit.add-building').waitFor();
    expect(await page.locator('.city-banner').textContent()).toContain('nowy tytuł');
  });

  it('says that a scenario is gone and shows the city of today', async () => {
    const shown = await stage.show(`/#scenario=${'a'.repeat(20)}&${PLAN}`, WIDE);
    stage.expectProblems(/404/);
    const { page } = shown;
    await page.locator('.city-banner.gone').waitFor();
    await waitForStats(shown, ({ planIdle, tiles }) => planIdle && tiles.plan.loaded > 0);
    expect((await shown.stats()).tiles.plan.failed).toBe(0);
    await takeScreenshot(shown, 'what-if-gone');
    await page.locator('.city-banner').getByRole('button', { name: 'Wróć do miasta dziś' }).click();
    await page.waitForURL((url) => !url.hash.includes('scenario='));
  });
});
