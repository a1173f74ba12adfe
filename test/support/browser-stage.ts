import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openBrowser, type Visit, visit } from './browser.ts';
import { type DemoService, startDemoService } from './demo-service.ts';

export interface BrowserStage {
  /** Of the service, without a trailing slash. Both exist from the first test on. */
  readonly url: string;
  readonly browser: Browser;
  /** The Authorization header of the staff account. */
  readonly staff: string;
  /** Its password, for those who type it. */
  readonly staffPassword: string;
  readonly databaseUrl: string;
  /** Opens a page of the service; after the test it is closed and must have met no problem and no foreign host. */
  show(address: string, options?: Parameters<typeof visit>[2]): Promise<Visit>;
  /** Signs staff in on a page, and waits until the dialog is gone: nobody can type behind it. */
  signIn(visit: Visit): Promise<void>;
  /** Makes an account for another person, with the rights of staff; its Authorization header. */
  addAccount(name: string): string;
  /** Says that the page on show meets problems like this one on purpose. */
  expectProblems(like: RegExp): void;
}

/** The built product with the demo city and a browser, for the tests of the file that calls this. */
export function useBrowserStage(): BrowserStage {
  let service: DemoService;
  let browser: Browser;
  let open: Visit | undefined;
  let expected: RegExp | undefined;

  beforeAll(async () => {
    [service, browser] = await Promise.all([startDemoService(), openBrowser()]);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  afterEach(async () => {
    const [problems, foreign] = [open?.problems() ?? [], open?.foreignRequests() ?? []].map((met) =>
      met.filter((problem) => !expected?.test(problem)),
    );
    await open?.close();
    [open, expected] = [undefined, undefined];
    expect(problems).toEqual([]);
    expect(foreign).toEqual([]);
  });

  return {
    get url() {
      return service.url;
    },
    get staff() {
      return service.staff;
    },
    get browser() {
      return browser;
    },
    get databaseUrl() {
      return service.databaseUrl;
    },
    get staffPassword() {
      return service.staffPassword;
    },
    async show(address, options = {}) {
      open = await visit(browser, `${service.url}${address}`, options);
      return open;
    },
    async signIn({ page }) {
      await page.locator('.account').click();
      await page.getByLabel('Nazwa').fill('staff');
      await page.getByLabel('Hasło').fill(service.staffPassword);
      await page.keyboard.press('Enter');
      await page.locator('.account.signed-in').waitFor();
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
    },
    addAccount(name) {
      const said = execFileSync('node', ['dist/scripts/blizniak.js', 'account', name], {
        env: { ...process.env, DATABASE_URL: service.databaseUrl },
        encoding: 'utf8',
      });
      const [, password = ''] = /password (\S+)/.exec(said) ?? [];
      return `Basic ${btoa(`${name}:${password}`)}`;
    },
    expectProblems(like) {
      expected = like;
    },
  };
}
