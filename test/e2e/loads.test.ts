/** Staff bring a file to the page of the office, look at what it would change and where it is wrong, and load it. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { axeViolations, takeScreenshot } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';
import { fixtureParcelId, parcelMember, registerFile } from '../support/register-gml.ts';

const stage = useBrowserStage();

const BOW_TIE = '5808000 6427000 5808010 6427010 5808010 6427000 5808000 6427010 5808000 6427000';
const FILE = registerFile([
  parcelMember({ n: 9001, at: [6_427_100, 5_808_100] }),
  parcelMember({ n: 9002, at: [6_427_200, 5_808_100] }),
  parcelMember({ n: 9003, posList: BOW_TIE }),
]);

describe('a file that is brought to the office', () => {
  it('is dropped on the page, shows its faults on the map, and is loaded when somebody says so', async () => {
    const shown = await stage.show('/office.html?lang=pl', { viewport: { width: 1280, height: 900 } });
    const { page } = shown;
    await stage.signIn(shown);
    await page.getByRole('button', { name: 'Wczytywanie danych' }).click();
    await page.getByText('Nikt jeszcze nie przekazał pliku').waitFor();
    await page.getByText('Skąd są dane i jak je czytać').click();
    await page.getByLabel('Źródło danych').fill('GEOPOZ');
    const dropped = await page.evaluateHandle(
      `(() => { const data = new DataTransfer();
        data.items.add(new File([${JSON.stringify(FILE)}], 'egib.gml')); return data; })()`,
    );
    await page
      .getByRole('group', { name: 'Przeciągnij tu plik' })
      .dispatchEvent('drop', { dataTransfer: dropped });

    await page.getByText('sprawdzony, nic nie zapisano').waitFor();
    const parcels = page.locator('tr', {
      has: page.getByRole('rowheader', { name: 'Działki ewidencyjne', exact: true }),
    });
    await expect.poll(() => parcels.locator('td').allTextContents()).toEqual(['2', '0', '0', '0', '1']);
    const fault = page.locator('.loads-findings li', { hasText: fixtureParcelId(9003) });
    expect(await fault.textContent()).toMatch(/Self-intersection/);
    expect(await fault.textContent()).toMatch(/błąd.*geometria · invalid-geometry · Działki/);
    await page.locator('.loads-map canvas').first().waitFor();
    await fault.getByRole('button', { name: 'Pokaż na mapie' }).click();
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'loads');
    const before = await fetch(`${stage.url}/ogc/collections/parcels/items/${fixtureParcelId(9001)}`);
    expect(before.status).toBe(404);

    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Odrzucone GeoJSON' }).click();
    const rejected = JSON.parse(await readFile(await (await saving).path(), 'utf8'));
    expect(rejected.features.map(({ id }: { id: string }) => id)).toEqual([fixtureParcelId(9003)]);

    await page.getByRole('button', { name: 'Wczytaj do zbioru' }).click();
    await page.getByText('wczytany', { exact: true }).waitFor();
    await page.getByText(/GEOPOZ · egib-gml · EPSG:2177 · wersja zbioru \d+/).waitFor();
    await page.getByRole('button', { name: 'Wszystkie pliki' }).click();
    await page.getByText('Wersje zbiorów: co wczytano i skąd').click();
    const version = page.locator('details li').first();
    await expect
      .poll(() => version.textContent())
      .toMatch(/GEOPOZ.*Nowe 2 .*egib\.gml · SHA-256 .*EPSG:2177 · .*northing first/);
    const after = await fetch(`${stage.url}/ogc/collections/parcels/items/${fixtureParcelId(9001)}`);
    expect(after.status).toBe(200);
  }, 240_000);

  it('is chosen by keyboard on a phone, and given up', async () => {
    const shown = await stage.show('/office.html?lang=pl', { viewport: { width: 360, height: 780 } });
    const { page } = shown;
    await stage.signIn(shown);
    await page.getByRole('button', { name: 'Wczytywanie danych' }).focus();
    await page.keyboard.press('Enter');
    await page
      .getByLabel('Wybierz plik')
      .setInputFiles({ name: 'telefon.gml', mimeType: 'application/gml+xml', buffer: Buffer.from(FILE) });
    await page.getByText('sprawdzony, nic nie zapisano').waitFor();
    expect(await axeViolations(shown)).toEqual([]);
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await takeScreenshot(shown, 'loads-phone');
    await page.getByRole('button', { name: 'Odwołaj: telefon.gml' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('odwołany, nic nie zapisano').waitFor();
  }, 120_000);
});
