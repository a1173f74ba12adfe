/** A planner asks, with keys alone, what ground sees a point and how high it is along a line. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { axeViolations, takeScreenshot, waitForLink } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();

it('a viewshed and a section set by keys give tables, a map and a file, and stand in the link', async () => {
  const shown = await stage.show('/#view=2d&n=5808840&e=6426860&scale=2000');
  const { page } = shown;
  await stage.signIn(shown);
  await page.locator('.rail-verb[data-space="sun"]').click();
  await page.getByRole('button', { name: 'Zasięg widoku' }).click();
  await page.locator('#plan').focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Przekrój terenu' }).click();
  await page.locator('#plan').focus();
  for (const key of ['Space', ...Array.from({ length: 8 }, () => 'Shift+ArrowLeft'), 'Space']) {
    await page.keyboard.press(key);
  }
  await page.locator('.section-profile svg').waitFor({ timeout: 90_000 });
  await waitForLink(shown, 'views=viewshed:10,6426860,5808840,500;section:10,6426860,5808840,');
  const cells = await page.locator('.viewshed tbody tr').first().locator('td').allTextContents();
  expect(cells).toEqual([
    expect.stringMatching(/^100\sm$/),
    expect.stringMatching(/m²$/),
    expect.stringMatching(/m²$/),
  ]);
  await page.locator('.section-profile summary').click();
  expect(await axeViolations(shown)).toEqual([]);
  await takeScreenshot(shown, 'sights');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Zapisz CSV' }).click(),
  ]);
  const [head, first] = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(head).toBe('\ufeffdistance_m,easting,northing,ground_m,roof_before_m,roof_m,building');
  expect(first).toMatch(/^0,6426860\.00,5808840\.00,\d+(\.\d+)?,/);
});
