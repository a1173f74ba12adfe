import { describe, expect, it } from 'vitest';
import { axeViolations, takeScreenshot, type Visit, waitForLink, waitForStats } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const LOW = '?quality=low';
const stage = useBrowserStage();

interface Main {
  readonly id: string;
  readonly lonLat: readonly [number, number];
}

/** A long gravity sewer, with the middle of one of its parts. */
async function findSewer(): Promise<Main> {
  const filter = "network='sewer' AND role='main' AND line_type='sewer_sanitary' AND state='existing'";
  const query = new URLSearchParams({ filter, limit: '1' });
  const reply = await fetch(new URL(`/ogc/collections/utility_lines/items?${query}`, stage.url));
  const { features } = (await reply.json()) as {
    features: readonly { id: string; geometry: { coordinates: readonly [number, number][] } }[];
  };
  const [feature] = features;
  const [a, b] = feature?.geometry.coordinates ?? [];
  if (!feature || !a || !b) throw new Error('the demo city has no sewer');
  return { id: feature.id, lonLat: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] };
}

const networksDrawn = (shown: Visit) =>
  waitForStats(shown, ({ globeIdle, tiles }) => globeIdle && tiles.networks.loaded > 1);

/** A square on the ground of the plan, over streets of the demo district. */
const PIT = '2.5,1;6427947,5809098;6427957,5809098;6427957,5809108;6427947,5809108';

describe('under the ground', () => {
  it('shows pipes at their depth, and one of them is chosen by a click through the ground', async () => {
    const { id, lonLat } = await findSewer();
    const shown = await stage.show(`/${LOW}#view=3d&dig=open&eye=${lonLat.join()},180,0,-90`);
    const { tiles } = await networksDrawn(shown);
    expect(Object.values(tiles).map(({ failed }) => failed)).toEqual([0, 0, 0, 0, 0, 0]);
    await shown.page.locator('#globe').click();
    await shown.page.locator('.card').getByText(id).waitFor();
    await takeScreenshot(shown, 'underground');
  });

  it('tells what an excavation of the link meets, with bounds, rules and what nobody knows', async () => {
    const shown = await stage.show(`/${LOW}#view=3d&dig=${PIT}`);
    const panel = shown.page.locator('.dig');
    await panel.locator('.dig-lines li').first().waitFor();
    expect(await panel.locator('.dig-counts').textContent()).toMatch(/w wykopie/);
    await panel.locator('summary').first().click();
    expect(await panel.locator('.dig-lines li').first().textContent()).toMatch(/±.*BHP-RB, § 144/s);
    expect(await panel.locator('.dig-doubts').textContent()).toMatch(/nie ma w rejestrze/);
    expect(await axeViolations(shown)).toEqual([]);
    await networksDrawn(shown);
    await takeScreenshot(shown, 'excavation');
  });

  it('checks an excavation drawn by keys alone on the plan, and its link reproduces it', async () => {
    const shown = await stage.show('/#view=2d&n=5809103&e=6427952&scale=500');
    await shown.page.locator('#plan').focus();
    await shown.page.keyboard.press('u');
    const panel = shown.page.locator('.dig');
    await panel.getByRole('button', { name: 'Narysuj wykop' }).click();
    await shown.page.locator('#plan').focus();
    for (const key of [
      'Space',
      'Shift+ArrowRight',
      'Shift+ArrowRight',
      'Space',
      'Shift+ArrowUp',
      'Shift+ArrowUp',
      'Space',
    ]) {
      await shown.page.keyboard.press(key);
    }
    await shown.page.keyboard.press('Enter');
    await panel.locator('.dig-lines li').first().waitFor();
    await waitForLink(shown, 'dig=1.5');
    const counts = await panel.locator('.dig-counts').textContent();
    await shown.page.reload();
    await panel.locator('.dig-lines li').first().waitFor();
    expect(await panel.locator('.dig-counts').textContent()).toBe(counts);
    await shown.page.locator('#plan').focus();
    await shown.page.keyboard.press('u');
    expect(await panel.count()).toBe(0);
  });
});
