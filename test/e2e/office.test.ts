/** The office sees who took what and for which case, and says what a client may; the screen tells the public nothing. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { axeViolations, takeScreenshot } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();

const asked = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const headers = { authorization: stage.staff, 'content-type': 'application/json' };
  return (await fetch(stage.url + path, { headers, ...init })).json() as Promise<T>;
};

describe('the page of the office', () => {
  it('finds what was taken for a case among pages of others, and saves it', async () => {
    const [district] = (
      await asked<{ features: { id: string }[] }>('/ogc/collections/districts/items?limit=1')
    ).features;
    for (let number = 1; number <= 52; number++) {
      const order = {
        area: { kind: 'district', id: district?.id },
        layers: ['control_points'],
        formats: ['txt'],
      };
      const body = JSON.stringify({ ...order, profile: 'surveyor', caseNumber: `GK.6640.${number}.2026` });
      await asked('/api/orders', { method: 'POST', body });
    }
    const shown = await stage.show('/office.html?lang=pl', { viewport: { width: 1280, height: 900 } });
    const { page } = shown;
    await page.getByText('Ta strona jest dla pracowników urzędu').waitFor();
    await stage.signIn(shown);
    const rows = page.locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(50);
    await page.getByRole('button', { name: 'Starsze' }).click();
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByLabel('Numer sprawy').fill('GK.6640.7.2026');
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.first().textContent()).toContain('control_points');
    expect(await axeViolations(shown)).toEqual([]);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Zapisz CSV' }).click();
    const csv = await readFile(await (await saving).path(), 'utf8');
    expect(csv.trim().split('\r\n')).toHaveLength(2);
    expect(csv).toContain('GK.6640.7.2026');
    await page.getByRole('button', { name: 'Statystyka' }).click();
    const layer = page.locator('tbody tr', { hasText: 'control_points' });
    await expect.poll(async () => (await layer.textContent()) ?? '').toMatch(/52/);
  }, 240_000);

  it('lists where the 3D model and the register differ, and leads to the place on the map', async () => {
    const shown = await stage.show('/office.html?lang=pl', { viewport: { width: 1280, height: 900 } });
    const { page } = shown;
    await stage.signIn(shown);
    await page.getByRole('button', { name: 'Model 3D i ewidencja' }).click();
    const rows = page.locator('tbody tr', { hasText: 'brak w modelu 3D' });
    await expect.poll(() => rows.count()).toBe(1);
    expect(await axeViolations(shown)).toEqual([]);
    await page.getByLabel('Rozbieżność').selectOption('inny obrys');
    await page.getByText('Nie ma rozbieżności tego rodzaju').waitFor();
    await page.getByLabel('Rozbieżność').selectOption('wszystkie');
    await page
      .getByRole('link', { name: /^Na mapie: / })
      .first()
      .click();
    await page.waitForURL(/pick=buildings/);
    await page.getByText('Budynki (ewidencja)').first().waitFor();
  }, 240_000);

  it('changes the 3D model after a look at what would become, and says why it cannot', async () => {
    const [first] = (
      await asked<{ features: { id: string }[] }>('/ogc/collections/buildings_3d/items?limit=1')
    ).features;
    const id = first?.id ?? '';
    const stateOf = async () =>
      (await asked<{ properties: Record<string, unknown> }>(`/ogc/collections/buildings_3d/items/${id}`))
        .properties;
    const shown = await stage.show('/office.html?lang=pl', { viewport: { width: 360, height: 780 } });
    const { page } = shown;
    await stage.signIn(shown);
    await page.getByRole('button', { name: 'Model 3D i ewidencja' }).click();
    await page.getByRole('button', { name: 'Zmień model 3D' }).click();
    await page.getByLabel('Co się stało').selectOption('rozebrano');
    stage.expectProblems(/404/);
    await page.getByLabel('Identyfikator w modelu 3D').fill('nie-ma');
    await page.getByLabel('Od dnia').fill('2026-11-02');
    await page.getByLabel('Źródło').fill('Decyzja 5/2026');
    await page.getByRole('button', { name: 'Sprawdź' }).click();
    await page.getByRole('alert').getByText('nie-ma').waitFor();
    await page.getByLabel('Identyfikator w modelu 3D').fill(id);
    await page.getByRole('button', { name: 'Sprawdź' }).click();
    await page.getByText('nic jeszcze nie zapisano').waitFor();
    expect((await stateOf())['state']).toBe('built');
    expect(await axeViolations(shown)).toEqual([]);
    await page.getByRole('button', { name: 'Zapisz zmianę' }).click();
    await page.getByText('Zmiana jest w modelu 3D').first().waitFor();
    expect(await stateOf()).toMatchObject({ state: 'demolished', state_since: '2026-11-02' });
  }, 240_000);

  it('splits a building by two places that are clicked on its sketch, or typed', async () => {
    const [, building] = (
      await asked<{ features: { id: string }[] }>('/ogc/collections/buildings_3d/items?limit=2')
    ).features;
    const id = building?.id ?? '';
    const shown = await stage.show('/office.html?lang=pl', { viewport: { width: 360, height: 780 } });
    const { page } = shown;
    await stage.signIn(shown);
    await page.getByRole('button', { name: 'Model 3D i ewidencja' }).click();
    await page.getByRole('button', { name: 'Zmień model 3D' }).click();
    await page.getByLabel('Co się stało').selectOption('podział linią');
    await page.getByLabel('Identyfikator w modelu 3D').fill(id);
    const sketch = page.getByRole('img', { name: 'Budynek z góry' });
    const box = await sketch.boundingBox();
    const clickAt = (x: number, y: number) =>
      sketch.click({ position: { x: (box?.width ?? 0) * x, y: (box?.height ?? 0) * y } });
    await clickAt(0.45, 0.05);
    await clickAt(0.55, 0.95);
    const line = page.getByRole('textbox', { name: 'Linia podziału' });
    expect(await line.inputValue()).toMatch(/^\d{7}\.\d\d \d{7}\.\d\d; \d{7}\.\d\d \d{7}\.\d\d$/);
    const [from = 0, to = 0] = (await line.inputValue())
      .split('; ')
      .map((place) => Number(place.split(' ')[1]));
    expect(from).toBeGreaterThan(to);
    await page.getByLabel('Źródło').fill('Operat 7/2026');
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'office-split');
    await page.getByRole('button', { name: 'Sprawdź' }).click();
    await page.getByText(`${id}-2`).waitFor();
    await page.getByText('nic jeszcze nie zapisano').waitFor();

    await page.getByRole('button', { name: 'Usuń linię' }).click();
    expect(await line.inputValue()).toBe('');
    stage.expectProblems(/400/);
    await line.fill('1 2; 1 2');
    await page.getByRole('button', { name: 'Sprawdź' }).click();
    await page.getByRole('alert').waitFor();
  }, 240_000);

  it('grants a profile and the detail of networks by keyboard, says who did, on a phone as well', async () => {
    const shown = await stage.show('/office.html?lang=pl', { viewport: { width: 360, height: 780 } });
    const { page } = shown;
    await stage.signIn(shown);
    await page.getByRole('button', { name: 'Konta i uprawnienia' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Nowe konto klienta' }).focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('form', { name: 'Nowe konto klienta' });
    await form.getByLabel('Nazwa').fill('gestor-1');
    await form.getByLabel('Podmiot').fill('Wodociągi');
    await form.getByRole('checkbox', { name: 'branża sieciowa' }).focus();
    await page.keyboard.press('Space');
    await form.getByRole('checkbox', { name: 'Szczegóły krytyczne sieci' }).focus();
    await page.keyboard.press('Space');
    await form.getByLabel('Nazwa').focus();
    await page.keyboard.press('Enter');
    await form.getByText('Hasło, pokazane tylko teraz').waitFor();
    expect(await axeViolations(shown)).toEqual([]);
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await takeScreenshot(shown, 'office-phone');
    const { accounts } = await asked<{ accounts: object[] }>('/api/accounts');
    expect(accounts).toContainEqual({
      ...{ name: 'gestor-1', isStaff: false, networkDetail: true, organisation: 'Wodociągi', lastDay: null },
      entitlements: [{ profile: 'network', lastDay: null }],
      ...{ roles: [], stewardOf: [], isLocked: false },
    });
    await form.getByRole('button', { name: 'Zamknij' }).click();
    await page.getByRole('button', { name: 'Zmień: gestor-1' }).click();
    await page.getByText('Kto i co nadał').click();
    await page.locator('.office-history li', { hasText: 'staff: branża sieciowa' }).waitFor();
  }, 120_000);

  it('gives somebody of the office a role, shows them what it allows alone, and locks them out', async () => {
    const shown = await stage.show('/office.html?lang=pl', { viewport: { width: 360, height: 780 } });
    const { page } = shown;
    await stage.signIn(shown);
    await page.getByRole('button', { name: 'Konta i uprawnienia' }).click();
    await page.getByRole('button', { name: 'Nowe konto urzędu' }).click();
    const form = page.getByRole('form', { name: 'Nowe konto urzędu' });
    await form.getByLabel('Nazwa').fill('ada');
    await form.getByRole('checkbox', { name: 'administrator kont' }).check();
    await form.getByRole('button', { name: 'Zapisz konto' }).click();
    const password = await form.locator('code').textContent();
    expect(await axeViolations(shown)).toEqual([]);
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await takeScreenshot(shown, 'office-roles-phone');
    const ada = { authorization: `Basic ${Buffer.from(`ada:${password}`).toString('base64')}` };
    const told = await fetch(`${stage.url}/api/whoami`, { headers: ada });
    expect(await told.json()).toMatchObject({ who: 'ada', rights: ['accounts'] });
    expect((await fetch(`${stage.url}/api/orders/register`, { headers: ada })).status).toBe(403);
    await form.getByRole('button', { name: 'Zamknij' }).click();
    await page.getByRole('button', { name: 'Zmień: ada' }).click();
    await page.getByLabel('Powód').fill('odeszła');
    await page.getByRole('button', { name: 'Zablokuj konto' }).click();
    await page.getByRole('group', { name: 'Konto zablokowane' }).waitFor();
    await page.getByText('Konto zablokowane').first().waitFor();
    await expect
      .poll(async () => (await fetch(`${stage.url}/api/whoami`, { headers: ada })).status, {
        timeout: 20_000,
      })
      .toBe(401);
  }, 120_000);

  it('makes a key for a program, tells it once, and shows in the audit who made and ended it', async () => {
    const shown = await stage.show('/office.html?lang=pl', { viewport: { width: 360, height: 780 } });
    const { page } = shown;
    await stage.signIn(shown);
    await page.getByRole('button', { name: /^Konto: / }).click();
    await page.getByText('Klucze dla QGIS').click();
    await page.getByLabel('Do czego jest').fill('QGIS w terenie');
    await page.getByRole('button', { name: 'Utwórz klucz' }).click();
    const key = await page.getByLabel('Nowy klucz').inputValue();
    const asKey = { authorization: `Basic ${Buffer.from(`staff:${key}`).toString('base64')}` };
    const who = await asked<{ rights: string[] }>('/api/whoami', { headers: asKey });
    expect(who.rights).toEqual(['see', 'register', 'audit']);
    expect(await axeViolations(shown)).toEqual([]);
    await page.getByRole('button', { name: 'Unieważnij: QGIS w terenie' }).click();
    await page.getByText('QGIS w terenie').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Dziennik działań' }).click();
    await page.getByLabel('Słowa w przedmiocie').fill('w terenie');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(2);
    expect(await page.locator('tbody tr').first().textContent()).toContain('token.ended');
    expect(await axeViolations(shown)).toEqual([]);
  }, 240_000);
});
