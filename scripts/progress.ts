/** Progress for people, on standard error: a bar on a terminal, plain lines elsewhere. */
import type { Progress } from '../server/lifecycle/progress.ts';

interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const BAR_WIDTH = 24;
const REDRAW_EVERY_MS = 100;
/** Without a terminal: one line for each quarter of a long step. */
const QUARTER = 0.25;

/** Shows steps as they come; what is drawn is only ever what was reported. */
export function openProgress(
  screen: Screen = process.stderr,
  now: () => number = Date.now,
): Progress & { end(): void } {
  let step: { title: string; since: number; shown: number; drawnAt: number } | undefined;
  const live = screen.isTTY === true;
  const wipe = live ? '\r\x1b[2K' : '';

  const draw = (text: string) => {
    const width = (screen.columns ?? 80) - 1;
    screen.write(`${wipe}${text.length > width ? `${text.slice(0, width - 1)}…` : text}`);
  };
  const finish = () => {
    if (!step) return;
    screen.write(`${wipe}✓ ${step.title} (${seconds(now() - step.since)})\n`);
    step = undefined;
  };
  return {
    step(title) {
      finish();
      step = { title, since: now(), shown: 0, drawnAt: 0 };
      if (live) draw(`  ${title} …`);
      else screen.write(`  ${title} …\n`);
    },
    count(done, total) {
      if (!step || total <= 0) return;
      const fraction = Math.min(1, done / total);
      if (live) {
        if (now() - step.drawnAt < REDRAW_EVERY_MS && fraction < 1) return;
        step.drawnAt = now();
        draw(`  ${step.title} ${bar(fraction)} ${percent(fraction)} · ${grouped(done)} / ${grouped(total)}`);
      } else if (fraction - step.shown >= QUARTER) {
        step.shown = Math.floor(fraction / QUARTER) * QUARTER;
        screen.write(`  ${step.title}: ${percent(fraction)} (${grouped(done)} of ${grouped(total)})\n`);
      }
    },
    note(message) {
      screen.write(`${wipe}  ${message}\n`);
    },
    ready(message) {
      finish();
      screen.write(`${wipe}✓ ${message}\n`);
    },
    end() {
      if (step && live) screen.write('\n');
      step = undefined;
    },
  };
}

const bar = (fraction: number) => '█'.repeat(Math.round(fraction * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
/** Never 100 % before the end. */
const percent = (fraction: number) => `${Math.floor(fraction * 100)} %`;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
