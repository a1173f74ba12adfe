/** Staff bring a table whose columns nobody knows, say what they are, and load it. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { axeViolations, takeScreenshot } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();

const TABLE = `NR_INW;GATUNEK;OBWOD;FORMA;WYSOKOSC;E;N
Z-1;lipa drobnolistna;120;Liściaste;12,5;6427100,5;5808100
Z-2;sosna;80;iglak;dużo;6427110;5808100
Z-3;klon;90;Liściaste;9;6427120;5808100
`;
const TREE = 'ZZM-Z-1';

describe('a table that is brought to the office', () => {
  it('gets a mapping that is proposed, corrected, kept, tried and then used', async () => {
    const shown = await stage.show('/office.html?lang=pl', { viewport: { width: 1280, height: 900 } });
    const { page } = shown;
    await stage.signIn(shown);
    await page.getByRole('button', { name: 'Wczytywanie danych' }).click();
    const dropped = await page.evaluateHandle(
      `(() => { const data = new DataTransfer();
        data.items.add(new File([${JSON.stringify(TABLE)}], 'drzewa.csv')); return data; })()`,
    );
    await page
      .getByRole('group', { name: 'Przeciągnij tu plik' })
      .dispatchEvent('drop', { dataTransfer: dropped });

    const form = page.getByRole('form', { name: 'Mapowanie kolumn' });
    await form.waitFor();
    const field = (name: string | RegExp) => form.getByLabel(name);
    expect(await field('Rejestr, do którego').inputValue()).toBe('trees');
    expect(await field(/^Gatunek/).inputValue()).toBe(':GATUNEK');
    // What nobody can tell is said.
    await form.getByText('To nie są stopnie').waitFor();
    await form.getByText('W pliku nie ma kolumny id.').waitFor();
    await form.getByText('Nie da się odczytać: dużo.').waitFor();
    expect(await form.getByRole('status').textContent()).toBe(
      'Kolumny, których nic nie bierze: NR_INW, OBWOD.',
    );
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'mapping');

    await field('Identyfikator').fill('ZZM-{NR_INW}');
    await field(/^Układ współrzędnych/).selectOption('EPSG:2177');
    await field(/^Obwód pnia/).selectOption('OBWOD');
    await field('iglak').selectOption('coniferous');
    expect(await form.getByRole('status').textContent()).toBe('Każda kolumna ma swoje miejsce.');
    const saving = page.waitForEvent('download');
    await form.getByRole('button', { name: 'Mapowanie (JSON)' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('drzewa.csv.mapping.json');
    expect(JSON.parse(await readFile(await saved.path(), 'utf8'))).toMatchObject({
      ...{ layer: 'trees', id: 'ZZM-{NR_INW}', geometry: { x: 'E', y: 'N' } },
      properties: {
        girth_cm: 'OBWOD',
        form: { column: 'FORMA', codes: { Liściaste: 'broadleaved', iglak: 'coniferous' } },
      },
    });

    await form.getByRole('button', { name: 'Sprawdź plik z tym mapowaniem' }).click();
    await page.getByText('sprawdzony, nic nie zapisano').waitFor();
    const trees = page.locator('tr', { has: page.getByRole('rowheader', { name: 'Drzewa', exact: true }) });
    await expect.poll(() => trees.locator('td').allTextContents()).toEqual(['2', '0', '0', '0', '0']);
    await page.locator('.loads-findings li', { hasText: 'dużo' }).waitFor();
    // The report shows what is wrong, so the mapping is corrected once more.
    await page.getByRole('button', { name: 'Popraw mapowanie' }).click();
    await field(/^Wysokość/).selectOption({ label: 'nic' });
    await form.getByRole('button', { name: 'Sprawdź plik z tym mapowaniem' }).click();
    await expect.poll(() => trees.locator('td').allTextContents()).toEqual(['3', '0', '0', '0', '0']);
    const door = `${stage.url}/ogc/collections/trees/items/${TREE}?f=json`;
    expect((await fetch(door)).status).toBe(404);
    await page.getByRole('button', { name: 'Wczytaj do zbioru' }).click();
    await page.getByText('wczytany', { exact: true }).waitFor();
    const { properties } = (await (await fetch(door)).json()) as { properties: object };
    expect(properties).toMatchObject({
      ...{ species: 'lipa drobnolistna', girth_cm: 120, form: 'broadleaved', height_m: null },
    });
  }, 240_000);

  it('is mapped on a phone, in English, for a register that somebody has to choose', async () => {
    const shown = await stage.show('/office.html?lang=pl', { viewport: { width: 360, height: 780 } });
    const { page } = shown;
    await stage.signIn(shown);
    await page.goto(`${stage.url}/office.html?lang=en`);
    await page.getByRole('button', { name: 'Loading data' }).click();
    await page.getByLabel('Choose a file').setInputFiles({
      ...{ name: 'q.csv', mimeType: 'text/csv', buffer: Buffer.from('A,B,P\n1,x,POINT(16.93 52.4)\n') },
    });
    const form = page.getByRole('form', { name: 'Mapping of columns' });
    await form.getByText('The names of the columns do not tell').waitFor();
    expect(await form.getByRole('button', { name: 'Check the file' }).isDisabled()).toBe(true);
    await form.getByLabel('Register that the objects go to').selectOption('trees');
    await form.getByText('Nothing tells which columns hold the place').waitFor();
    await form.getByLabel('Column with the geometry (WKT)').selectOption('P');
    await form.getByLabel('Identifier').fill('Q-{A}');
    expect(await axeViolations(shown)).toEqual([]);
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await takeScreenshot(shown, 'mapping-phone');
    await form.getByRole('button', { name: 'Check the file' }).click();
    await page.getByText('checked, nothing was kept').waitFor();
    await page.getByRole('button', { name: 'Cancel: q.csv' }).click();
    await page.getByText('cancelled, nothing was kept').waitFor();
  }, 120_000);
});
