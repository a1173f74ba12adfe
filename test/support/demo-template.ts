/** Where the files of one run of tests keep the demo district that they share; the run is named by the process that leads it. */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropDatabase } from './test-server.ts';

export const demoTemplateName = (run: number): string => `blizniak_demo_${run}`;
export const demoTemplateFolder = (run: number): string => join(tmpdir(), `blizniak-demo-${run}`);

/** Deletes what a run of tests shared. */
export async function dropDemo(server: string, run: number): Promise<void> {
  await dropDatabase(server, demoTemplateName(run));
  rmSync(demoTemplateFolder(run), { recursive: true, force: true });
}
