/** QGIS without a screen as a judge: what a surveyor's desk makes of the service. */
import { spawnSync } from 'node:child_process';
import { tool } from './outside-tools.ts';

const PYTHON = '/usr/bin/python3';
export const HAS_QGIS = spawnSync(PYTHON, ['-c', 'import qgis.core'], { stdio: 'ignore' }).status === 0;
/** For the names of tests that need it. */
export const QGIS_NOTE = HAS_QGIS ? '' : ' (skipped: python3-qgis is not installed)';
const MOST_CRASHES = 2;

/**
 * The answer that lines of Python put into `answer`; they find QGIS begun and `sys.argv[1:]` = args. QGIS itself, not
 * what it judges, now and then dies by a signal when its threads end ("The futex facility returned an unexpected
 * error code"): having said nothing it is asked again, at most twice. What it says, and any error, is taken at once.
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
  for (let crashes = 0; ; crashes++)
    try {
      return JSON.parse(await tool(PYTHON, ['-c', script, ...args], { QT_QPA_PLATFORM: 'offscreen' }));
    } catch (error) {
      const isCrash =
        error instanceof Error && 'signal' in error && /SIGABRT|SIGSEGV/.test(String(error.signal));
      if (!isCrash || crashes === MOST_CRASHES) throw error;
    }
}
