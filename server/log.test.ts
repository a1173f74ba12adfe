import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openLog } from './log.ts';

function capture(options: Omit<Parameters<typeof openLog>[0], 'stream'>) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  return { log: openLog({ ...options, stream }), written };
}

describe('the log', () => {
  it('writes one JSON object a line, with the level by name and the time', () => {
    const { log, written } = capture({ level: 'info', format: 'json' });
    log.child({ requestId: 'r1' }).info({ status: 200 }, 'answered');
    const line = JSON.parse(written.join(''));
    expect(line).toMatchObject({ level: 'info', requestId: 'r1', status: 200, msg: 'answered' });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(line).not.toHaveProperty('pid');
  });

  it('writes short lines for people, an error with its stack', () => {
    const { log, written } = capture({ level: 'info', format: 'lines' });
    log.warn({ port: 8080 }, 'port is taken');
    log.error({ err: new Error('boom') }, 'failed');
    expect(written[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}port is taken port=8080\n$/);
    expect(written[1]).toMatch(/error failed\n {2}Error: boom\n {4,}at /);
  });

  it('keeps quiet below its level', () => {
    const { log, written } = capture({ level: 'warn', format: 'json' });
    log.info({}, 'nothing');
    expect(written).toEqual([]);
  });

  it('hides connection strings', () => {
    const { log, written } = capture({ level: 'info', format: 'json' });
    log.error({ pool: { connectionString: 'postgres://a:tajne@b/c' } }, 'lost');
    expect(written.join('')).not.toContain('tajne');
  });
});
