import { describe, expect, it } from 'vitest';
import { axeViolations, takeScreenshot, type Visit, visit, waitForStats } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();
const show = (address: string, options?: Parameters<typeof stage.show>[1]): Promise<Visit> =>
  stage.show(address, { viewport: { width: 1280, height: 720 }, ...options });

const planDrawn = (shown: Visit) =>
  waitForStats(shown, ({ planIdle, tiles }) => planIdle && tiles.plan.loaded > 0);

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
