/**
 * One contract for every door: every layer of the catalogue answers at every door that suits its geometry, for the
 * public and for staff, and what is for staff alone can be told from nothing by nobody else.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import type { LayerDeclaration } from '../../core/feature/layer.ts';
import { demoTruth, type LayerTruth, markSecrets, staffProperties } from '../support/demo-truth.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { DOORS, type Door, type KnownObject, type Question } from './doors.ts';

type Role = 'public' | 'staff';
const ROLES: readonly Role[] = ['public', 'staff'];

/** Stands in every property for staff, so that a value that leaks is known wherever it turns up. */
const MARK = 'tylko-dla-pracownikow';

let service: WholeService;
let truths: ReadonlyMap<string, LayerTruth>;
beforeAll(async () => {
  service = await startWholeService();
  await markSecrets(service.databaseUrl, MARK);
  truths = await demoTruth(service.databaseUrl);
}, 120_000);
afterAll(() => service.close());

function ask({ path, body }: Question, role: Role): Promise<Response> {
  const headers = role === 'staff' ? service.staff : {};
  return fetch(`${service.url}${path}`, {
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/xml' },
    ...(body === undefined ? {} : { method: 'POST', body }),
  });
}

function truthOf(layer: Pick<LayerDeclaration, 'name'>): LayerTruth {
  const truth = truths.get(layer.name);
  if (!truth) throw new Error(`${layer.name} was not read`);
  return truth;
}

async function objectsOf(door: Door, layer: string, known: KnownObject, role: Role) {
  const reply = await ask(showing(door).question(layer, known), role);
  return { reply, body: new Uint8Array(await reply.arrayBuffer()) };
}

function showing({ objects, name: door }: Door) {
  if (!objects) throw new Error(`${door} shows no objects`);
  return objects;
}

const text = (body: Uint8Array) => new TextDecoder('latin1').decode(body);

/** Status and text of an answer with what differs from one asking to the next taken out. */
async function wording(reply: Response, ...names: readonly string[]): Promise<string> {
  const body = names.reduce((all, each) => all.replaceAll(each, '…'), await reply.text());
  return `${reply.status} ${reply.headers.get('content-type')} ${body.replace(/"requestId":"[^"]*"/, '').replace(/timeStamp="[^"]*"/, '')}`;
}

/** A property as a name in XML, JSON or HTML; as a word of a sentence it is no secret. */
const named = (property: string) => new RegExp(`["'>:]${property}["'<]`);

/** What exists nowhere, in place of what must not be told from it. */
const NOWHERE = 'nonsense';

