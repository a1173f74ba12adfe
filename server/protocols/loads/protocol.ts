/** `/api/loads`: files that staff hand in, looked through first and loaded then, with everything that was found. */
import { loadReportDocument } from '../../../core/documents/load-report.ts';
import { invalidParameter, missingParameter, notFound } from '../../../core/errors.ts';
import type { Text } from '../../../core/feature/layer.ts';
import { type DataLoad, type FindingPage, newLoadSchema } from '../../../core/wire/load.ts';
import { requireRight } from '../../access/require-right.ts';
import { documentReply } from '../../http/document-reply.ts';
import { jsonReply } from '../../http/json.ts';
import { parseWhole, readKvp } from '../../http/kvp.ts';
import { chooseLanguage } from '../../http/negotiate.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { rejectedReply } from './rejected-files.ts';

const PREFIX = '/api/loads';
const UNKEPT = { 'cache-control': 'no-store' };
export const MOST_FINDINGS = 1_000;
/** Of findings in a document for people; the others are counted, and told by the other forms. */
const IN_DOCUMENT = 500;

export function loads(
  { loads: offered, documents }: Pick<Services, 'loads' | 'documents'>,
  city: { readonly name: Text },
): Protocol {
  const one = `${PREFIX}/:load`;
  const told = (load: DataLoad, more: Readonly<Record<string, string>> = {}) =>
    jsonReply(load, { ...UNKEPT, ...more });
  return {
    name: 'loads',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: PREFIX,
        handle: async ({ view }) => jsonReply({ loads: await offered.list(view.who) }, UNKEPT),
      },
      {
        method: 'POST',
        path: PREFIX,
        takesStream: true,
        handle: async (ask) => {
          requireRight(ask.view.who, 'load');
          const { stream } = ask;
          if (!stream) throw missingParameter('body', 'The body is the file; send its bytes as they are');
          const load = await offered.receive(newLoadOf(ask.query), stream, ask.view.who);
          return { ...told(load, { location: `${ask.publicUrl}${PREFIX}/${load.id}` }), status: 202 };
        },
      },
      {
        method: 'GET',
        path: one,
        handle: async (ask) => told(await offered.read(idOf(ask), ask.view.who)),
      },
      {
        method: 'DELETE',
        path: one,
        handle: async (ask) => told(await offered.cancel(idOf(ask), ask.view.who)),
      },
      {
        method: 'POST',
        path: `${one}/take`,
        handle: async (ask) => ({ ...told(await offered.take(idOf(ask), ask.view.who)), status: 202 }),
      },
      {
        method: 'GET',
        path: `${one}/mapping`,
        handle: async (ask) => {
          const { layer, source } = knownOf(ask.query, ['layer', 'source']);
          return jsonReply(await offered.propose(idOf(ask), { layer, source }, ask.view.who), UNKEPT);
        },
      },
      {
        method: 'PUT',
        path: `${one}/mapping`,
        handle: async (ask) => {
          const { crs } = knownOf(ask.query, ['crs']);
          const mapping = new TextDecoder().decode(ask.body);
          return { ...told(await offered.map(idOf(ask), { mapping, crs }, ask.view.who)), status: 202 };
        },
      },
      {
        method: 'GET',
        path: `${one}/findings`,
        handle: async (ask) =>
          jsonReply(await offered.findings(idOf(ask), pageOf(ask.query), ask.view.who), UNKEPT),
      },
      {
        method: 'GET',
        path: `${one}/report.:form`,
        handle: async (ask) => {
          const form = ask.route['form'];
          if (form !== 'html' && form !== 'pdf' && form !== 'json') {
            throw notFound('A report is written as report.html, report.pdf or report.json', 'form');
          }
          const load = await offered.read(idOf(ask), ask.view.who);
          const first = { after: -1, limit: form === 'json' ? MOST_FINDINGS : IN_DOCUMENT };
          const page = await offered.findings(load.id, first, ask.view.who);
          if (form === 'json') return reportJson(load, await allFindings(page, load.id, ask));
          const language = chooseLanguage(ask);
          const document = loadReportDocument({ city: city.name, load, page, language });
          return documentReply(ask, await documents.write(document, form), `load-${load.id}.${form}`);
        },
      },
      {
        method: 'GET',
        path: `${one}/rejected.:form`,
        handle: async (ask) => {
          const load = await offered.read(idOf(ask), ask.view.who);
          return rejectedReply(
            await offered.rejected(load.id, ask.view.who, ask.signal),
            ask.route['form'] ?? '',
            load.id,
          );
        },
      },
    ],
  };

  async function allFindings(first: FindingPage, id: string, ask: Ask) {
    const findings = [...first.findings];
    for (let { next } = first; next !== null; ) {
      const page = await offered.findings(id, { after: next, limit: MOST_FINDINGS }, ask.view.who);
      findings.push(...page.findings);
      next = page.next;
    }
    return findings;
  }
}

const idOf = ({ route }: Ask): string => route['load'] ?? '';

const reportJson = (load: DataLoad, findings: FindingPage['findings']): Reply =>
  jsonReply(
    { load, findings },
    { ...UNKEPT, 'content-disposition': `attachment; filename="load-${load.id}.json"` },
  );

/** Parameters of these names alone; an empty one is none. @throws TwinError invalid-parameter */
function knownOf<N extends string>(query: URLSearchParams, names: readonly N[]) {
  const known: Partial<Record<N, string>> = {};
  for (const [name, value] of query) {
    const given = names.find((each) => each === name);
    if (given === undefined) {
      throw invalidParameter(
        name,
        `There is no parameter ${name.slice(0, 60)}; there are ${names.join(', ')}`,
      );
    }
    if (value !== '') known[given] = value;
  }
  return known as { readonly [K in N]: string | undefined };
}

function newLoadOf(query: URLSearchParams) {
  const given = [...new Set(query.keys())].flatMap((name) => {
    const values = query.getAll(name).filter((value) => value !== '');
    if (values.length > 1) throw invalidParameter(name, `Parameter ${name} is given twice`);
    return values.map((value) => [name, value] as const);
  });
  const read = newLoadSchema.safeParse(Object.fromEntries(given));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const [unknown] = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const where = unknown ?? String(issue?.path[0] ?? 'name');
  throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
}

function pageOf(query: URLSearchParams) {
  const kvp = readKvp(query);
  const whole = (name: string, usual: number, most: number) => {
    const text = kvp.get(name);
    return text === undefined ? usual : parseWhole(text, name, 0, most);
  };
  return { after: whole('after', -1, 2 ** 31 - 1), limit: Math.max(1, whole('limit', 100, MOST_FINDINGS)) };
}
