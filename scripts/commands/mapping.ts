import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { proposeFor } from '../../server/exchange/sketch-tables.ts';
import { interruptible, reportFailure } from '../exit.ts';

interface ProposeFlags {
  readonly layer: string;
  readonly source?: string;
  readonly out?: string;
}

/** `mapping propose`: a first mapping for a file in columns of its own, to be corrected by hand. */
export function mappingCommand(): Command {
  return new Command('mapping').description('how columns of a file become properties of a layer').addCommand(
    new Command('propose')
      .description(
        'match the columns of a GeoJSON, GeoPackage, Shapefile, FlatGeobuf or CSV to a layer by their names; what is left to decide is said on standard error',
      )
      .argument('<file>', 'the file; its first thousand rows are looked at')
      .requiredOption('--layer <name>', 'layer of the catalogue, as trees')
      .option('--source <name>', 'layer within the file, where it holds several')
      .option('--out <file>', 'where to write the mapping (default: standard output)')
      .action(async (path: string, flags: ProposeFlags) => {
        try {
          await propose(path, flags);
        } catch (error) {
          process.exitCode = reportFailure(error);
        }
      }),
  );
}

async function propose(path: string, { layer, source, out }: ProposeFlags): Promise<void> {
  const { signal, release } = interruptible();
  try {
    const { mapping, remarks } = await proposeFor({ path, crs: undefined, signal }, layer, source);
    const text = `${JSON.stringify(mapping, undefined, 2)}\n`;
    if (out === undefined) process.stdout.write(text);
    else await writeFile(out, text);
    for (const remark of remarks) process.stderr.write(`${remark}\n`);
  } finally {
    release();
  }
}
