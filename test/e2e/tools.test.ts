import { describe, expect, it } from 'vitest';
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
import { fetchObject } from '../support/demo-service.ts';

const PARCEL = '306401_1.0021.AR_10.161';
const BUILDING = `${PARCEL}.1_BUD`;

const stage = useBrowserStage();
const show = (address: string, options?: Parameters<typeof stage.show>[1]): Promise<Visit> =>
  stage.show(address, { viewport: { width: 1280, height: 720 }, ...options });

const planDrawn = (shown: Visit) =>
  waitForStats(shown, ({ planIdle, tiles }) => planIdle && tiles.plan.loaded > 0);

/** Pixels of the screen at an offset from the middle of a map. */
async function pixelOf({ page }: Visit, pane: string, right: number, down: number) {
  const box = await restingBox(page, pane);
  return [box.x + box.width / 2 + right, box.y + box.height / 2 + down] as const;
}

describe('measuring', () => {
  it('shows the volume that a link asks for, and asks again for another level', async () => {
    const corners = '6426850,5808800;6426950,5808800;6426950,5808880;6426850,5808880';
    const shown = await show(`/#view=2d&n=5808840&e=6426900&scale=2000&measure=volume::${corners}`);
    const { page } = shown;
    const fact = (name: string) => page.locator('.measure .facts dt', { hasText: name }).locator('+ dd');
    const cubicMetres = async (name: string) =>
      Number(((await fact(name).textContent()) ?? '').replace(/[^\d,]/g, '').replace(',', '.'));
    await fact('Grunt nad poziomem').waitFor();
    expect(await fact('Powierzchnia').textContent()).toMatch(/^8\s?000,0/);
    const above = await cubicMetres('Grunt nad poziomem');
    const below = await cubicMetres('Brak pod poziomem');
    const level = page.getByLabel('Poziom');
    await level.fill(String(Number(await level.inputValue()) - 2));
    // All ground is above it then; the level is told to a centimetre, which over 80 ares is 40 m³.
    await expect.poll(() => cubicMetres('Brak pod poziomem')).toBe(0);
    const netM3 = above - below + 2 * 8_000;
    expect(Math.abs((await cubicMetres('Grunt nad poziomem')) - netM3)).toBeLessThan(41);
    await waitForLink(shown, 'measure=volume:');
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'measure-volume');
  });

  it('adds up clicks, takes the last back, ends with a double click and is cleared by Esc', async () => {
    // One pixel at 1:1000 is 0.28 m.
    const shown = await show('/#view=2d&n=5808800&e=6426850&scale=1000');
    const { page } = shown;
    await planDrawn(shown);
    await page.getByRole('button', { name: 'Pomiar' }).click();
    const main = page.locator('.measure-main strong');
    for (const [right, down] of [
      [0, 0],
      [100, 0],
      [100, 100],
    ] as const) {
      await page.mouse.click(...(await pixelOf(shown, '#plan', right, down)));
    }
    await page.getByText('56,00').first().waitFor();
    await page.getByRole('button', { name: 'Cofnij punkt' }).click();
    await page.getByText('28,00').first().waitFor();
    // A slow double click: as long between the clicks as people take, and longer than a map waits on its own.
    await page.mouse.move(...(await pixelOf(shown, '#plan', 100, 50)));
    for (const clickCount of [1, 2]) {
      await page.mouse.down({ clickCount });
      await page.mouse.up({ clickCount });
      await page.waitForTimeout(350);
    }
    await page.getByText('Następny punkt zacznie nowy pomiar').waitFor();
    expect(await main.textContent()).toMatch(/^42,00/);
    expect(await page.locator('.measure').textContent()).toContain('EPSG:2177');
    expect(await page.getByRole('status').last().textContent()).toContain('Pomiar zakończony');
    expect(page.url(), 'a measuring click selects nothing').not.toContain('pick=');
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'measure-distance');
    await page.locator('#plan').focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('.measure').waitFor({ state: 'detached' });
  });

  it('is done by the keyboard alone, in English, and single letters can be turned off', async () => {
    const shown = await show('/#view=2d&n=5808800&e=6426850&scale=1000&lang=en');
    const { page } = shown;
    await planDrawn(shown);
    const press = async (key: string, times = 1) => {
      for (let i = 0; i < times; i++) await page.keyboard.press(key);
    };
    await page.locator('#plan').focus();
    await press('m');
    await page.getByRole('button', { name: 'Area', exact: true }).focus();
    await press('Enter');
    await page.locator('#plan').focus();
    await press('Space');
    await press('Shift+ArrowRight', 5);
    await press('Space');
    await press('Shift+ArrowDown', 5);
    await press('Space');
    await press('Enter');
    // Half of 80 × 80 pixels.
    await page.getByText('250.88').first().waitFor();
    await page.getByText('The next point begins a new measurement').waitFor();
    await press('Escape', 2);
    await press('?');
    await page.getByLabel('Single-letter keys').uncheck();
    await takeScreenshot(shown, 'shortcuts');
    await press('Escape');
    await page.locator('#plan').focus();
    await press('m');
    await press('1');
    expect(await page.locator('.measure').count()).toBe(0);
    expect(await page.locator('#work-panel').count()).toBe(1);
  });

  it('knows the height between the ground and a roof in the model, and of that building', async () => {
    const { n, e } = await fetchObject(stage.url, 'buildings', BUILDING);
    const shown = await show(`/?quality=low#view=3d&n=${n}&e=${e}&scale=700`);
    const { page } = shown;
    await waitForStats(shown, ({ globeIdle, tiles }) => globeIdle && tiles.buildings.loaded > 0);
    await page.locator('#globe').focus();
    await page.keyboard.press('m');
    await page.getByRole('button', { name: 'Wysokość', exact: true }).click();
    await page.mouse.click(...(await pixelOf(shown, '#globe', 0, 0)));
    await page.locator('.measure-actions').waitFor();
    await page.mouse.click(...(await pixelOf(shown, '#globe', 60, 160)));
    await page.getByText('Różnica wysokości', { exact: true }).waitFor();
    const said = (await page.locator('.measure').textContent()) ?? '';
    expect(said).toMatch(/PL-EVRF2007-NH; z elipsoidalnych przez model \S+/);
    expect(said).toContain('W przestrzeni');
    await page.getByText('Wysokość budynku z modelu').waitFor();
    await takeScreenshot(shown, 'measure-height');
  });
});

