/** Chromium as the browser tests use it: software graphics, nothing of its own to say to the network. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { ViewerStats } from '../../viewer/state/stats.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const SOFTWARE_WEBGL = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  // Only WebGL is drawn by the software GPU: pages and 2D canvases are painted and put together ten times faster without.
  '--disable-gpu-rasterization',
  '--disable-accelerated-2d-canvas',
  '--disable-gpu-compositing',
];
const NO_WEBGL = ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis'];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const RESTING_MS = 20_000;
const SCREENSHOTS = resolve(import.meta.dirname, '..', 'e2e', 'screenshots');

export function openBrowser({ webgl = true } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [...FLAGS, ...(webgl ? SOFTWARE_WEBGL : NO_WEBGL)],
  });
}

/** `CHROMIUM`, else the first that stands in PATH. */
function chromiumPath(): string {
  const given = process.env['CHROMIUM'];
  if (given) return given;
  for (const name of NAMES) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // Not this one.
    }
  }
  throw new Error(
    `No browser found: install chromium (looked for ${NAMES.join(', ')} in PATH) or set CHROMIUM`,
  );
}

/** A page that remembers everything that went wrong on it, and whom it asked. */
export interface Visit {
  readonly page: Page;
  /** Console errors and warnings, uncaught errors, failed requests and answers of 400 and above. */
  problems(): readonly string[];
  /** Addresses asked for outside the service. */
  foreignRequests(): readonly string[];
  stats(): Promise<ViewerStats>;
  close(): Promise<void>;
}

/** Opens an address of the service in a fresh context. Polish, light, 800×600 unless told otherwise. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 800, height: 600 },
    locale: 'pl-PL',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  const foreign: string[] = [];
  const { origin } = new URL(url);
  page.on('console', (message) => {
    // The browser's own word on how long software graphics take to read back is none of ours. OpenLayers tries once
    // which way of reading is the quicker one, and is told so for the slower one.
    const isBrowsers = /GPU stall due to ReadPixels|Canvas2D: Multiple readback/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isBrowsers) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // Tiles that scrolled out of sight are called off on purpose.
    if (reason !== 'net::ERR_ABORTED') problems.push(`${reason} ${request.url()}`);
  });
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (!['blob:', 'data:'].includes(asked.protocol) && asked.origin !== origin) foreign.push(request.url());
  });
  await page.goto(url);
  return {
    page,
    problems: () => problems,
    foreignRequests: () => foreign,
    stats: () => page.evaluate<ViewerStats>('window.blizniak?.stats()'),
    close: () => context.close(),
  };
}

/** Waits until the numbers of `window.blizniak.stats()` satisfy a condition. */
export async function waitForStats(
  { stats }: Visit,
  isMet: (now: ViewerStats) => boolean,
  timeoutMs = 120_000,
): Promise<ViewerStats> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const now = await stats();
    if (now && isMet(now)) return now;
    if (Date.now() > end) throw new Error(`Still ${JSON.stringify(now)} after ${timeoutMs} ms`);
    await new Promise((done) => setTimeout(done, 250));
  }
}

/** Waits until the link of the page says something: what is shown is on the page a moment before it is in the link. */
export const waitForLink = ({ page }: Visit, said: string): Promise<void> =>
  page.waitForURL((url) => url.href.includes(said));

/** Writes a picture of the page under `test/e2e/screenshots` (not kept in git). */
export async function takeScreenshot({ page }: Visit, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), timeout: 120_000 });
}

/** Which part of the pixels of an element (0–1) has a colour like these, by its channels of 0–255. */
export async function shareOfColours(
  { page }: Visit,
  selector: string,
  isLike: (rgb: readonly [number, number, number]) => boolean,
): Promise<number> {
  const png = await page.locator(selector).screenshot({ timeout: 120_000 });
  const rgba = await page.evaluate<string>(`(${READ_PIXELS})(${JSON.stringify(png.toString('base64'))})`);
  const data = Buffer.from(rgba, 'base64');
  let found = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (isLike([data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0])) found++;
  }
  return found / (data.length / 4);
}

const READ_PIXELS = `async (base64) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + base64;
  await image.decode();
  // A quarter of the width tells as much and is quicker handed over.
  const [width, height] = [image.width / 4, image.height / 4].map(Math.floor);
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0, width, height);
  let text = '';
  for (const value of context.getImageData(0, 0, width, height).data) text += String.fromCharCode(value);
  return btoa(text);
}`;

/** How many different colours (to 5 bits each) an element shows: one on a blank picture, hundreds on a map. */
export async function countColours({ page }: Visit, selector: string): Promise<number> {
  const png = await page.locator(selector).screenshot({ timeout: 120_000 });
  return page.evaluate<number>(`(${COUNT_COLOURS})(${JSON.stringify(png.toString('base64'))})`);
}

// Code of the page is text here: the tests are compiled without the browser's types.
const COUNT_COLOURS = `async (base64) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + base64;
  await image.decode();
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) {
    seen.add(((data[i] >> 3) << 10) | ((data[i + 1] >> 3) << 5) | (data[i + 2] >> 3));
  }
  return seen.size;
}`;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Breaches of WCAG 2.1 A and AA that axe finds on the page, as `rule: element`. */
export async function axeViolations({ page }: Visit): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(RUN_AXE);
}

const RUN_AXE = `axe
  .run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })
  .then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))),
  )`;

/** The rectangle of an element once it has an area and stays where it is: what is still being laid out can not be pointed at. */
export async function restingBox(page: Page, selector: string): Promise<Box> {
  const end = Date.now() + RESTING_MS;
  for (let last = ''; Date.now() < end; await page.waitForTimeout(100)) {
    const box = await page.locator(selector).boundingBox();
    const now = JSON.stringify(box);
    if (box && now === last) return box;
    last = now;
  }
  throw new Error(`${selector} has no rectangle that stays where it is`);
}

/** In CSS pixels from the upper left corner of the window. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
