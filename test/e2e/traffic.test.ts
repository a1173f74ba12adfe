/** A manager closes a street, computes the traffic, sees where it goes and why, and sends the link and the report. */
import { expect, it } from 'vitest';
import { axeViolations, restingBox, takeScreenshot } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const WIDE = { viewport: { width: 1280, height: 900 } };
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

  const shown = await stage.show(`/#view=2d&scenario=${id}&traffic=hour:7;gap:1e-4`, WIDE);
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
  const again = await stage.show(link.slice(link.indexOf('/#')), WIDE);
  const reopened = again.page.locator('.traffic-summary .siting-headline');
  await reopened.waitFor({ timeout: 120_000 });
  expect(await reopened.textContent()).toBe(told);
}, 300_000);

interface Street {
  readonly id: string;
  readonly geometry: { readonly coordinates: readonly [northing: number, easting: number][] };
  readonly properties: { readonly class: string; readonly from_node: string; readonly to_node: string };
}

/** Three small streets that leave one junction, each 60 m and more long, and the place of the junction. */
async function crossing() {
  const { features } = await ask<{ features: readonly Street[] }>(
    '/ogc/collections/roads/items?limit=1000&crs=http://www.opengis.net/def/crs/EPSG/0/2177',
  );
  for (const { geometry, properties } of features) {
    const node = properties.to_node;
    const arms = features.flatMap((street) => {
      const { from_node: from, to_node: to, class: kind } = street.properties;
      const path = street.geometry.coordinates.map(([n, e]) => ({ e, n }));
      const [here, ...on] = from === node ? path : path.toReversed();
      const away = here && on.find(({ e, n }) => Math.hypot(e - here.e, n - here.n) > 60);
      if (kind !== 'local' || !away || (from === node) === (to === node)) return [];
      const before = on[on.indexOf(away) - 1] ?? here;
      return [{ id: street.id, at: { e: (before.e + away.e) / 2, n: (before.n + away.n) / 2 } }];
    });
    const [n, e] = geometry.coordinates.at(-1) ?? [0, 0];
    const [first, second, third] = arms;
    if (first && second && third) return { at: { e, n }, arms: [first, second, third] as const };
  }
  throw new Error('the demo city has no crossing of local streets');
}

it('every tool for streets takes its edit by the mouse', async () => {
  const { at, arms } = await crossing();
  const [first, second, third] = arms;
  const { id } = await ask<{ id: string }>('/api/scenarios', { title: 'Ulice inaczej' });
  const scale = 2_000;
  const shown = await stage.show(
    `/#view=2d&scenario=${id}&n=${at.n}&e=${at.e}&scale=${scale}&traffic=hour:7`,
    WIDE,
  );
  const { page } = shown;
  await stage.signIn(shown);
  const point = async ({ e, n }: { e: number; n: number }) => {
    const box = await restingBox(page, '#plan');
    const pxPerM = 1 / (scale * 0.00028);
    await page.mouse.click(
      box.x + box.width / 2 + (e - at.e) * pxPerM,
      box.y + box.height / 2 - (n - at.n) * pxPerM,
    );
    // Two quick clicks are a double click, wherever they are.
    await page.waitForTimeout(400);
  };
  const pick = async (...streets: readonly (typeof first)[]) => {
    for (const [i, street] of streets.entries()) {
      await point(street.at);
      await page.locator('.picked li').nth(i).waitFor();
    }
  };
  const around = async () => {
    for (const [e, n] of [
      [-90, -90],
      [90, -90],
      [90, 90],
      [-90, 90],
    ] as const) {
      await point({ e: at.e + e, n: at.n + n });
    }
    await page.getByRole('button', { name: 'Zakończ rysowanie' }).click();
  };
  const made: string[] = [];
  const use = async (tool: string, kind: string, work: () => Promise<void>) => {
    await page.locator('.traffic-tools').getByRole('button', { name: tool, exact: true }).click();
    await work();
    await page.locator('.what-if-foot .button.primary:enabled').click();
    // A tool that stays in hand is put down once what it took is saved.
    if (kind === 'close-road') {
      await page.locator('.picked li').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Gotowe' }).click();
    }
    await page.locator('.traffic-tools').waitFor();
    made.push(kind);
    const { edits } = await ask<{ edits: readonly { edit: { kind: string } }[] }>(`/api/scenarios/${id}`);
    expect(edits.map(({ edit }) => edit.kind)).toEqual(made);
  };

  await use('Zmień ulicę', 'change-road', async () => {
    await pick(second);
    await page.getByLabel('Kierunek').selectOption('along');
  });
  await use('Zmień ulicę', 'change-road', async () => {
    await pick(second);
    await page.getByLabel('Kierunek').selectOption('against');
  });
  await use('Ustaw sygnalizację', 'set-signal', () => point(at));
  await use('Usuń sygnalizację', 'remove-signal', () => point(at));
  await use('Zakaż skrętu', 'ban-turn', () => pick(first, third));
  await use('Znieś zakaz skrętu', 'allow-turn', () => pick(first, third));
  await use('Strefa 30 km/h', 'slow-zone', async () => {
    // Small streets of the demo city have 30 already: a zone of 30 would be refused.
    await page.getByLabel('Prędkość').fill('20');
    await around();
  });
  await use('Strefa czystego transportu', 'low-emission-zone', around);
  await use('Przeskaluj ruch', 'scale-demand', async () => {
    await page.getByLabel('Liczba podróży').fill('120');
    await page.getByLabel('Cel podróży').selectOption('praca');
    await page.getByLabel('Od godziny').fill('6');
    await page.getByLabel('Do godziny').fill('9');
  });
  await page.getByText('cel: praca · 6:00–9:00').waitFor({ state: 'attached' });
  await use('Narysuj ulicę', 'add-road', async () => {
    await point(first.at);
    await point(second.at);
    await page.getByRole('button', { name: 'Zakończ rysowanie' }).click();
  });
  await use('Zamknij ulicę', 'close-road', () => pick(third));
  // Where trips begin and end is planned from here too.
  await use('Dodaj obiekt usług', 'add-facility', async () => {
    await point({ e: at.e + 30, n: at.n + 30 });
    await page.getByLabel('Nazwa', { exact: true }).fill('Żłobek za rogiem');
    await page.getByLabel('Liczba miejsc').fill('90');
  });
  await page.locator('.traffic-tools').getByRole('button', { name: 'Narysuj budynek', exact: true }).click();
  await page.locator('section.drawing').waitFor();
}, 400_000);
