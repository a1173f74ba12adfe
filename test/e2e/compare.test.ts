import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../core/wire/scenario.ts';
import { axeViolations, takeScreenshot, waitForLink } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();

/** A scenario that tears down one building of the demo city, whoever has its link. */
async function scenarioWithout(title: string, building: string): Promise<string> {
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const reply = await fetch(stage.url + path, {
      method: 'POST',
      headers: { authorization: stage.staff, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect(reply.status).toBe(201);
    return reply.json();
  };
  const made = (await post('/api/scenarios', {
    title,
    reason: 'Próba',
    access: 'link',
    assumptions: ['Grunt jest nośny'],
  })) as Scenario;
  const edit = { kind: 'remove-building', building };
  await post(`/api/scenarios/${made.id}/edits`, edit, { 'if-match': `"${made.revision}"` });
  return made.id;
}

async function twoScenarios(): Promise<readonly [string, string]> {
  const reply = await fetch(`${stage.url}/ogc/collections/buildings/items?limit=2`);
  const { features } = (await reply.json()) as { readonly features: readonly { readonly id: string }[] };
  const [one, two] = features;
  if (!one || !two) throw new Error('the demo city has no buildings');
  return [await scenarioWithout('Skwer', one.id), await scenarioWithout('Parking', two.id)];
}

describe('the page of comparison', () => {
  it('shows two scenarios beside their base, what follows from each, and the report to take along', async () => {
    const ids = (await twoScenarios()).join(',');
    const shown = await stage.show(`/compare.html?lang=pl#ids=${ids}`, {
      viewport: { width: 1280, height: 800 },
    });
    const { page } = shown;
    const table = page.getByRole('region', { name: 'Tabela skutków' });
    await table
      .getByRole('row', { name: /Powierzchnia zabudowy.*różnica istotna/ })
      .waitFor({ timeout: 60_000 });
    expect(await table.getByRole('columnheader').allTextContents()).toEqual([
      'Wskaźnik',
      'Stan odniesienia',
      'Skwer',
      'Parking',
    ]);
    // Nothing of the table is cut off.
    expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    expect(await page.locator('.compare-pane').count()).toBe(3);
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'compare');

    await page.getByRole('button', { name: 'Suwak' }).click();
    const line = page.getByRole('slider', { name: 'Linia między mapami' });
    await line.press('ArrowRight');
    expect(await line.getAttribute('aria-valuenow')).toBe('55');
    await waitForLink(shown, 'as=swipe');

    await page.getByRole('tab', { name: 'Udostępnij' }).click();
    const links = await page.locator('.compare-report a').evaluateAll((found) => found.map((a) => `${a}`));
    const [pdf, html] = await Promise.all(links.map((address) => fetch(address)));
    expect(pdf?.headers.get('content-type')).toBe('application/pdf');
    expect(await html?.text()).toMatch(/Porównanie wariantów: Skwer · Parking.*Grunt jest nośny/s);

    await page.getByRole('button', { name: 'Włącz ciemny motyw' }).click();
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByRole('heading', { name: 'Report' }).waitFor();
    expect(await axeViolations(shown)).toEqual([]);
  });

  it('stands on a phone in a page of another site, with the change in the middle', async () => {
    const [id] = await twoScenarios();
    const shown = await stage.show(`/embed.html?scenario=${id}&lang=pl`, {
      viewport: { width: 390, height: 844 },
    });
    const { page } = shown;
    await page.getByRole('heading', { name: 'Skwer' }).waitFor();
    await page.getByRole('slider', { name: 'Linia między mapami' }).waitFor();
    expect(await axeViolations(shown)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });
});