describe('the layer list', () => {
  it('filters by name, switches groups, shows classes and opacity, all by the keyboard', async () => {
    const shown = await show('/#view=2d&n=5808800&e=6426850&scale=2000');
    const { page } = shown;
    await planDrawn(shown);
    await page.getByRole('searchbox', { name: 'Filtruj warstwy' }).focus();
    await page.keyboard.type('strefy halasu');
    await expect.poll(() => page.locator('.layer-row').count()).toBe(1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.hash.includes('layers=noise_zones'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('.layer-details .legend-classes li').count()).toBeGreaterThan(3);
    await page.getByRole('slider', { name: 'Krycie' }).press('ArrowLeft');
    await page.waitForURL((url) => url.hash.includes('noise_zones*95'));
    await page.getByRole('searchbox').fill('nie ma takiej');
    await page.getByText('Żadna warstwa nie ma w opisie').waitFor();
    await page.getByRole('searchbox').fill('');
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'layers');
  });
});

describe('finding and going back', () => {
  it('finds by precinct and number, street and number, and coordinates, and steps back through it', async () => {
    const shown = await show('/#view=2d');
    const { page } = shown;
    await planDrawn(shown);
    const find = async (typed: string, group: string, found: string): Promise<void> => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(typed);
      const options = page.getByRole('group', { name: group }).getByRole('option');
      await options.filter({ hasText: found }).first().waitFor();
      await page.keyboard.press('Enter');
    };
    const picked = (id: string) => page.waitForURL((url) => url.hash.includes(`pick=${id}`));
    await find('Stare Miasto 10.161', 'Działki ewidencyjne', PARCEL);
    await picked(`parcels/${PARCEL}`);
    await page.waitForURL((url) => url.hash.includes('scale=750'));
    await find('Wodna 3', 'Adresy', 'Wodna 3');
    await picked('addresses/');
    await find('5808813,5 6426834,5', 'Współrzędne', '813,50');
    await page.waitForURL((url) => url.hash.includes('n=5808813.50&e=6426834.50'));
    await page.goBack();
    await picked(`parcels/${PARCEL}`);
    await page.locator('.card-id', { hasText: PARCEL }).waitFor();
    await page.goForward();
    await picked('addresses/');
    await page.goBack();
    await picked(`parcels/${PARCEL}`);
    await planDrawn(shown);

    // Stepping back leaves a branch off which new steps go.
    await page.mouse.click(...(await pixelOf(shown, '#plan', 0, 0)));
    await page
      .locator('.also-here')
      .getByRole('button', { name: /Pokrycie terenu/ })
      .click();
    await picked('land_cover/');
    await page.goBack();
    await picked(`parcels/${PARCEL}`);
    await page.locator('.card-id', { hasText: PARCEL }).waitFor();
  });
});

describe('the page of tokens and components', () => {
  it.each([
    ['pl', 'light'],
    ['en', 'dark'],
  ] as const)(
    'breaks no rule of WCAG in %s and %s, and asks nobody for anything',
    async (lang, colorScheme) => {
      const shown = await show(`/design.html?lang=${lang}`, { colorScheme });
      const { page } = shown;
      await page.locator('.design-colours').waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(lang);
      expect(await axeViolations(shown)).toEqual([]);
      await takeScreenshot(shown, `design-${lang}-${colorScheme}`);
    },
  );
});

describe('a service that goes away', () => {
  it('is said to be silent, and the page goes on by itself when it answers again', async () => {
    const shown = await visit(stage.browser, `${stage.url}/#view=2d&n=5808800&e=6426850&scale=1500`);
    const { page } = shown;
    try {
      await planDrawn(shown);
      let away = true;
      await page.route('**/*', (route) => (away ? route.abort('connectionrefused') : route.continue()));
      await page.locator('#plan').focus();
      for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight');
      await page.getByText(/Usługa nie odpowiada od/).waitFor();
      const before = await shown.stats();
      away = false;
      await page.getByText('Usługa znów odpowiada').first().waitFor();
      await waitForStats(
        shown,
        ({ planIdle, tiles }) => planIdle && tiles.plan.loaded > before.tiles.plan.loaded,
      );
      expect(await page.locator('.stage-notice').count()).toBe(0);
    } finally {
      await shown.close();
    }
  });
});
