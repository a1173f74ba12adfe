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
const tookMs: number[] = [];
for (let move = 0; move < MOVES; move++) {
  const key = move % 2 === 0 ? 'ArrowRight' : 'ArrowUp';
  tookMs.push(
    await page.evaluate<number>(`new Promise((resolve) => {
      const began = performance.now();
      new PerformanceObserver((list, me) => {
        if (!list.getEntries().some(({ name }) => name.includes('/api/siting/preview'))) return;
        me.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
      }).observe({ type: 'resource' });
      const pressed = new KeyboardEvent('keydown', { key: '${key}', shiftKey: true, bubbles: true });
      document.querySelector('.siting-mark').dispatchEvent(pressed);
    })`),
  );
  await page.waitForTimeout(300);
}
await browser.close();
tookMs.sort((a, b) => a - b);
process.stdout.write(
  `A marker moved by a key, served and unserved on screen: median ${tookMs[MOVES >> 1]?.toFixed(0)} ms, slowest ${tookMs.at(-1)?.toFixed(0)} ms of ${MOVES}\n`,
);
