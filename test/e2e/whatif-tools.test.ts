/** A planner changes the city with the tools of a scenario, reads what follows, and hands it in. */
import { describe, expect, it } from 'vitest';
import { type ScenarioReply, scenarioReplySchema } from '../../core/wire/scenario.ts';
import { axeViolations, restingBox, takeScreenshot, type Visit } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

/** A yard behind the houses of a street, with a building in its south-west corner. */
const SITE = { n: 5_808_840, e: 6_426_860 };
const SCALE = 500;
const M_PER_PX = SCALE * 0.00028;
const HOUSE = [6_426_830, 5_808_812] as const;
const WIDE = { viewport: { width: 1280, height: 900 } };

const stage = useBrowserStage();
const asStaff = () => ({ authorization: stage.staff, 'content-type': 'application/json' });

async function newScenario(title: string): Promise<ScenarioReply> {
  const made = await fetch(`${stage.url}/api/scenarios`, {
    method: 'POST',
    headers: asStaff(),
    body: JSON.stringify({ title }),
  });
  return scenarioReplySchema.parse(await made.json());
}

const readScenario = async (id: string): Promise<ScenarioReply> =>
  scenarioReplySchema.parse(await (await fetch(`${stage.url}/api/scenarios/${id}`)).json());

async function openForStaff(id: string): Promise<Visit> {
  const shown = await stage.show(`/#scenario=${id}&view=2d&n=${SITE.n}&e=${SITE.e}&scale=${SCALE}`, WIDE);
  const { page } = shown;
  await page.locator('.city-banner.scenario').waitFor();
  await stage.signIn(shown);
  await page.locator('.palette').waitFor();
  return shown;
}

/** Points at a place of EPSG:2177 on the plan. */
async function pointAt({ page }: Visit, [e, n]: readonly [number, number]): Promise<void> {
  const box = await restingBox(page, '#plan');
  await page.mouse.click(
    box.x + box.width / 2 + (e - SITE.e) / M_PER_PX,
    box.y + box.height / 2 - (n - SITE.n) / M_PER_PX,
  );
  // Two quick clicks are a double click, wherever they are.
  await page.waitForTimeout(400);
}

async function save({ page }: Visit): Promise<void> {
  await page.locator('.what-if-foot .button.primary:enabled').click();
}

describe('the tools of a scenario', () => {
  it('plants a row of trees at once, fells one again, and undoes that', async () => {
    const { id } = await newScenario('Szpaler');
    const shown = await openForStaff(id);
    const { page } = shown;
    await page.getByRole('button', { name: 'Posadź drzewa' }).click();
    for (const e of [6_426_840, 6_426_848, 6_426_856]) await pointAt(shown, [e, 5_808_836]);
    await page.getByText('3 miejsca').waitFor();
    await page.getByLabel('Gatunek').fill('klon zwyczajny');
    await takeScreenshot(shown, 'what-if-trees');
    expect(await axeViolations(shown)).toEqual([]);
    await save(shown);
    // The tool stays in hand for the next row.
    await page.getByText('3 miejsca').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Gotowe' }).click();
    await page.locator('.edit.plant-tree').nth(2).waitFor();
    const planted = (await readScenario(id)).edits;
    expect(planted.map(({ edit }) => edit.kind)).toEqual(['plant-tree', 'plant-tree', 'plant-tree']);

    await page.getByRole('button', { name: 'Wytnij drzewa' }).click();
    await pointAt(shown, [6_426_840, 5_808_836]);
    await page.locator('.picked li').waitFor();
    await save(shown);
    await page.locator('.picked li').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Gotowe' }).click();
    await page.locator('.edit.fell-tree').waitFor();
    await page.getByRole('button', { name: 'Cofnij', exact: true }).click();
    await page.locator('.edit.fell-tree').waitFor({ state: 'detached' });
    expect((await readScenario(id)).edits).toHaveLength(3);
  });

  it('tells what follows from a demolition, and leads the scenario to review, publication and a branch', async () => {
    const { id } = await newScenario('Bez kamienicy');
    const shown = await openForStaff(id);
    const { page } = shown;
    await page.getByRole('button', { name: 'Rozbierz budynek' }).click();
    await pointAt(shown, HOUSE);
    await page.locator('.picked li').waitFor();
    await save(shown);
    await page.locator('.edit.remove-building').waitFor();

    await page.getByRole('button', { name: 'Policz skutki' }).click();
    const row = page.locator('.consequences-table tr', { hasText: 'Powierzchnia zabudowy' }).first();
    await row.waitFor({ timeout: 90_000 });
    expect(await row.locator('td').last().textContent()).toMatch(/^−[\d\u2009,]+± [\d\u2009,]+/);
    await row.getByRole('button').click();
    await page.locator('.consequences-how').waitFor();
    await page.getByText('Hałas').waitFor();
    await takeScreenshot(shown, 'what-if-consequences');
    expect(await axeViolations(shown)).toEqual([]);

    await page.getByRole('button', { name: 'Przekaż do oceny' }).click();
    await page.locator('.life form').getByRole('button', { name: 'Przekaż do oceny' }).click();
    await page.getByText('Wariant jest w ocenie').waitFor();
    expect(await page.locator('.palette').count()).toBe(0);
    await page.getByRole('button', { name: 'Opublikuj odnośnikiem' }).click();
    await page.getByRole('button', { name: 'Wycofaj publikację' }).waitFor();
    await page.getByText('Historia zmian').click();
    await page.locator('.scenario-log li', { hasText: 'Stan: szkic → w ocenie' }).waitFor();
    expect(await axeViolations(shown)).toEqual([]);

    await page.getByRole('button', { name: 'Utwórz gałąź' }).click();
    await page.getByRole('button', { name: 'Utwórz i otwórz' }).click();
    await page.waitForURL((url) => url.hash.includes('scenario=') && !url.hash.includes(id));
    await page.locator('.city-banner', { hasText: 'Bez kamienicy – inaczej' }).waitFor();
    await page.locator('.edit.remove-building').waitFor();
    await page.locator('.palette').waitFor();
  });
});
