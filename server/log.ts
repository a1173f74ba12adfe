/** The log: JSON lines for machines, short lines for people, on one stream. */
import { type Logger, type LoggerOptions, pino } from 'pino';

export type Log = Logger;

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly format: 'auto' | 'json' | 'lines';
  /** Where lines go; default standard output. Commands that print a result there log to standard error. */
  readonly stream?: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** A structured logger. Fields come first, then a message of few words without values in it. */
export function openLog({ level, format, stream = process.stdout }: LogOptions): Log {
  const asLines = format === 'lines' || (format === 'auto' && stream.isTTY === true);
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    // A connection string in an error must not reach the log.
    redact: ['*.connectionString', '*.password', 'err.client', 'err.config'],
  };
  return pino(options, { write: (line: string) => stream.write(asLines ? shortLine(line) : line) });
}

/** `12:30:01 info  GET /wfs status=200 ms=12`, and an error's stack below. */
export function shortLine(json: string): string {
  const { level, time, msg, err, ...fields }: Record<string, unknown> = JSON.parse(json);
  const words = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const head = [String(time).slice(11, 19), String(level).padEnd(5), String(msg ?? ''), ...words].join(' ');
  const stack =
    err && typeof err === 'object' && 'stack' in err
      ? `\n  ${String(err.stack).replaceAll('\n', '\n  ')}`
      : '';
  return `${head}${stack}\n`;
}
