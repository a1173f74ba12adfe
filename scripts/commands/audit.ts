import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError } from 'commander';
import { invalidParameter } from '../../core/errors.ts';
import { auditRowSchema } from '../../core/wire/audit.ts';
import {
  ChainCheck,
  type ChainFault,
  type ChainHead,
  type ChainReport,
} from '../../server/access/audit-chain.ts';
import { auditRows, verifyAudit } from '../../server/store/audit.ts';
import { EXIT } from '../exit.ts';
import { withDatabase } from '../with-database.ts';

interface VerifyFlags {
  readonly head?: ChainHead;
  readonly file?: string;
  readonly json?: true;
}

/** `audit`: checks the chain of who did what, and writes it out. */
export function auditCommand(): Command {
  const command = new Command('audit').description(
    'who did what, when and why: check the chain, write it out',
  );
  command
    .command('verify')
    .description('check that no row was changed, removed or moved; prints the head, to be kept elsewhere')
    .option(
      '--head <place:digest>',
      'what an earlier check printed: the chain must still lead through it',
      headOf,
    )
    .option('--file <path>', 'an export, in place of the database')
    .option('--json', 'print one JSON document')
    .action(async (flags: VerifyFlags) => {
      const report = await (flags.file === undefined
        ? withDatabase(({ pool, signal }) => verifyAudit(pool, signal, flags.head))
        : verifyFile(flags.file, flags.head));
      process.stdout.write(flags.json ? asJson(report) : inWords(report));
      if (report.faults.length > 0) process.exitCode = EXIT.failure;
    });
  command
    .command('export')
    .description('rows in order of the chain, one JSON document a line, to standard output')
    .option('--from <day>', 'first day, in Poland', dayOf)
    .option('--to <day>', 'last day', dayOf)
    .action((days: { readonly from?: string; readonly to?: string }) =>
      withDatabase(async ({ pool, signal }) => {
        for await (const rows of auditRows(pool, days, signal)) {
          const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
          if (!process.stdout.write(text)) await once(process.stdout, 'drain');
        }
      }),
    );
  return command;
}

/** An export may begin within the chain; then its first row is taken as it is. */
async function verifyFile(path: string, kept: ChainHead | undefined): Promise<ChainReport> {
  let check: ChainCheck | undefined;
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path, 'utf8') })) {
    line++;
    const row = auditRowSchema.safeParse(parsed(text, line));
    if (!row.success) throw invalidParameter('file', `Line ${line} of ${path} is no row of the audit`);
    const { place, digest } = row.data;
    if (!check && place > 1) check = new ChainCheck({ place, digest }, kept ? [kept] : []);
    else {
      check ??= new ChainCheck(undefined, kept ? [kept] : []);
      check.add(row.data);
    }
  }
  if (!check) throw invalidParameter('file', `${path} holds no rows`);
  return check.end();
}

function parsed(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParameter('file', `Line ${line} is not JSON`);
  }
}

const asJson = (report: ChainReport): string =>
  `${JSON.stringify({ command: 'audit verify', ok: report.faults.length === 0, ...report })}\n`;

function inWords({ rows, head, faults }: ChainReport): string {
  const told = faults.map((fault) => `✗ ${wordsOf(fault)}\n`).join('');
  const end = `Head, to be kept elsewhere: ${head.place}:${head.digest}\n`;
  return faults.length > 0
    ? `${told}${rows} rows, the chain is broken\n`
    : `${rows} rows, the chain is whole\n${end}`;
}

function wordsOf(fault: ChainFault): string {
  if (fault.kind === 'removed') {
    return fault.from === fault.to
      ? `row ${fault.from} was removed`
      : `rows ${fault.from} to ${fault.to} were removed`;
  }
  if (fault.kind === 'moved') return `row ${fault.place} was moved here from ${fault.writtenAt}`;
  if (fault.kind === 'rewritten')
    return `row ${fault.place} is not the one that was here: the chain was written anew`;
  return `row ${fault.place} was changed, or the digest of the row before it`;
}

function headOf(text: string): ChainHead {
  const [, place, digest] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (place !== undefined && digest !== undefined) return { place: Number(place), digest };
  throw new InvalidArgumentError('It must be a place and a digest as `audit verify` prints them.');
}

function dayOf(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('It must be a day such as 2026-06-30.');
}
