import { describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import {
  axeViolations,
  countColours,
  openBrowser,
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
const show = (fragment: string, options?: Parameters<typeof stage.show>[1]): Promise<Visit> =>
  stage.show(`/#${fragment}`, options);

const around = ({ n, e }: { n: number; e: number }, scale: number): string =>
  `view=2d&n=${n.toFixed(2)}&e=${e.toFixed(2)}&scale=${scale}`;

async function planDrawn(shown: Visit): Promise<void> {
  await waitForStats(shown, ({ planIdle, tiles }) => planIdle && tiles.plan.loaded > 0);
}

describe('the plan', () => {
  it('opens on the whole city from real tiles, none of which failed', async () => {
    const shown = await show('view=2d', { viewport: { width: 1280, height: 800 } });
    await planDrawn(shown);
    const { tiles } = await shown.stats();
    expect(tiles.plan.failed).toBe(0);
    expect(await countColours(shown, '#plan')).toBeGreaterThan(100);
    const open = REGISTERS.filter(({ audience }) => audience !== 'staff');
    expect(await shown.page.locator('.layer-row').count()).toBe(open.length);
    expect(await shown.page.locator('.panel-body').textContent()).toContain('syntetyczne');
    await takeScreenshot(shown, 'plan');
  });

  it('tells the truth about a parcel and a building that are clicked', async () => {
    const { n, e, properties } = await fetchObject(stage.url, 'parcels', PARCEL);
    const shown = await show(around(await fetchObject(stage.url, 'buildings', BUILDING), 500));
    await planDrawn(shown);
    await shown.page.locator('#plan').click();
    const card = shown.page.locator('.card');
    await card.locator('.card-actions').waitFor();
    // The house lies above its parcel.
    expect(await card.locator('.card-id code').textContent()).toBe(BUILDING);
    expect(await card.textContent()).toContain('mieszkalny');
    await takeScreenshot(shown, 'building-card');

    await card.getByRole('button', { name: 'Działki ewidencyjne' }).last().click();
    await card.locator('.card-id', { hasText: PARCEL }).waitFor();
    await card.locator('.card-actions').waitFor();
    expect(await card.locator('.card-id code').textContent()).toBe(PARCEL);
    const area = String(properties['registered_area_ha']).replace('.', ',');
    expect(await card.textContent()).toContain(area);
    await waitForLink(shown, `pick=parcels/${PARCEL}`);
    expect(await shown.page.getByRole('status').last().textContent()).toContain(PARCEL);
    await takeScreenshot(shown, 'parcel-card');

    // The exact geometry of the card lies where the tiles have it: axes are not swapped.
    await card.getByRole('button', { name: 'Przybliż' }).click();
    await shown.page.waitForURL((url) => url.hash.includes('scale=750'));
    const at = new URLSearchParams(new URL(shown.page.url()).hash.slice(1));
    expect(Number(at.get('n'))).toBeCloseTo(n, 0);
    expect(Number(at.get('e'))).toBeCloseTo(e, 0);
  });

  it('finds a parcel by its id with the keyboard alone, and Esc closes what is on top', async () => {
    const shown = await show('view=2d');
    const { page } = shown;
    await page.locator('.layer-row').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type(PARCEL);
    await page.getByRole('option').first().waitFor();
    await takeScreenshot(shown, 'search');
    await page.keyboard.press('Enter');
    await page.locator('.card-id', { hasText: PARCEL }).waitFor();
    await page.waitForURL((url) => url.hash.includes(`pick=parcels/${PARCEL}`));
    const { n, e } = await fetchObject(stage.url, 'parcels', PARCEL);
    await page.waitForURL((url) => {
      const at = new URLSearchParams(url.hash.slice(1));
      return Math.hypot(Number(at.get('n')) - n, Number(at.get('e')) - e) < 1;
    });
    await page.locator('#plan').focus();
    await page.keyboard.press('Escape');
    await page.locator('.card').waitFor({ state: 'detached' });
  });

  it('takes arrows, plus and Enter while it has the focus', async () => {
    const { n, e } = await fetchObject(stage.url, 'parcels', PARCEL);
    const shown = await show(around({ n: n + 26.88, e }, 500));
    const { page } = shown;
    await planDrawn(shown);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip-link');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.card-id', { hasText: PARCEL }).waitFor();
    await page.keyboard.press('+');
    await page.waitForURL((url) => url.hash.includes('scale=250&'));
  });

  it('says when nothing is found, and takes typed coordinates', async () => {
    const shown = await show('view=2d');
    const { page } = shown;
    await page.locator('.layer-row').first().waitFor();
    await page.getByRole('combobox', { name: /Szukaj/ }).fill('999999_9.9999.1');
    await page.getByText('Nic nie znaleziono').first().waitFor();
    await page.getByRole('combobox', { name: /Szukaj/ }).fill('5808813,5 6426834,5');
    await page.getByRole('group', { name: 'Współrzędne' }).getByRole('option').click();
    await page.waitForURL((url) => url.hash.includes('n=5808813.50&e=6426834.50'));
  });
});

describe('languages and links', () => {
  it('speaks Polish to a Polish browser and English at a click', async () => {
    const shown = await show('view=2d');
    const { page } = shown;
    await page.getByRole('heading', { name: 'Warstwy' }).waitFor();
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByRole('heading', { name: 'Layers' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.waitForURL((url) => url.hash.includes('lang=en'));
    await page.goBack();
    await page.getByRole('heading', { name: 'Warstwy' }).waitFor();
  });

  it('reproduces a view from its link: place, scale, layers, selection and language', async () => {
    const { n, e } = await fetchObject(stage.url, 'parcels', PARCEL);
    const fragment = `${around({ n, e }, 1500)}&layers=buildings*40,-parcels&pick=buildings/${BUILDING}&lang=en`;
    const shown = await show(fragment);
    const { page } = shown;
    await planDrawn(shown);
    await page.locator('.card-id', { hasText: BUILDING }).waitFor();
    expect(await page.getByRole('button', { name: 'Show layer Parcels' }).count()).toBe(1);
    await expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).toBe(`#${fragment}`);
    await page.reload();
    await planDrawn(shown);
    await page.locator('.card-id', { hasText: BUILDING }).waitFor();
    await expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).toBe(`#${fragment}`);
  });
});

describe('what must hold on every screen', () => {
  it.each([
    ['with a card open', `view=2d&pick=parcels/${PARCEL}`, { colorScheme: 'light' }],
    ['in the dark', `view=2d&pick=buildings/${BUILDING}&lang=en`, { colorScheme: 'dark' }],
    ['on a phone', 'view=2d', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
  ] as const)('breaks no rule of WCAG that axe knows: %s', async (name, fragment, options) => {
    const shown = await show(fragment, options);
    await planDrawn(shown);
    if (fragment.includes('pick')) await shown.page.locator('.card-actions').waitFor();
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, `axe ${name}`.replaceAll(' ', '-'));
  });

  it('fits a phone: map, search, and a sheet that opens with what was touched', async () => {
    const shown = await show(around(await fetchObject(stage.url, 'buildings', BUILDING), 1000), {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
      deviceScaleFactor: 2,
    });
    const { page } = shown;
    await planDrawn(shown);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.locator('#plan').tap();
    await page.locator('.sheet.half .card-id', { hasText: BUILDING }).waitFor();
    await takeScreenshot(shown, 'phone');
    await page.locator('.sheet').getByRole('button', { name: 'Zamknij' }).tap();
    await page.locator('.sheet .layer-row').first().waitFor();
  });

  it('works without WebGL, and says why there is no 3D', async () => {
    const plain = await openBrowser({ webgl: false });
    try {
      const shown = await visit(plain, `${stage.url}/#view=3d`);
      await planDrawn(shown);
      expect(await shown.page.locator('.stage-notice').textContent()).toContain('WebGL');
      expect(await shown.page.getByRole('button', { name: '3D', exact: true }).isDisabled()).toBe(true);
      expect(shown.problems()).toEqual([]);
    } finally {
      await plain.close();
    }
  });

  it('says what happened when the service does not answer, and recovers', async () => {
    const shown = await visit(stage.browser, `${stage.url}/icon.svg`);
    const { page } = shown;
    let refusing = true;
    await page.route('**/api/layers', (route) =>
      refusing ? route.fulfill({ status: 503, json: { detail: 'the database is away' } }) : route.continue(),
    );
    await page.goto(`${stage.url}/#view=2d`);
    await page.getByRole('alert').getByText('the database is away').waitFor();
    refusing = false;
    await page.getByRole('button', { name: 'Spróbuj ponownie' }).click();
    await page.locator('.layer-row').first().waitFor();
    await shown.close();
  });
});
