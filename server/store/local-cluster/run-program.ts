import { spawn } from 'node:child_process';

/** Whom a program runs as; undefined everywhere means "as this process". */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

export interface Outcome {
  /** Exit code; -1 when the program could not be started or was killed. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly as?: Account | undefined;
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** Called with each chunk of output, for long work that should be seen. */
  readonly onOutput?: (text: string) => void;
}

/** Runs a program with a bare environment to its end. Never rejects: a program that is not there is code -1. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd ?? '/',
      // Nothing of ours (PGDATA, PGPASSWORD, DATABASE_URL, locale) may reach the database's programs.
      env: {
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        LC_ALL: 'C.UTF-8',
        ...options.env,
      },
      ...(options.as ? { uid: options.as.uid, gid: options.as.gid } : {}),
      ...(options.timeoutMs ? { timeout: options.timeoutMs } : {}),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      options.onOutput?.(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      options.onOutput?.(text);
    });
    child.stdin.on('error', () => {}); // the program may end without reading
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => resolve({ code: -1, stdout, stderr: `${stderr}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}

/** The last lines of what a program said, for an error message. */
export function lastLines({ stdout, stderr }: Outcome, count = 6): string {
  const text = stderr.trim() === '' ? stdout : stderr;
  return text.trim().split('\n').slice(-count).join('\n');
}
