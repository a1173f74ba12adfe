/** Programs of GDAL of the machine, started without a shell. */
import { spawn } from 'node:child_process';
import { notSupported, unavailable } from '../../core/errors.ts';

/** What is kept of the words of a program. */
const KEPT_CHARACTERS = 2_000;
const LONGEST_ANSWER_CHARACTERS = 4_000_000;

/**
 * Runs a program to its end.
 * @param kind of files that it is needed for, in messages: `terrain`
 * @returns what it wrote on standard output
 * @throws TwinError unavailable where it is not installed, not-supported with what it says of the file; the signal's reason
 */
export async function runGdal(
  program: 'gdalinfo' | 'ogrinfo' | 'gdalbuildvrt' | 'gdalwarp' | 'gdal_translate',
  options: readonly string[],
  kind: string,
  signal: AbortSignal,
): Promise<string> {
  const child = spawn(program, options, { signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let [answer, said] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    answer = (answer + text).slice(0, LONGEST_ANSWER_CHARACTERS);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT_CHARACTERS);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    signal.throwIfAborted();
    if (error.code !== 'ENOENT') throw error;
    throw unavailable(`A ${kind} file needs ${program} (GDAL), which is not installed; install gdal-bin`);
  });
  signal.throwIfAborted();
  if (status !== 0) {
    throw notSupported(`GDAL cannot read the file: ${said.trim().split('\n')[0] ?? ''}; nothing was loaded`);
  }
  return answer;
}
