/** Works close a street: an operator writes them, meets a conflict, moves them, another one approves, residents see them. */
import { describe, expect, it } from 'vitest';
import { type Obstruction, obstructionsReplySchema } from '../../core/wire/obstruction.ts';
import { axeViolations, restingBox } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const WIDE = { viewport: { width: 1280, height: 800 } };
const stage = useBrowserStage();

const listed = async (headers: Record<string, string> = {}): Promise<readonly Obstruction[]> =>
  obstructionsReplySchema.parse(
    await (await fetch(`${stage.url}/api/obstructions?limit=1000`, { headers })).json(),
  ).obstructions;

/** A published closure of a street, and where the plan must look to draw over it. */
async function waterMain(): Promise<{
  readonly one: Obstruction;
  readonly view: string;
  readonly ends: number[][];
}> {
  const one = (await listed()).find(({ name }) => name.startsWith('Wymiana wodociągu'));
  if (!one) throw new Error('the demo city has no such works');
  const [line = []] = one.lines;
  const [a, b] = [line[0], line.at(-1)];
  if (!a || !b) throw new Error('the works lie on no street');
  const [e, n] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const metresPerPixel = 500 * 0.00028;
  const ends = [a, b].map(([x, y]) => [(x - e) / metresPerPixel, (n - y) / metresPerPixel]);
  return { one, view: `view=2d&n=${n}&e=${e}&scale=500`, ends };
}

describe('the register of obstructions', () => {
  it('shows a resident what is closed, on a phone and without an account', async () => {
    const { one } = await waterMain();
    const shown = await stage.show(`/#view=2d&pick=obstructions/${one.id}`, {
      viewport: { width: 360, height: 740 },
      isMobile: true,
    });
    const { page } = shown;
    await page.getByRole('heading', { name: one.name }).waitFor();
    await page.getByText('zamknięte').first().waitFor();
    expect(await page.getByText('Osoba do kontaktu').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Zakończ utrudnienie' }).count()).toBe(0);
    expect(await axeViolations(shown)).toEqual([]);
  });

  it('goes from a draft with a conflict over four eyes to the map and the feed, and ends', async () => {
    const { one, view, ends } = await waterMain();
    const shown = await stage.show(`/#${view}`, WIDE);
    const { page } = shown;
    await stage.signIn(shown);
    await page.locator('.rail-verb[data-space="obstructions"]').click();
    await page.getByRole('button', { name: 'Nowe utrudnienie' }).click();
    await page.getByLabel('Nazwa', { exact: true }).fill('Próba frezowania');
    await page.getByLabel('Zajmujący pas').fill('ZDM');
    const roads = page.waitForResponse((reply) => reply.url().includes('/collections/roads/items'));
    await page.getByRole('button', { name: 'Wzdłuż ulicy' }).click();
    await roads.catch(() => {});
    const box = await restingBox(page, '#plan');
    for (const [right = 0, down = 0] of ends) {
      await page.mouse.click(box.x + box.width / 2 + right, box.y + box.height / 2 + down);
      await page.waitForTimeout(400);
    }
    // It meets the works that are published there.
    await page.locator('.obs-conflicts li.high').filter({ hasText: one.id }).waitFor();
    expect(await axeViolations(shown)).toEqual([]);
    await page.getByLabel('Od', { exact: true }).fill('2031-05-01T07:00');
    await page.getByLabel('Do', { exact: true }).fill('2031-05-03T07:00');
    await page.locator('.what-if-fine').waitFor();
    await page.getByRole('button', { name: 'Zapisz szkic' }).click();
    await page.getByRole('button', { name: 'Przekaż do decyzji' }).click();
    await page.getByText('decyduje inna osoba').waitFor();
    expect(await page.getByRole('button', { name: 'Zatwierdź' }).count()).toBe(0);

    const draft = (await listed({ authorization: stage.staff })).find(
      ({ name }) => name === 'Próba frezowania',
    );
    if (!draft) throw new Error('the draft was not kept');
    const approved = await fetch(`${stage.url}/api/obstructions/${draft.id}/steps`, {
      method: 'POST',
      headers: {
        authorization: stage.addAccount('kierownik'),
        'content-type': 'application/json',
        'if-match': `"${draft.revision}"`,
      },
      body: JSON.stringify({ action: 'approve' }),
    });
    expect(approved.status).toBe(200);

    // The open card hears of it by itself.
    await page.getByRole('button', { name: 'Ogłoś' }).click();
    await page.getByText('ogłoszone').first().waitFor();
    const feed = async () => (await fetch(`${stage.url}/feeds/obstructions.rss`)).text();
    const layer = async () =>
      (await fetch(`${stage.url}/ogc/collections/obstructions/items/${draft.id}`)).status;
    expect(await feed()).toContain('Próba frezowania');
    expect(await layer()).toBe(200);
    await page.getByRole('button', { name: 'Zakończ utrudnienie' }).click();
    await page.getByText('Zakończono', { exact: false }).first().waitFor();
    expect(await feed()).not.toContain('Próba frezowania');
    expect(await layer()).toBe(404);
    await page.getByRole('button', { name: 'Cofnij', exact: true }).click();
    await page.getByText('ogłoszone').first().waitFor();
  });
});
