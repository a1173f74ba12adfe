import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SeriesReply } from '../../core/wire/live.ts';
import { axeViolations, restingBox, takeScreenshot, waitForStats } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';

const stage = useBrowserStage();

/** The stretch of time that the open chart says it shows, as its link keeps it. */
async function rangeInLink(page: Page): Promise<readonly [fromMs: number, toMs: number]> {
  await page.waitForURL((url) => /range=\d{4}/.test(url.hash));
  const [from = '', to = ''] = /range=([^&]+)/.exec(page.url())?.[1]?.split('..') ?? [];
  const range = [Date.parse(from), Date.parse(to)] as const;
  // The address follows a moving chart when it comes to rest.
  await page.waitForTimeout(500);
  return page.url().includes(`range=${from}..${to}`) ? range : rangeInLink(page);
}

/** The lines of a saved CSV file as cells. */
function cellsOf(text: string): string[][] {
  return text
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1] ?? m[2] ?? ''));
}

describe('a chart', () => {
  it('opens from a sensor, compares two over a week, and exports the numbers that the service gives', async () => {
    const shown = await stage.show('/#view=2d&pick=sensors/1', { viewport: { width: 1280, height: 800 } });
    const { page } = shown;
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/series\?datastream=1%2C4&/.test(request.url())) asked.push(request.url());
    });
    await page.locator('.card').getByRole('button', { name: 'Wykres' }).click();
    const chart = page.locator('.chart');
    await chart.locator('canvas').waitFor();
    await chart.getByRole('button', { name: 'Tydzień' }).click();
    await page.getByRole('button', { name: 'Na żywo' }).click();
    await page.locator('.live-row', { hasText: 'Osiedle domów' }).click();
    await page.locator('.card').getByRole('button', { name: 'Dodaj do wykresu' }).click();
    await expect.poll(() => chart.locator('.chart-curve').count()).toBe(2);
    await page.waitForURL((url) => /chart=1,4&range=week/.test(url.hash));
    await expect
      .poll(() => chart.locator('.chart-curve strong').allTextContents())
      .toEqual([expect.stringMatching(/\d.*µg/), expect.stringMatching(/\d.*µg/)]);
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'chart-week');

    const saving = page.waitForEvent('download');
    await chart.getByRole('button', { name: 'Pobierz CSV' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(/^blizniak-pm10-\d{4}-.*\.csv$/);
    const [head = [], ...lines] = cellsOf(readFileSync(await saved.path(), 'utf8'));
    const cell = (line: readonly string[], name: string) => line[head.indexOf(name)] ?? '';
    expect(new Set(lines.map((line) => cell(line, 'datastream')))).toEqual(new Set(['1', '4']));
    expect(new Set(lines.map((line) => cell(line, 'unit')))).toEqual(new Set(['µg/m³']));
    expect(cell(lines[0] ?? [], 'sensor')).toBe('Powietrze: Rynek');

    // The service, asked again for what the chart asked for, gives the same numbers.
    const reply = (await (await fetch(asked.at(-1) ?? '')).json()) as SeriesReply;
    const told = new Map<string, number | null | undefined>(
      reply.series.flatMap(({ datastream, t, value }) =>
        t.map((time, row) => [`${datastream} ${Date.parse(time)}`, value[row]] as const),
      ),
    );
    // A day of the demo city by hours, of either sensor.
    expect(lines.filter((line) => cell(line, 'value') !== '').length).toBeGreaterThanOrEqual(46);
    expect(new Set(lines.map((line) => cell(line, 'step')))).toEqual(new Set(['hour']));
    for (const line of lines) {
      const value = cell(line, 'value');
      const key = `${cell(line, 'datastream')} ${Date.parse(cell(line, 'time_utc'))}`;
      expect([key, value === '' ? null : Number(value)]).toEqual([key, told.get(key) ?? null]);
    }

    const painting = page.waitForEvent('download');
    await chart.getByRole('button', { name: 'Pobierz obraz PNG' }).click();
    const picture = readFileSync(await (await painting).path());
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.length).toBeGreaterThan(5_000);
  });

  it('is zoomed by the wheel about the pointer, moved by dragging and by keys, and its link reproduces it', async () => {
    const shown = await stage.show('/#view=2d&chart=1&range=day', { viewport: { width: 1280, height: 800 } });
    const { page } = shown;
    const drawing = page.locator('.chart-drawing');
    await page.locator('.chart canvas').waitFor();
    const over = await restingBox(page, '.chart .u-over');
    await page.mouse.move(over.x + over.width / 2, over.y + over.height / 2);
    await page.mouse.wheel(0, -400);
    const [from, to] = await rangeInLink(page);
    expect(to - from).toBeGreaterThan(8 * 3_600_000);
    expect(to - from).toBeLessThan(20 * 3_600_000);
    await page.mouse.down();
    await page.mouse.move(over.x + over.width / 2 + 200, over.y + over.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await rangeInLink(page))[0]).toBeLessThan(from - 3_600_000);
    const [dragged] = await rangeInLink(page);
    await drawing.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await rangeInLink(page))[0]).toBeGreaterThan(dragged);
    const [left, right] = await rangeInLink(page);
    await page.keyboard.press('+');
    await expect
      .poll(async () => {
        const [a, b] = await rangeInLink(page);
        return (b - a) / (right - left);
      })
      .toBeCloseTo(2 / 3, 1);
    const words = await page.locator('.chart-stretch').textContent();
    await page.reload();
    await expect.poll(() => page.locator('.chart-stretch').textContent()).toBe(words);
    await page.getByRole('button', { name: 'Tabela wartości wykresu' }).click();
    await expect.poll(() => page.locator('.chart-table tbody tr').count()).toBeGreaterThan(10);
    expect(await axeViolations(shown)).toEqual([]);
    await page.locator('.chart-table').focus();
    await page.keyboard.press('Escape');
    await page.locator('.chart').waitFor({ state: 'detached' });
  });

  it('says that nothing was measured and leads to what was, and tells a failure with the way on', async () => {
    const shown = await stage.show('/#view=2d&lang=en&chart=1&range=2020-01-01T00:00Z..2020-01-08T00:00Z', {
      viewport: { width: 1280, height: 800 },
      colorScheme: 'dark',
    });
    const { page } = shown;
    await page.getByText('There is no value in this stretch of time.').waitFor();
    await takeScreenshot(shown, 'chart-empty');
    await page.getByRole('button', { name: 'Show the last values' }).click();
    await expect.poll(() => page.locator('.chart-curve strong').textContent()).toMatch(/\d/);
    stage.expectProblems(/503|Failed to load/);
    await page.route('**/api/live/series*', (route) =>
      route.fulfill({ status: 503, body: '{"detail":"busy"}' }),
    );
    await page.locator('.chart').getByRole('button', { name: 'Year' }).click();
    await page.getByRole('alert').getByText('busy').waitFor();
    await takeScreenshot(shown, 'chart-failed');
    await page.unroute('**/api/live/series*');
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(await axeViolations(shown)).toEqual([]);
  });

  it('fits a phone', async () => {
    const time = new Date(Date.now() - 3 * 3_600_000).toISOString().slice(0, 16);
    const shown = await stage.show(`/#view=2d&chart=1,4&range=day&time=${time}Z`, {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    await shown.page.locator('.sheet .chart canvas').waitFor();
    const chip = shown.page.locator('.time-chip', { hasText: 'historia' });
    await chip.waitFor();
    expect(await shown.page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'chart-phone');
    await chip.click();
    await chip.waitFor({ state: 'detached' });
    await shown.page.waitForURL((url) => !url.hash.includes('time='));
  });
});

