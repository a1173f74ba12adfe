/** The product as one file, on a machine without internet. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isRoot, newFolder, PROJECT } from '../support/product.ts';

/** Starts what lies here, asks for two doors and the page, and stops it; prints what it saw as JSON. */
const VISIT = `
const { spawn } = require('node:child_process');
const service = spawn('npm', ['start'], { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
const url = 'http://127.0.0.1:' + process.env.PORT;
const ask = (path) => fetch(url + path).then((reply) => reply.ok && reply.text(), () => false);
const seen = {};
(async () => {
  for (let turn = 0; turn < 240 && !(await ask('/ready')); turn++) await new Promise((next) => setTimeout(next, 500));
  seen.page = String(await ask('/')).includes('<title>');
  seen.features = String(await ask('/wfs?SERVICE=WFS&REQUEST=GetCapabilities')).includes('parcels');
  seen.command = require('node:child_process').spawnSync('npx', ['blizniak', '--help'], { encoding: 'utf8' }).status === 0;
  seen.outside = await fetch('https://example.org').then(() => true, () => false);
  process.kill(-service.pid, 'SIGTERM');
  service.on('exit', () => console.log('SEEN ' + JSON.stringify(seen)));
})();`;

describe.skipIf(!isRoot)('a bundle', () => {
  it('starts where there is no network and nothing of the checkout', () => {
    const folder = newFolder();
    chmodSync(folder, 0o755);
    execFileSync('npx', ['tsx', 'scripts/bundle.ts', '--out', folder], { cwd: PROJECT, stdio: 'ignore' });
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.tar.gz'));
    execFileSync('sha256sum', ['--check', `${file}.sha256`], { cwd: folder, stdio: 'ignore' });
    execFileSync('tar', ['--extract', '--file', join(folder, file), '--directory', folder]);
    const [unpacked = ''] = readdirSync(folder).filter((name) => /^blizniak-[\d.]+$/.test(name));
    const { stdout, stderr } = spawnSync(
      'unshare',
      ['--net', 'sh', '-c', 'ip link set lo up && exec node -e "$VISIT"'],
      {
        cwd: join(folder, unpacked),
        encoding: 'utf8',
        env: {
          ...{
            PATH: process.env['PATH'],
            HOME: folder,
            VISIT,
            PORT: '18080',
            MQTT_PORT: 'off',
            DEMO: 'none',
          },
          DATA_DIR: join(folder, 'data'),
        },
      },
    );
    const [, seen = ''] = /^SEEN (.*)$/m.exec(stdout) ?? [];
    expect(seen, stdout + stderr).toBe(
      JSON.stringify({ page: true, features: true, command: true, outside: false }),
    );
  }, 300_000);
});
