/** Somebody of the staff stands in the street with a phone: begins a scenario, plants a tree, takes it back and hands it in. */
import { expect, it } from 'vitest';
import { axeViolations, takeScreenshot } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();

it('a scenario is made, edited and put right on a phone', async () => {
  const shown = await stage.show('/#view=2d&n=5808370&e=6426965&scale=1000', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const { page } = shown;
  await stage.signIn(shown);
  await page.getByRole('button', { name: 'Co jeśli?' }).click();
  await page.getByRole('button', { name: 'Nowy wariant' }).click();
  await page.locator('.what-if input').first().fill('Z ulicy');
  await page.locator('.what-if button[type="submit"]').click();
  await page.locator('[data-tool="plant-tree"]').click();
  // The sheet leaves half of the map free to point at.
  await page.locator('#plan').tap({ position: { x: 200, y: 120 } });
  await page.getByRole('button', { name: 'Zapisz w wariancie' }).click();
  await page.getByRole('button', { name: 'Gotowe' }).click();
  await page.locator('.edits li.edit').first().waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  expect(await axeViolations(shown)).toEqual([]);
  await takeScreenshot(shown, 'phone-edit');
  await page.getByRole('button', { name: /^Cofnij/ }).click();
  await page.locator('.edits li.edit').first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Przekaż do oceny' }).click();
  await page.locator('.life button[type="submit"]').click();
  await page.locator('.scenario-chips').getByText('w ocenie', { exact: true }).waitFor();
  await page.locator('.life').scrollIntoViewIfNeeded();
  await takeScreenshot(shown, 'phone-decision');
});
