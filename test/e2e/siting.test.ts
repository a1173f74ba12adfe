/** A manager sees who has no nursery near, asks for the best two, drags one, and sends the link. */
import { expect, it } from 'vitest';
import { sitingPreviewReplySchema } from '../../core/wire/siting-answer.ts';
import { axeViolations, restingBox, takeScreenshot } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();

it('who is near today, the best sites with their bound, and what moving one of them costs', async () => {
  const asked = { kind: 'nursery', walkMinutes: 4, sites: [] };
  const reply = await fetch(`${stage.url}/api/siting/preview`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked),
  });
  const { before } = sitingPreviewReplySchema.parse(await reply.json());
  const link = '/#view=2d&siting=kind:nursery;aim:coverage;new:2;walk:4';
  const shown = await stage.show(link, { viewport: { width: 1280, height: 900 } });
  const { page } = shown;
  const served = page.locator('.siting-summary tbody tr').first().locator('td');
  await expect.poll(() => served.first().textContent()).toBe(String(Math.round(before.served)));
  await page.getByText('W zasięgu znaczy: do 4 min pieszo').waitFor();
  expect(await axeViolations(shown)).toEqual([]);

  await page.getByRole('button', { name: 'Znajdź najlepsze' }).click();
  await page.locator('.siting-proof').waitFor({ timeout: 90_000 });
  await page.getByText('dowiedzione').waitFor();
  const best = Number(await served.nth(1).textContent());
  expect(best).toBeGreaterThan(before.served);
  await expect.poll(() => page.url()).toMatch(/at:\d+_\d+\w*,\d+_\d+/);
  const bestLink = page.url();
  await takeScreenshot(shown, 'siting-best');
  expect(await axeViolations(shown)).toEqual([]);

  // A marker is dragged, or moved by keys; each time people are counted again.
  const mark = page.getByRole('button', { name: 'Punkt 1', exact: true });
  const box = await restingBox(page, '.siting-mark[aria-label="Punkt 1"]');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 150, box.y + 120, { steps: 5 });
  await page.mouse.up();
  await page.getByText('w najlepszym:').waitFor();
  await expect.poll(async () => Number(await served.nth(1).textContent())).toBeLessThan(best);
  await mark.press('Delete');
  await expect.poll(() => page.locator('.siting-site').count()).toBe(1);
  await page.getByRole('button', { name: 'Wróć do najlepszych' }).click();
  await expect.poll(async () => Number(await served.nth(1).textContent())).toBe(best);
  await expect.poll(() => page.url()).toBe(bestLink);

  // The link shows the same to who opens it.
  const again = await stage.show(bestLink.slice(bestLink.indexOf('/#')), {
    viewport: { width: 1280, height: 900 },
  });
  await again.page.locator('.siting-proof').waitFor({ timeout: 90_000 });
  const cell = again.page.locator('.siting-summary tbody tr').first().locator('td').nth(1);
  await expect.poll(async () => Number(await cell.textContent())).toBe(best);
}, 180_000);
