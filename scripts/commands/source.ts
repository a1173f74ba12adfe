import { Command } from 'commander';
import { invalidParameter } from '../../core/errors.ts';
import { newSourceSchema, offerAskSchema, SOURCE_KINDS } from '../../core/wire/cascade.ts';
import { openCascade } from '../../server/cascade/open-cascade.ts';
import type { Cascade } from '../../server/services/cascade.ts';
import { withDatabase } from '../with-database.ts';

/** Whoever may use the database may do what staff may. */
const OPERATOR = { who: 'command-line', roles: ['staff'] } as const;

interface AddFlags {
  readonly url: string;
  readonly kind?: string;
  readonly wmsVersion?: string;
  readonly layer?: readonly string[];
  readonly title?: string;
  readonly owner?: string;
  readonly licence?: string;
  readonly freshness?: string;
  readonly json?: true;
}

/** `source`: layers of somebody else's services in the catalogue. */
export function sourceCommand(): Command {
  const command = new Command('source').description(
    'layers of outside services (WMS, WMTS, WFS, OGC API – Features) in the catalogue',
  );
  command
    .command('add')
    .description('take layers of a service into the catalogue, in place of those taken under this name')
    .argument('<name>', 'small letters, digits and underscores')
    .requiredOption('--url <address>', 'of the service')
    .option('--kind <kind>', `${SOURCE_KINDS.join(', ')} (default: what its capabilities turn out to be)`)
    .option('--wms-version <version>', '1.1.1 for a WMS whose axes in 1.3.0 are wrong')
    .option('--layer <name...>', 'as the service calls them (default: none; what it offers is told)')
    .option('--title <words>', 'of the source (default: what it says)')
    .option('--owner <words>', 'who answers for the data (default: what it says)')
    .option('--licence <words>', 'on which terms they may be used (default: what it says)')
    .option('--freshness <seconds>', 'how long answers are new where the service does not say', '3600')
    .option('--json', 'print one JSON document')
    .action(async (name: string, flags: AddFlags) => {
      process.stdout.write(await withCascade((cascade) => add(cascade, name, flags)));
    });
  command
    .command('list')
    .description('sources, their layers, and how each fared when that last changed')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { readonly json?: true }) => {
      process.stdout.write(await withCascade((cascade) => list(cascade, json === true)));
    });
  command
    .command('remove')
    .description('take the layers of a source out of the catalogue')
    .argument('<name>')
    .action(async (name: string) => {
      await withCascade((cascade) => cascade.remove(name, OPERATOR));
      process.stdout.write(`Outside source "${name}" removed\n`);
    });
  return command;
}

const withCascade = <T>(work: (cascade: Cascade) => Promise<T>): Promise<T> =>
  withDatabase(({ pool, config, log }) =>
    work(
      openCascade({
        ...{ pool, privateHosts: config.cascadePrivateHosts },
        onFault: (error) => log.warn({ err: error }, 'the state of an outside source could not be kept'),
      }),
    ),
  );

async function add(cascade: Cascade, name: string, flags: AddFlags): Promise<string> {
  const { url, kind, wmsVersion: version, layer: layers, freshness, title, owner, licence } = flags;
  const where = checked(offerAskSchema.safeParse({ url, kind, version }));
  if (!layers) return offered(await cascade.offer(where, OPERATOR), flags.json === true);
  const asked = { ...where, layers, title, owner, licence, freshnessS: Number(freshness) };
  const saved = await cascade.save(name, checked(newSourceSchema.safeParse(asked)), OPERATOR);
  if (flags.json) return `${JSON.stringify({ command: 'source add', ok: true, ...saved })}\n`;
  const named = saved.layers.map((layer) => `  ${layer.name}: ${layer.title}\n`).join('');
  return `Outside source "${name}" (${saved.kind}, owner: ${saved.owner.en}, licence: ${saved.licence.en})\n${named}`;
}

function checked<T>(
  parsed:
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly message: string; readonly path: readonly PropertyKey[] }[];
        };
      },
): T {
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidParameter(String(issue?.path[0] ?? 'source'), `${String(issue?.path[0])}: ${issue?.message}`);
}

function offered(offer: Awaited<ReturnType<Cascade['offer']>>, json: boolean): string {
  if (json) return `${JSON.stringify({ command: 'source add', ok: true, ...offer })}\n`;
  const layers = offer.layers.map(({ remote, title }) => `  ${remote}: ${title}\n`).join('');
  return `${offer.title} (${offer.kind}) offers these layers; name some with --layer:\n${layers}`;
}

async function list(cascade: Cascade, json: boolean): Promise<string> {
  const sources = await cascade.list(OPERATOR);
  if (json) return `${JSON.stringify({ command: 'source list', ok: true, sources })}\n`;
  if (sources.length === 0) return 'There are no outside sources\n';
  return sources
    .map(({ name, kind, url, layers, state }) => {
      const since = state.since === null ? '' : ` since ${state.since}`;
      const why = state.reason === null ? '' : `: ${state.reason}`;
      const named = layers.map((layer) => `  ${layer.name}: ${layer.title}\n`).join('');
      return `${name} (${kind}) ${url}\n  ${state.state}${since}${why}\n${named}`;
    })
    .join('');
}
