/** Somebody with the link to a scenario looks at the sun of a moment, the hours of a square, and what neighbours lose. */
import { expect, it } from 'vitest';
import { editsReplySchema, scenarioReplySchema } from '../../core/wire/scenario.ts';
import { axeViolations, takeScreenshot, waitForLink } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

/** A yard behind the houses of a street. */
const SITE = { n: 5_808_840, e: 6_426_860 };

const stage = useBrowserStage();

async function towerScenario(): Promise<string> {
  const headers = { authorization: stage.staff, 'content-type': 'application/json' };
  const made = await fetch(`${stage.url}/api/scenarios`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ title: 'Wieża' }),
  });
  const { id } = scenarioReplySchema.parse(await made.json());
  const [west, south, east, north] = [SITE.e - 6, SITE.n - 6, SITE.e + 6, SITE.n + 6];
  const edit = {
    kind: 'add-building',
    footprint: [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ],
    ...{ storeys: 12, roof: { shape: 'flat' }, function: 'm' },
  };
  const added = await fetch(`${stage.url}/api/scenarios/${id}/edits`, {
    method: 'POST',
    headers: { ...headers, 'if-match': '"1"' },
    body: JSON.stringify([edit]),
  });
  expect(editsReplySchema.parse(await added.json()).edits).toHaveLength(1);
  return id;
}

it('the sun of a link: its moment, the map of a square with and without the tower, and the neighbours', async () => {
  const id = await towerScenario();
  const square = `${SITE.e},${SITE.n},150`;
  const link = `/#scenario=${id}&view=2d&n=${SITE.n}&e=${SITE.e}&scale=1000&sun=2026-03-20T10:30,${square}`;
  const shown = await stage.show(link, { viewport: { width: 1280, height: 900 } });
  const { page } = shown;
  await page.getByText('Słońce 34,3° nad horyzontem').waitFor();
  await page.locator('.sun-totals').waitFor({ timeout: 90_000 });
  await page.getByRole('button', { name: 'Różnica' }).click();
  await page.getByText('traci ponad 4 h').waitFor();
  await takeScreenshot(shown, 'sun-map');

  await page.getByRole('button', { name: 'Sprawdź okna sąsiadów' }).click();
  await page.locator('.sun .verdict').first().waitFor({ timeout: 90_000 });

  // A place set on the map is answered: of its sky the tower takes a part.
  await page.getByRole('button', { name: 'Widok nieba' }).click();
  await page.locator('#plan').click({ position: { x: 430, y: 480 } });
  await page.locator('.view-answers').getByText('%').waitFor({ timeout: 90_000 });
  expect(await axeViolations(shown)).toEqual([]);

  // Another day is another map; it is night at midnight, and the link says both.
  await page.getByRole('button', { name: '21 grudnia' }).click();
  await page.getByRole('slider', { name: /Godzina/ }).fill('0');
  await page.getByText('Słońce jest pod horyzontem.').waitFor();
  await waitForLink(shown, `sun=2026-12-21T00:00,${square}`);
  await page.locator('.sun-totals').waitFor({ timeout: 90_000 });
  // Whoever leaves has the light of a map again.
  await page.locator('.rail-verb[data-space="explore"]').click();
  await expect.poll(() => page.url().includes('sun=')).toBe(false);
});