describe.each(DOORS)('$name', (door) => {
  const suited = REGISTERS.filter((layer) => door.suits(layer));
  const open = suited.filter(({ audience }) => audience !== 'staff');
  const closed = suited.filter(({ audience }) => audience === 'staff');
  const withSecrets = open.flatMap((layer) =>
    staffProperties(layer).map((property) => ({ layer, property })),
  );

  if (door.objects) {
    describe.each(ROLES)('for %s', (role) => {
      const visible = role === 'staff' ? suited : open;

      it.each(visible.map((layer) => [layer.name, layer] as const))('shows %s', async (_, layer) => {
        for (const question of door.about(layer.name)) {
          expect([question.path, (await ask(question, role)).status]).toEqual([question.path, 200]);
        }
        const { ids, known } = truthOf(layer);
        const { reply, body } = await objectsOf(door, layer.name, known, role);
        expect([reply.status, reply.headers.get('content-type')]).toEqual([200, showing(door).contentType]);
        expect(body.length).toBeGreaterThan(0);
        const { idsIn, holdsKnown } = showing(door);
        if (!idsIn) return;
        const shown = await idsIn(body);
        expect(shown.length).toBeGreaterThan(0);
        expect(shown.filter((id) => !ids.has(id))).toEqual([]);
        if (holdsKnown) expect(shown).toContain(known.id);
      });
    });

    it.each(closed.map((layer) => [layer.name, layer] as const))(
      'keeps %s from the public as if it were not there',
      async (layer, { name: own }) => {
        const { known } = truthOf({ name: own });
        const hidden = await objectsOf(door, layer, known, 'public');
        const unknown = await objectsOf(door, NOWHERE, known, 'public');
        const plain = ({ body }: typeof hidden) => text(body).replaceAll(layer, '…').replaceAll(NOWHERE, '…');
        expect(hidden.reply.headers.get('content-type')).toBe(door.errorType);
        expect(hidden.reply.status).toBe(unknown.reply.status);
        expect(plain(hidden).replace(/"requestId":"[^"]*"/, '')).toBe(
          plain(unknown).replace(/"requestId":"[^"]*"/, ''),
        );
        const uses = door.uses(layer, 'id').map((question, index) => ({
          question,
          other: door.uses(NOWHERE, 'id')[index] ?? question,
        }));
        const about = door.about(layer).map((question, index) => ({
          question,
          other: door.about(NOWHERE)[index] ?? question,
        }));
        for (const { question, other } of [...about, ...uses]) {
          const answer = await wording(await ask(question, 'public'), layer, NOWHERE);
          expect(answer).toBe(await wording(await ask(other, 'public'), layer, NOWHERE));
          expect(answer).toContain(` ${door.errorType} `);
        }
      },
    );

    it.each(withSecrets)('keeps $property of $layer.name from the public', async ({ layer, property }) => {
      const { known } = truthOf(layer);
      const seen = async (role: Role) => {
        const answers = [text((await objectsOf(door, layer.name, known, role)).body)];
        for (const question of door.about(layer.name)) answers.push(await (await ask(question, role)).text());
        return answers.join('\n');
      };
      const publicly = await seen('public');
      expect(publicly).not.toContain(MARK);
      expect(publicly).not.toMatch(named(property));
      const among = await seen('staff');
      if (door.carries(layer, property)) expect(among).toContain(MARK);
      if (door.about(layer.name).length > 0 && door.carries(layer, property))
        expect(among).toMatch(named(property));
      const inVain = door.uses(layer.name, NOWHERE);
      for (const [index, question] of door.uses(layer.name, property).entries()) {
        const hidden = await wording(await ask(question, 'public'), property, NOWHERE);
        expect(hidden).toBe(await wording(await ask(inVain[index] ?? question, 'public'), property, NOWHERE));
        expect(hidden).toContain(` ${door.errorType} `);
        expect([question.path, (await ask(question, 'staff')).status]).toEqual([question.path, 200]);
      }
    });
  }

  it.each(door.lists)('lists at $path what each role may know', async (question) => {
    const publicly = await (await ask(question, 'public')).text();
    const among = await (await ask(question, 'staff')).text();
    for (const { name: layer } of closed) expect(publicly).not.toContain(layer);
    expect(publicly).not.toContain(MARK);
    for (const { property } of withSecrets) expect(publicly).not.toMatch(named(property));
    const isCatalogue = open.every(({ name: layer }) => publicly.includes(layer));
    if (isCatalogue) for (const { name: layer } of closed) expect(among).toContain(layer);
  });
});

describe('all doors', () => {
  it.each(REGISTERS.map((layer) => [layer.name, layer] as const))('count %s alike', async (_, layer) => {
    const { ids } = truthOf(layer);
    for (const role of layer.audience === 'staff' ? (['staff'] as const) : ROLES) {
      const hits = await ask(
        { path: `/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=${layer.name}&resultType=hits` },
        role,
      );
      const items = await ask({ path: `/ogc/collections/${layer.name}/items?limit=1` }, role);
      const catalogue = (await (await ask({ path: '/api/layers' }, role)).json()) as {
        layers: { name: string; status: { count: number } }[];
      };
      expect({
        wfs: Number(/numberMatched="(\d+)"/.exec(await hits.text())?.[1]),
        ogc: ((await items.json()) as { numberMatched: number }).numberMatched,
        catalogue: catalogue.layers.find((each) => each.name === layer.name)?.status.count,
      }).toEqual({ wfs: ids.size, ogc: ids.size, catalogue: ids.size });
    }
  });

  it('log nothing worse than the access line', () => {
    expect(service.log.filter(({ level }) => level !== 'info')).toEqual([]);
  });
});