describe('time', () => {
  it('plays back a day, is never called live meanwhile, and ends in the present', async () => {
    const shown = await stage.show('/#view=2d', { viewport: { width: 1280, height: 800 } });
    const { page } = shown;
    await page.getByRole('button', { name: 'Na żywo' }).click();
    const bar = page.locator('.time-bar');
    await bar.getByText('na żywo', { exact: true }).waitFor();
    const now = await page.locator('.live-row .live-value').allTextContents();
    await bar.getByRole('combobox').selectOption('60');
    await bar.getByRole('button', { name: 'Odtwarzaj' }).click();
    await bar.getByText('historia', { exact: true }).waitFor();
    expect(await page.getByText('na żywo', { exact: true }).count()).toBe(0);
    const seen = new Set<string>();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await expect
      .poll(
        async () => {
          seen.add((await page.locator('.live-row .live-value').first().textContent()) ?? '');
          return seen.size;
        },
        { timeout: 60_000 },
      )
      .toBeGreaterThan(5);
    expect(asked.filter((path) => path === '/api/live/series')).toEqual([]);
    await takeScreenshot(shown, 'time-playing');
    await bar.getByRole('button', { name: 'Zatrzymaj' }).click();
    await page.waitForURL((url) => url.hash.includes('time='));
    expect(await axeViolations(shown)).toEqual([]);
    const slider = bar.getByRole('slider');
    const before = Number(await slider.inputValue());
    await slider.press('ArrowLeft');
    expect(Number(await slider.inputValue())).toBe(before - 1);
    await bar.getByRole('button', { name: '5 minut później' }).click();
    expect(Number(await slider.inputValue())).toBe(before);

    // What stands still is what the service tells of that moment.
    const timeInLink = () => /time=([^&]+)/.exec(page.url())?.[1] ?? '';
    const shownTime = (await page.locator('.time-bar time').getAttribute('datetime')) ?? '';
    await expect.poll(timeInLink).toContain(shownTime.slice(0, 16));
    const time = timeInLink();
    await page.reload();
    await expect
      .poll(() => page.locator('.time-bar time').getAttribute('datetime'))
      .toContain(time.slice(0, 16));
    await page.getByRole('button', { name: 'Na żywo' }).click();
    await page.locator('.time-bar').getByRole('button', { name: 'Wróć do teraz' }).click();
    await page.locator('.time-bar').getByText('na żywo', { exact: true }).waitFor();
    await expect.poll(() => page.locator('.live-row .live-value').allTextContents()).toEqual(now);
  });

  it('goes along with a day of the registers, and back', async () => {
    const shown = await stage.show('/#view=2d&at=2026-01-15&lang=en', {
      viewport: { width: 1280, height: 800 },
    });
    const { page } = shown;
    await page.locator('.time-bar time', { hasText: '15 Jan 2026' }).waitFor();
    await page.locator('.city-banner').getByRole('button', { name: /today/i }).click();
    await page.locator('.time-bar').waitFor({ state: 'detached' });
    await expect.poll(() => page.url()).not.toContain('time=');
  });
});

describe('on the globe', () => {
  it('a sensor is where the ground is, and a click on it opens its card', async () => {
    const shown = await stage.show('/#view=3d&eye=16.9296615,52.4100528,420,0,-89.9', {
      viewport: { width: 800, height: 600 },
    });
    const { page } = shown;
    await waitForStats(shown, ({ globeIdle }) => globeIdle);
    await expect
      .poll(
        async () => {
          const globe = await page.locator('#globe').boundingBox();
          if (globe) await page.mouse.click(globe.x + globe.width / 2, globe.y + globe.height / 2);
          return page.url();
        },
        { timeout: 60_000, interval: 2_000 },
      )
      .toContain('pick=sensors/5');
    await takeScreenshot(shown, 'live-globe');
  });
});
