import { Command } from 'commander';
export function loadCommand(): Command {
  return new Command('load').description('load files');
}
