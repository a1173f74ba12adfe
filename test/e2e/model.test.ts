/** A planner stands a building from a file in a scenario, by keys, and it is counted like any other. */
import { expect, it } from 'vitest';
import { scenarioReplySchema } from '../../core/wire/scenario.ts';
import { axeViolations, takeScreenshot, waitForStats } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

/** A yard behind the houses of a street. */
const SITE = { n: 5_808_840, e: 6_426_860 };
const stage = useBrowserStage();

describeWithSharedData('a building from a file', () => {
  it('is read from IFC, moved by arrows over its parcel, turned, saved, and seen in the city of the scenario', async () => {
    const made = await fetch(`${stage.url}/api/scenarios`, {
      method: 'POST',
      headers: { authorization: stage.staff, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Dom z katalogu' }),
    });
    const { id } = scenarioReplySchema.parse(await made.json());
    const where = `scenario=${id}&view=2d&n=${SITE.n}&e=${SITE.e}&scale=700`;
    const shown = await stage.show(`/?quality=low#${where}`, { viewport: { width: 1280, height: 900 } });
    const { page } = shown;
    await page.locator('.city-banner.scenario').waitFor();
    await stage.signIn(shown);
    await page.getByRole('button', { name: 'Wstaw model z pliku' }).click();

    const file = page.locator('input[type=file]');
    await file.setInputFiles({ name: 'krata.stl', mimeType: 'model/stl', buffer: Buffer.from('solid grid') });
    await page.getByRole('alert').getByText('To nie jest glTF, IFC ani CityJSON.').waitFor();
    await file.setInputFiles(sharedData('ifc', 'IfcOpenHouse_IFC4.ifc'));
    await page.getByText('10,20 × 5,80 × 5,78 m').waitFor({ timeout: 90_000 });
    await page.locator('.model-under dd', { hasText: '306401_1' }).first().waitFor();

    await page.locator('#plan').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowUp', 'q', 'q', 'Shift+e'])
      await page.keyboard.press(key);
    await expect.poll(() => page.getByLabel('E [m]', { exact: true }).inputValue()).toBe('6426862');
    expect(await page.getByLabel('N [m]', { exact: true }).inputValue()).toBe('5808840.1');
    expect(await page.getByLabel('Obrót w lewo').inputValue()).toBe('9');
    await page.locator('.what-if-foot .button.primary:enabled').waitFor();
    await page.locator('.findings li', { hasText: 'Model nie jest jedną zamkniętą powłoką' }).waitFor();
    expect(await axeViolations(shown)).toEqual([]);
    await page.getByRole('button', { name: 'Obok siebie' }).click();
    await waitForStats(shown, ({ globeIdle, tiles }) => globeIdle && tiles.buildings.loaded > 0);
    await takeScreenshot(shown, 'model-placing');

    await page.locator('.what-if-foot .button.primary').click();
    await page.locator('.edit.add-model', { hasText: 'IfcOpenHouse_IFC4' }).waitFor();
    await waitForStats(shown, ({ globeIdle }) => globeIdle);
    await takeScreenshot(shown, 'model-placed');
    const reply = await fetch(
      `${stage.url}/s/${id}/ogc/collections/buildings_3d/items?filter=state='designed'`,
    );
    const { features } = (await reply.json()) as { features: { properties: Record<string, unknown> }[] };
    expect(features.map(({ properties }) => [properties['height_m'], properties['geometry_source']])).toEqual(
      [[5.78, 'IFC: IfcOpenHouse_IFC4.ifc']],
    );
  });
});
