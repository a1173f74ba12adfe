/** A manager closes a street, computes the traffic, sees where it goes and why, and sends the link and the report. */
import { expect, it } from 'vitest';
import { axeViolations, takeScreenshot } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();

async function ask<T>(path: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
  const options = {
    method: 'POST',
    headers: { authorization: stage.staff, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  const reply = await fetch(`${stage.url}${path}`, body ? options : {});
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return reply.json() as Promise<T>;
}

it('a closed street, what it does to the others and to homes, and whose trips one of them carries', async () => {
  const { features } = await ask<{ features: readonly { id: string; properties: { name: string } }[] }>(
    '/ogc/collections/roads/items?class=main&limit=1',
  );
  const road = features[0];
  if (!road) throw new Error('the demo city has no main road');
  const { id } = await ask<{ id: string }>('/api/scenarios', { title: 'Zamknięta ulica', reason: 'e2e' });
  await ask(`/api/scenarios/${id}/edits`, { kind: 'close-road', road: road.id }, { 'if-match': '"1"' });

  const shown = await stage.show(`/#view=2d&scenario=${id}&traffic=hour:7;gap:1e-4`, {
    viewport: { width: 1280, height: 900 },
  });
  const { page } = shown;
  await page.getByText('Zmiany w wariancie: 1').waitFor();
  await page.getByRole('button', { name: 'Policz ruch' }).click();
  const headline = page.locator('.traffic-summary .siting-headline');
  await headline.waitFor({ timeout: 120_000 });
  await page.getByText('nie są kolorowane').waitFor();
  await page.getByText('Stężenia zanieczyszczeń powietrza').waitFor();
  await expect.poll(() => page.url()).toContain('run:yes');
  const [told, link] = [await headline.textContent(), page.url()];
  expect(await axeViolations(shown)).toEqual([]);

  // The closed street is one that loses all it had.
  await page.getByRole('button', { name: 'Ubywa' }).click();
  await page.locator('.traffic-streets').getByRole('button', { name: road.properties.name }).first().click();
  await page.locator('.traffic-link').waitFor();
  await page.getByRole('button', { name: 'Przybywa' }).click();
  await page.locator('.traffic-streets tbody button').first().click();
  await page.getByRole('button', { name: 'Dlaczego? Skąd i dokąd jadą' }).first().click();
  await page.locator('.traffic-why .siting-bars li').first().waitFor({ timeout: 120_000 });
  await takeScreenshot(shown, 'traffic-why');

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Raport PDF' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('blizniak-ruch-report.pdf');

  // The link shows the same to who opens it, signed in or not.
  const again = await stage.show(link.slice(link.indexOf('/#')), { viewport: { width: 1280, height: 900 } });
  const reopened = again.page.locator('.traffic-summary .siting-headline');
  await reopened.waitFor({ timeout: 120_000 });
  expect(await reopened.textContent()).toBe(told);
}, 300_000);
