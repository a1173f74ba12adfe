/** A scenario is applied to the registers; another one is moved onto what they are then, and takes in a third. */
import { describe, expect, it } from 'vitest';
import {
  type ScenarioReply,
  scenarioChangedReplySchema,
  scenarioReplySchema,
} from '../../core/wire/scenario.ts';
import { axeViolations, takeScreenshot, type Visit } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();
const WIDE = { viewport: { width: 1280, height: 900 } };
/** A yard behind the houses of a street. */
const YARD: readonly [number, number] = [6_426_840, 5_808_836];

async function send(
  method: string,
  path: string,
  body: object,
  revision?: number,
  authorization = stage.staff,
): Promise<ScenarioReply> {
  const reply = await fetch(`${stage.url}/api/scenarios${path}`, {
    method,
    headers: {
      authorization,
      'content-type': 'application/json',
      ...(revision !== undefined && { 'if-match': `"${revision}"` }),
    },
    body: JSON.stringify(body),
  });
  expect([path, reply.status < 300]).toEqual([path, true]);
  const answer: unknown = await reply.json();
  const changed = scenarioChangedReplySchema.safeParse(answer);
  return changed.success ? changed.data.scenario : scenarioReplySchema.parse(answer);
}

async function scenarioWith(title: string, ...edits: readonly object[]): Promise<ScenarioReply> {
  const made = await send('POST', '', { title });
  return send('POST', `/${made.id}/edits`, edits, made.revision);
}

async function firstTree(): Promise<string> {
  const reply = await fetch(`${stage.url}/ogc/collections/trees/items?limit=1&f=json`);
  const { features } = (await reply.json()) as { features: readonly { id: string }[] };
  return features[0]?.id ?? '';
}

async function open(id: string): Promise<Visit> {
  const shown = await stage.show(`/#scenario=${id}&view=2d`, WIDE);
  await shown.page.locator('.city-banner.scenario').waitFor();
  await stage.signIn(shown);
  return shown;
}

describe('a decision', () => {
  it('writes a scenario into the registers, and others are moved onto what is there then', async () => {
    const tree = await firstTree();
    const fell = { kind: 'fell-tree', tree };
    const decided = await scenarioWith('Wycinka', fell);
    const waiting = await scenarioWith('Bez drzewa, z placem', fell, {
      kind: 'plant-tree',
      at: YARD,
      species: 'lipa drobnolistna',
    });
    await scenarioWith('Klon w podwórzu', {
      kind: 'plant-tree',
      at: [YARD[0] + 8, YARD[1]],
      species: 'klon zwyczajny',
    });
    const inReview = await send('POST', `/${decided.id}/state`, { state: 'review' }, decided.revision);
    const other = stage.addAccount('kierownik');
    await send('POST', `/${decided.id}/state`, { state: 'adopted' }, inReview.revision, other);

    const shown = await open(decided.id);
    const { page } = shown;
    await page.getByRole('button', { name: 'Zastosuj w rejestrach…' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText('Drzewa: +0, zmienione 0, usunięte 1').waitFor();
    await takeScreenshot(shown, 'scenario-apply');
    expect(await axeViolations(shown)).toEqual([]);
    await question.getByRole('button', { name: 'Zastosuj w rejestrach' }).click();
    await page.getByText('Zastosowany w rejestrach: staff').waitFor();
    expect((await fetch(`${stage.url}/ogc/collections/trees/items/${tree}`)).status).toBe(404);

    await page.goto(`${stage.url}/#scenario=${waiting.id}&view=2d`);
    await page.getByRole('button', { name: 'Przenieś na nowsze miasto…' }).click();
    const dialog = page.locator('dialog.replay');
    await dialog.locator('.chip', { hasText: 'obiektu już nie ma' }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Przenieś wariant' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Porzuć tę zmianę').check();
    await takeScreenshot(shown, 'scenario-rebase');
    expect(await axeViolations(shown)).toEqual([]);
    await dialog.getByRole('button', { name: 'Przenieś wariant' }).click();
    await page.locator('.edit.fell-tree').waitFor({ state: 'detached' });
    await page.locator('.edit.plant-tree').waitFor();

    await page.getByRole('button', { name: 'Włącz zmiany innego wariantu…' }).click();
    const third = await dialog.locator('option', { hasText: 'Klon w podwórzu' }).getAttribute('value');
    await dialog.locator('select').selectOption(third);
    await dialog.getByText('Bez konfliktów').waitFor();
    await takeScreenshot(shown, 'scenario-merge');
    expect(await axeViolations(shown)).toEqual([]);
    await dialog.getByRole('button', { name: 'Włącz zmiany', exact: true }).click();
    await page.locator('.edit.plant-tree').nth(1).waitFor();
    await page.getByText('Historia zmian').click();
    await page.locator('.scenario-log li', { hasText: 'Włączono zmiany innego wariantu' }).waitFor();
    const now = await (
      await fetch(`${stage.url}/api/scenarios/${waiting.id}`, { headers: { authorization: stage.staff } })
    ).json();
    expect(scenarioReplySchema.parse(now).edits.map(({ edit }) => edit.kind)).toEqual([
      'plant-tree',
      'plant-tree',
    ]);
  });
});
