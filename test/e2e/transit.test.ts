import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeViolations, takeScreenshot } from '../support/browser.ts';
import { useBrowserStage } from '../support/browser-stage.ts';
import { decodePicture } from '../support/decoded-picture.ts';

const stage = useBrowserStage();

interface Told {
  readonly vehicles: readonly {
    readonly id: string;
    readonly line: string;
    readonly headsign: string;
    readonly status: string;
    readonly delayS: number | null;
  }[];
}
const vehicles = async (): Promise<Told['vehicles']> =>
  ((await (await fetch(`${stage.url}/api/live/vehicles`)).json()) as Told).vehicles;

/** The opaque colour that most pixels of the sheet of vehicles have. */
const commonestOnSheet = (page: Page): Promise<{ colour: readonly number[]; count: number }> =>
  page.evaluate(`(() => {
    const sheet = document.querySelector('.vehicle-sheet');
    const { data } = sheet.getContext('2d').getImageData(0, 0, sheet.width, sheet.height);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] !== 255) continue;
      const colour = data.subarray(at, at + 3).join();
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    const [colour = '', count = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
    return { colour: colour.split(',').map(Number), count };
  })()`);

/** How many pixels of a colour the page has as somebody sees it. */
async function pixelsOf(page: Page, colour: readonly number[]): Promise<number> {
  const { widthPx, heightPx, at } = await decodePicture(await page.screenshot());
  let count = 0;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const pixel = at(x, y);
      if (colour.every((value, n) => pixel[n] === value)) count++;
    }
  }
  return count;
}

/** A vehicle that tells its delay and goes on, with its next stop: at the end of its line it has none. */
/** At night a few buses run: one that goes on may be a minute away. */
const LONGEST_WAIT_MS = 90_000;

async function vehicleAhead() {
  for (const end = Date.now() + LONGEST_WAIT_MS; Date.now() < end; ) {
    for (const vehicle of await vehicles()) {
      const { nextStops = [] } = (await (
        await fetch(`${stage.url}/api/live/vehicles/${vehicle.id}`)
      ).json()) as {
        // A vehicle may be gone when it is asked about.
        nextStops?: readonly { stopId: string }[];
      };
      const [next, after] = nextStops;
      if (vehicle.delayS !== null && next && after) return { vehicle, stopId: next.stopId };
    }
    await new Promise((done) => setTimeout(done, 1_000));
  }
  throw new Error('Every vehicle is at the end of its line, or says no delay');
}

describe('public transport', () => {
  it('moves on the plan, and the card of a vehicle says where it goes and how late it is', async () => {
    await expect.poll(async () => (await vehicles()).length, { timeout: 30_000 }).toBeGreaterThan(0);
    const { vehicle } = await vehicleAhead();
    const shown = await stage.show(`/#view=2d&scale=20000&n=5809100&e=6427200&pick=vehicles/${vehicle.id}`, {
      viewport: { width: 1280, height: 800 },
    });
    const { page } = shown;
    const card = page.locator('.card');
    await card.getByText(`kierunek ${vehicle.headsign}`).waitFor();
    await card.getByText(/punktualnie|min opóźnienia|min przed czasem/).waitFor();
    expect(await card.locator('.line-badge').first().textContent()).toBe(vehicle.line);
    await card.getByText('Następne przystanki').waitFor();
    const picture = (): Promise<string> =>
      page.evaluate(`document.querySelector('.vehicle-sheet').toDataURL()`);
    await expect.poll(async () => (await picture()).length, { timeout: 10_000 }).toBeGreaterThan(3_000);
    // What is drawn on a sheet that nobody sees is no vehicle: the page itself must show its pixels.
    const drawn = await commonestOnSheet(page);
    const seen = await pixelsOf(page, drawn.colour);
    await page.evaluate(`document.querySelector('.vehicle-sheet').style.visibility = 'hidden'`);
    const seenWithout = await pixelsOf(page, drawn.colour);
    await page.evaluate(`document.querySelector('.vehicle-sheet').style.visibility = ''`);
    expect(seen - seenWithout).toBeGreaterThan(drawn.count / 3);
    const before = await picture();
    await expect.poll(async () => (await picture()) !== before, { timeout: 30_000 }).toBe(true);
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'transit-vehicle');
  });

  it('tells the next departures of a stop, live or by the timetable, and leads to the vehicle', async () => {
    const { stopId: stop } = await vehicleAhead();
    const shown = await stage.show(`/#view=2d&lang=en&pick=stops/${stop}`, {
      colorScheme: 'dark',
    });
    const { page } = shown;
    const departures = page.locator('.transit-departures');
    await departures.locator('.transit-departure').first().waitFor();
    for (const text of await departures.locator('li').allTextContents()) {
      expect(text).toMatch(/(live|timetable|cancelled).*(now|min|\d\d:\d\d)/);
    }
    await departures.locator('button.transit-departure').first().press('Enter');
    await page.locator('.card .transit-title').waitFor();
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'transit-dark');
  });

  it('lists vehicles for the keyboard and can hide them, on a phone too', async () => {
    const shown = await stage.show('/#view=2d', {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    const { page } = shown;
    await page.getByRole('button', { name: 'Na żywo' }).first().click();
    const section = page.locator('.transit-section');
    await section.getByText(/pojazd\S* na trasie/).waitFor();
    await section.getByText('Lista pojazdów').press('Enter');
    await section.locator('.transit-departure').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await axeViolations(shown)).toEqual([]);
    await takeScreenshot(shown, 'transit-phone');
    await section.getByRole('checkbox').click();
    await section.getByText(/pojazd\S* na trasie/).waitFor({ state: 'detached' });
  });
});
