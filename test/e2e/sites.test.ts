/** An investor looks for a plot, moves a slider, takes the best one and reads what fits on it. */
import { describe, expect, it } from 'vitest';
import { capacityResultSchema } from '../../core/wire/capacity.ts';
import { sitesReplySchema } from '../../core/wire/sites.ts';
import { axeViolations, takeScreenshot, waitForLink } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const QUESTION = 'sites=areaM2:500..2000;waterM:..30;exclude:flood,street,built;weights:waterM~-1';
const stage = useBrowserStage();

const count = (query: string) =>
  fetch(`${stage.url}/api/sites?limit=1&${query}`).then(async (reply) =>
    sitesReplySchema.parse(await reply.json()),
  );

describe('the site finder', () => {
  it('counts while a slider moves, ranks with reasons, and shows what may be built', async () => {
    const query = 'areaM2=500..2000&waterM=..30&exclude=flood,street,built&weights=waterM:-1';
    const { matched, sites } = await count(query);
    const shown = await stage.show(`/#view=2d&${QUESTION}`, { viewport: { width: 1280, height: 900 } });
    const { page } = shown;
    const found = page.locator('.sites-count strong');
    await expect
      .poll(() => found.textContent(), { timeout: 30_000 })
      .toMatch(new RegExp(`^${matched} dział`));
    expect(await axeViolations(shown)).toEqual([]);

    const from = page.getByRole('group', { name: 'Pole działki' }).getByRole('slider', { name: 'od' });
    await from.focus();
    await page.keyboard.press('End');
    await expect.poll(() => found.textContent()).not.toMatch(new RegExp(`^${matched} dział`));
    await waitForLink(shown, 'areaM2:2000..2000');
    // Of 5,000 m² in 100 steps.
    await from.fill('10');
    await expect.poll(() => found.textContent()).toMatch(new RegExp(`^${matched} dział`));

    const best = sites[0];
    if (!best) throw new Error('the demo city has no such site');
    await page.locator('.sites-row').first().click();
    await waitForLink(shown, `pick=parcels/${best.id}`);
    await page.locator('.sites').getByRole('button', { name: 'Co można zbudować' }).click();
    const address = `${stage.url}/api/parcels/${encodeURIComponent(best.id)}/capacity`;
    const { buildable } = capacityResultSchema.parse(await (await fetch(address)).json());
    await page.locator('.capacity-limits').waitFor();
    expect(await page.locator('.capacity-limits strong').first().textContent()).toContain(
      String(Math.round(buildable.areaM2)),
    );
    await takeScreenshot(shown, 'sites-capacity');
    expect(await axeViolations(shown)).toEqual([]);
    await page.getByRole('button', { name: 'Wróć do listy miejsc' }).click();
    await found.waitFor();
  }, 120_000);

  it('has tools of the general plan below the list: staff balance its zones', async () => {
    const shown = await stage.show(`/#view=2d&${QUESTION}`, { viewport: { width: 1280, height: 900 } });
    const { page } = shown;
    await stage.signIn(shown);
    await page.getByText('Narzędzia planu ogólnego').click();
    const balance = page.getByRole('region', { name: 'Bilans stref' });
    await balance.getByRole('button', { name: 'Policz' }).click();
    await balance.getByRole('rowheader', { name: /^SW/ }).waitFor();
    // Whole of the plan, to a tenth of each kind.
    const shares = await balance.locator('tbody td:nth-child(3)').allTextContents();
    const sum = shares.reduce((total, text) => total + Number(text.replace(',', '.')), 0);
    expect(Math.abs(sum - 100)).toBeLessThan(0.5);
    expect(await axeViolations(shown)).toEqual([]);
  }, 60_000);
});
