/**
 * The parcel locator at `/uldk`, as the state's ULDK speaks: requests by KVP, answers in lines of text, `|` between
 * columns. `/?request=…` and `/service.php` lead here, so that clients need another host only. Beyond the state's:
 * `format=json`, and many ids at once by POST.
 */
import { invalidParameter, missingParameter, type TwinError } from '../../../core/errors.ts';
import { jsonReply } from '../../http/json.ts';
import { type Kvp, readKvp } from '../../http/kvp.ts';
import { explainAsProblem, RETRY_AFTER_S } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { columnValue, isGeometryColumn, type Surroundings } from './columns.ts';
import { dictionary } from './dictionaries.ts';
import {
  type LocateAsk,
  type Located,
  locateAt,
  locateByIds,
  locateByName,
  locateTogether,
  snapToCorner,
} from './locate.ts';
import { formOf, type Question, readPlace, readQuestion } from './question.ts';
import { surroundingsOf } from './surroundings.ts';

const MOST_IDS = 1_000;
/** Joining costs more than finding. */
const MOST_TOGETHER = 200;
/** The state's words for an empty answer. */
const NOTHING_FOUND = '-1 brak wyników';

export function uldk(services: Services): Protocol {
  return {
    name: 'uldk',
    prefix: '/uldk',
    routes: [
      { method: 'GET', path: '/uldk', handle: (ask) => answer(services, ask) },
      { method: 'POST', path: '/uldk', handle: (ask) => answerMany(services, ask) },
    ],
    explain,
  };
}

async function answer(services: Services, ask: Ask): Promise<Reply> {
  const kvp = readKvp(ask.query);
  if (kvp.has('obiekt')) {
    const rows = await dictionary(kvp, services.featuresFor(ask.view), ask.signal);
    return text([rows.length > 0 ? '0' : NOTHING_FOUND, ...rows.map(line)]);
  }
  const question = readQuestion(kvp);
  const found = await locate(question, kvp, locateAsk(services, ask, question));
  const rows = await told(services, ask, question, found);
  if (question.form === 'json') return jsonReply({ found: rows.length, results: rows });
  if (rows.length === 0) return text([NOTHING_FOUND]);
  const head = question.verb.by === 'id-or-name' ? String(rows.length) : '0';
  return text([head, ...rows.map((row) => line(question.columns.map((name) => row[name] ?? '')))]);
}

/** The ids in the body, one in a line or as an array of JSON; a row for each, in their order. */
async function answerMany(services: Services, ask: Ask): Promise<Reply> {
  const kvp = readKvp(ask.query);
  const question = readQuestion(kvp);
  const { verb, columns } = question;
  if (verb.by !== 'id' && verb.by !== 'id-or-name') {
    throw invalidParameter(
      'request',
      'Many at once are asked by id: GetParcelById, GetBuildingById and the like',
    );
  }
  const ids = readIds(ask.body);
  const found = await locateByIds(verb.kind, ids, locateAsk(services, ask, question));
  const rows = await told(
    services,
    ask,
    question,
    found.filter((one) => one !== undefined),
  );
  const byId = new Map(found.flatMap((one) => one ?? []).map((one, index) => [one.id, rows[index] ?? {}]));
  if (question.form === 'json') {
    const results = ids.map((id) => ({ asked: id, found: byId.has(id), ...byId.get(id) }));
    return jsonReply({ asked: ids.length, found: results.filter((each) => each.found).length, results });
  }
  const lines = ids.map((id) => {
    const row = byId.get(id);
    return row ? line(columns.map((name) => row[name] ?? '')) : NOTHING_FOUND;
  });
  return text(['0', ...lines]);
}

const locateAsk = (services: Services, ask: Ask, { srid }: Question): LocateAsk => ({
  source: services.featuresFor(ask.view),
  signal: ask.signal,
  srid,
});

async function locate({ verb }: Question, kvp: Kvp, ask: LocateAsk): Promise<readonly Located[]> {
  const { kind, by } = verb;
  const one =
    by === 'id'
      ? (await locateByIds(kind, [kvp.require('id')], ask))[0]
      : by === 'ids'
        ? await locateTogether(idsOf(kvp), ask)
        : by === 'xy'
          ? await locateAt(kind, readPlace(kvp), ask)
          : by === 'near'
            ? await snapToCorner(readPlace(kvp), ask)
            : undefined;
  if (by === 'id-or-name') return locateByName(kind, kvp.require('id'), ask);
  return one ? [one] : [];
}

async function told(
  services: Services,
  ask: Ask,
  { columns, srid }: Question,
  found: readonly Located[],
): Promise<readonly Readonly<Record<string, string>>[]> {
  const [unheld] = found.filter(({ geometry }) => geometry === undefined);
  if (unheld && columns.some(isGeometryColumn)) {
    throw invalidParameter(
      'result',
      `The boundary of ${unheld.kind} ${unheld.id} is not held in this twin; ask for result=teryt,voivodeship or for its communes`,
    );
  }
  if (found.length === 0) return [];
  const around: Surroundings = { ...(await surroundingsOf(services, ask)), srid };
  return found.map((one) =>
    Object.fromEntries(columns.map((name) => [name, columnValue(name, one, around)])),
  );
}

function idsOf(kvp: Kvp): readonly string[] {
  kvp.require('id');
  const ids = kvp.list('id') ?? [];
  if (ids.length <= MOST_TOGETHER) return ids;
  throw invalidParameter(
    'id',
    `${ids.length} parcels are too many to be joined; ask for at most ${MOST_TOGETHER}`,
  );
}

function readIds(body: Uint8Array): readonly string[] {
  const sent = new TextDecoder().decode(body).trim();
  if (sent === '')
    throw missingParameter('body', 'The body is empty; send ids, one in a line or as an array of JSON');
  const ids = sent.startsWith('[') ? parseIds(sent) : sent.split(/\r?\n/).map((id) => id.trim());
  if (ids.length <= MOST_IDS) return ids;
  throw invalidParameter('body', `${ids.length} ids are too many at once; send at most ${MOST_IDS}`);
}

function parseIds(sent: string): readonly string[] {
  try {
    const ids: unknown = JSON.parse(sent);
    if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  } catch {
    // Said below.
  }
  throw invalidParameter('body', 'The body is no array of texts in JSON');
}

/** What clients split at cannot stand in a value; a geometry has its own `;`. */
const line = (values: readonly string[]): string =>
  values.map((value) => value.replaceAll(/[|\r\n]/g, ' ')).join('|');

const text = (lines: readonly string[]): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' },
  body: `${lines.join('\n')}\n`,
});

/** In text the first line says how it went, under status 200, as clients of the state's locator expect. */
function explain(error: TwinError, ask: Ask): Reply {
  if (wantsJson(ask)) return explainAsProblem(error, ask);
  const problem = explainAsProblem(error, ask);
  const isOurs = problem.status >= 500 || error.kind === 'too-many-requests';
  return {
    status: isOurs ? problem.status : 200,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...(error.kind === 'unavailable' && { 'retry-after': RETRY_AFTER_S }),
    },
    body: `-1 ${error.kind === 'internal' ? 'błąd usługi' : 'błędne zapytanie'}: ${error.message.replaceAll(/[|\r\n;]/g, ' ')}\n`,
  };
}

function wantsJson(ask: Ask): boolean {
  try {
    return formOf(readKvp(ask.query)) === 'json';
  } catch {
    return false;
  }
}
