#!/usr/bin/env node
/** The command line: `npx blizniak <command>`. One command is one file in `commands/`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { printConfig } from '../server/config.ts';
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
/** In the order in which they are told. Each pulls in a part of the house, so that only what is asked for is read. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).startCommand(),
  demo: async () => (await import('./commands/demo.ts')).demoCommand(),
  load: async () => (await import('./commands/load.ts')).loadCommand(),
  mapping: async () => (await import('./commands/mapping.ts')).mappingCommand(),
  pull: async () => (await import('./commands/pull.ts')).pullCommand(),
  diff: async () => (await import('./commands/diff.ts')).diffCommand(),
  export: async () => (await import('./commands/export.ts')).exportCommand(),
  order: async () => (await import('./commands/order.ts')).orderCommand(),
  model: async () => (await import('./commands/model.ts')).modelCommand(),
  roadworks: async () => (await import('./commands/roadworks.ts')).roadworksCommand(),
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  rerun: async () => (await import('./commands/rerun.ts')).rerunCommand(),
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand(),
  account: async () => (await import('./commands/account.ts')).accountCommand(),
  audit: async () => (await import('./commands/audit.ts')).auditCommand(),
  backup: async () => (await import('./commands/backup.ts')).backupCommand(),
  restore: async () => (await import('./commands/backup.ts')).restoreCommand(),
  source: async () => (await import('./commands/source.ts')).sourceCommand(),
  traffic: async () => (await import('./commands/traffic.ts')).trafficCommand(),
  siting: async () => (await import('./commands/siting.ts')).sitingCommand(),
  cite: async () => (await import('./commands/cite.ts')).citeCommand(),
  'cite-wfs': async () => (await import('./commands/cite-wfs.ts')).citeWfsCommand(),
};
const [, , first = ''] = process.argv;
const asked = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
for (const command of asked ? [asked] : Object.values(COMMANDS)) {
  program.addCommand((await command()).exitOverride());
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
  else process.exitCode = reportFailure(error);
}
