/**
 * How soon the screen tells whom a moved marker serves: `tsx scripts/bench/siting-screen.ts` beside a running service
 * (`BLIZNIAK_URL`). From the key that moves it to the frame after the answer.
 */
import { chromium } from 'playwright-core';

const MOVES = 20;
const url = process.env['BLIZNIAK_URL'] ?? 'http://127.0.0.1:8080';
const SITE = 'kind:nursery;aim:coverage;new:1;at:6427197_5809102';

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'pl-PL' });
await page.goto(`${url}/#view=2d&siting=${SITE}`);
await page.locator('.siting-mark').waitFor();
await page.locator('.siting-summary').waitFor();
await page.waitForLoadState('networkidle');
interface Took {
  readonly untilAskedMs: number;
  readonly untilAnsweredMs: number;
  readonly untilDrawnMs: number;
}
const took: Took[] = [];
for (let move = 0; move < MOVES; move++) {
  const key = move % 2 === 0 ? 'ArrowRight' : 'ArrowUp';
  took.push(
    await page.evaluate<Took>(`new Promise((resolve) => {
      const began = performance.now();
      new PerformanceObserver((list, me) => {
        const asked = list.getEntries().find(({ name }) => name.includes('/api/siting/preview'));
        if (!asked) return;
        me.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => resolve({
          untilAskedMs: asked.startTime - began,
          untilAnsweredMs: asked.responseEnd - began,
          untilDrawnMs: performance.now() - began,
        })));
      }).observe({ type: 'resource' });
      const pressed = new KeyboardEvent('keydown', { key: '${key}', shiftKey: true, bubbles: true });
      document.querySelector('.siting-mark').dispatchEvent(pressed);
    })`),
  );
  await page.waitForTimeout(300);
}
await browser.close();
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const told = (part: (each: Took) => number) => `${median(took.map(part)).toFixed(0)} ms`;
const slowestMs = Math.max(...took.map(({ untilDrawnMs }) => untilDrawnMs));
process.stdout.write(
  `A marker moved by a key, served and unserved on screen, median of ${MOVES}: ${told((each) => each.untilDrawnMs)} (asked after ${told((each) => each.untilAskedMs)}, answered in ${told((each) => each.untilAnsweredMs - each.untilAskedMs)}, drawn in ${told((each) => each.untilDrawnMs - each.untilAnsweredMs)}); slowest ${slowestMs.toFixed(0)} ms\n`,
);
