/** QGIS without a screen as a judge: what a surveyor's desk makes of the service. */
import { spawnSync } from 'node:child_process';
import { tool } from './outside-tools.ts';

const PYTHON = '/usr/bin/python3';
export const HAS_QGIS = spawnSync(PYTHON, ['-c', 'import qgis.core'], { stdio: 'ignore' }).status === 0;
/** For the names of tests that need it. */
export const QGIS_NOTE = HAS_QGIS ? '' : ' (skipped: python3-qgis is not installed)';
const MOST_CRASHES = 2;
/** Several times what it needs, and twice that is less than a test may take. */
const LONGEST_MS = 54_000;

/**
 * The answer that lines of Python put into `answer`; they find QGIS begun and `sys.argv[1:]` = args. QGIS itself, not
 * what it judges, now and then dies by a signal when its threads end ("The futex facility returned an unexpected
 * error code"), or waits for one of them for ever: having said nothing it is asked again, at most twice, and once when it
 * waited. What it says, and any error, is taken at once. A service that does not answer fails every time.
 */
export async function askQgis<Answer>(lines: string, args: readonly string[]): Promise<Answer> {
  const script = `
import json, os, sys
from qgis.core import *
from qgis.PyQt.QtCore import QSize
application = QgsApplication([], False)
application.initQgis()
${lines.trim()}
print(json.dumps(answer))
sys.stdout.flush()
# Leaving by way of QGIS now and then crashes when its threads end after what they use: all is said already.
os._exit(0)`;
  const offscreen = { QT_QPA_PLATFORM: 'offscreen' };
  let hasWaited = false;
  for (let crashes = 0; ; crashes++)
    try {
      return JSON.parse(await tool(PYTHON, ['-c', script, ...args], offscreen, '', LONGEST_MS));
    } catch (error) {
      const signal = error instanceof Error && 'signal' in error ? String(error.signal) : '';
      const isCrash = /SIGABRT|SIGSEGV/.test(signal);
      const waits = signal === 'SIGTERM' && !hasWaited;
      if (waits) hasWaited = true;
      if ((!isCrash && !waits) || crashes === MOST_CRASHES) throw error;
    }
}
