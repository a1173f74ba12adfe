/** A resident opens a parcel from a link: findings, what was not assessed, its dossier, the code of a paper. */
import { describe, expect, it } from 'vitest';
import { type ParcelCheck, parcelCheckSchema } from '../../core/wire/parcel-check.ts';
import { axeViolations, waitForLink } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();

async function someCheck(): Promise<ParcelCheck> {
  const found = await fetch(`${stage.url}/api/search?q=AR_05.10&limit=1`);
  const { hits } = (await found.json()) as { hits: readonly { id: string }[] };
  const id = hits[0]?.id ?? '306401_1.0021.AR_05.10';
  return parcelCheckSchema.parse(await (await fetch(`${stage.url}/api/parcels/${id}/check`)).json());
}

describe('the check of a parcel', () => {
  it('opens from a link, says what was not assessed, and whether the code of a paper still holds', async () => {
    const { parcel, findings, code } = await someCheck();
    const shown = await stage.show(`/#view=2d&parcel=${parcel.id}&code=${code}`, {
      viewport: { width: 1280, height: 800 },
    });
    const { page } = shown;
    const unknown = findings.filter(({ state }) => state === 'not-assessed').length;
    await page.locator('.finding-count.not-assessed strong', { hasText: String(unknown) }).waitFor();
    await page.getByText(`Kod ${code} z dokumentu zgadza się`).waitFor();
    await page.getByRole('link', { name: 'PDF' }).first().waitFor();
    expect(await axeViolations(shown)).toEqual([]);
    await page.getByRole('button', { name: 'Teczka działki' }).click();
    await page.getByText('Właściciele i księgi wieczyste').waitFor();
    await page.locator('.dossier-timeline time').first().waitFor();
    // From above and from the air.
    const widthsPx = () =>
      page
        .locator('.dossier-picture img')
        .evaluateAll((imgs) => imgs.map((img) => img.clientWidth && Reflect.get(img, 'naturalWidth')));
    await expect.poll(widthsPx, { timeout: 20_000 }).toEqual([480, 960]);
    expect(await axeViolations(shown)).toEqual([]);
    await page.getByRole('button', { name: 'Ustalenia' }).click();
    await page.getByLabel('Prawo na dzień').fill('2022-06-30');
    await waitForLink(shown, 'law=2022-06-30');
  });

  it('takes a list from a link or a file, keeps the answer as a file, and steps from finding to finding', async () => {
    const { parcel } = await someCheck();
    const shown = await stage.show(`/?list=${parcel.id},306401_1.0021.AR_99.1#view=2d`, {
      viewport: { width: 1280, height: 800 },
    });
    const { page } = shown;
    await page.getByText('Nie ma działki 306401_1.0021.AR_99.1').waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await axeViolations(shown)).toEqual([]);
    const list = { name: 'lista.csv', mimeType: 'text/csv', buffer: Buffer.from(`Działka\n${parcel.id}\n`) };
    await page.locator('input[type=file]').setInputFiles(list);
    await page.getByText('Lista z pliku lista.csv.').waitFor();
    await page.getByText('Nie ma działki').waitFor({ state: 'detached' });
    const kept = page.waitForEvent('download');
    await page.getByRole('button', { name: 'GeoPackage' }).click();
    expect((await kept).suggestedFilename()).toBe('sprawdzenie-dzialek.gpkg');
    await page.locator('.parcel-list').getByRole('button', { name: parcel.id }).click();
    await page.locator('.finding-group .finding').first().waitFor();
    await page.keyboard.press(']');
    await page.locator('.parcel-panel .finding > summary:focus').waitFor();
  });
});
