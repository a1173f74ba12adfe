#!/usr/bin/env node
/** The command line: `npx blizniak <command>`. One command is one file in `commands/`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { printConfig } from '../server/config.ts';
import { accountCommand } from './commands/account.ts';
import { checkCommand } from './commands/check.ts';
import { citeCommand } from './commands/cite.ts';
import { demoCommand } from './commands/demo.ts';
import { diffCommand } from './commands/diff.ts';
import { exportCommand } from './commands/export.ts';
import { loadCommand } from './commands/load.ts';
import { mappingCommand } from './commands/mapping.ts';
import { modelCommand } from './commands/model.ts';
import { orderCommand } from './commands/order.ts';
import { pullCommand } from './commands/pull.ts';
import { rerunCommand } from './commands/rerun.ts';
import { roadworksCommand } from './commands/roadworks.ts';
import { simulateCommand } from './commands/simulate.ts';
import { sitingCommand } from './commands/siting.ts';
import { sourceCommand } from './commands/source.ts';
import { startCommand } from './commands/start.ts';
import { trafficCommand } from './commands/traffic.ts';
import { EXIT, reportFailure } from './exit.ts';

if (existsSync('.env')) process.loadEnvFile('.env');

// From the sources the package lies one folder up, from dist/ two.
const manifest = ['..', join('..', '..')]
  .map((up) => join(import.meta.dirname, up, 'package.json'))
  .find((file) => existsSync(file));
const { version }: { version: string } = JSON.parse(readFileSync(manifest ?? '', 'utf8'));

const program = new Command('blizniak')
  .description('A city’s digital twin as one service.')
  .version(version)
  .option('--print-config', 'print the settings in force, secrets hidden, and end')
  .on('option:print-config', () => {
    process.stdout.write(printConfig(process.env));
    throw new CommanderError(0, 'blizniak.printConfig', '');
  })
  .exitOverride()
  .addHelpText('after', '\nSettings come from the environment and from .env; .env.example lists them all.');
const commands = [
  startCommand(),
  demoCommand(),
  loadCommand(),
  mappingCommand(),
  pullCommand(),
  diffCommand(),
  exportCommand(),
  orderCommand(),
  modelCommand(),
  roadworksCommand(),
  checkCommand(),
  rerunCommand(),
  simulateCommand(),
  accountCommand(),
  sourceCommand(),
  trafficCommand(),
  sitingCommand(),
  citeCommand(),
];
for (const command of commands) {
  program.addCommand(command.exitOverride());
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
  else process.exitCode = reportFailure(error);
}
