/** What a browser fetches and waits for until the layer list and the first picture of the plan stand. */
import { chromium } from 'playwright-core';

const RUNS = 5;
const url = process.env['BLIZNIAK_URL'] ?? 'http://127.0.0.1:8080';

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
});
const listMs: number[] = [];
let scriptBytes = 0;
for (let run = 0; run < RUNS; run++) {
  // A context of its own: nothing is cached.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'pl-PL' });
  const page = await context.newPage();
  const begun = performance.now();
  await page.goto(`${url}/#view=2d`, { waitUntil: 'commit' });
  await page.locator('.layer-row').first().waitFor();
  listMs.push(performance.now() - begun);
  scriptBytes = await page.evaluate<number>(
    `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
  );
  await context.close();
}
await browser.close();
listMs.sort((a, b) => a - b);
process.stdout.write(
  `JavaScript before the first list: ${(scriptBytes / 1000).toFixed(0)} kB as sent\n` +
    `First layer list, cold: median ${listMs[RUNS >> 1]?.toFixed(0)} ms, slowest ${listMs.at(-1)?.toFixed(0)} ms of ${RUNS}\n`,
);
