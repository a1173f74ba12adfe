/** WFS 2.0 Locking. Cases that ets-wfs20 and ets-wfs11 have bear their names; xmllint with OGC's schemas judges. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { childOf, descendantsOf } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';
import { sharedData } from '../support/shared-data.ts';
import { type XmlJudge, xmlJudge } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const tree = (id: string): Feature => ({
  layer: 'trees',
  id,
  geometry: { type: 'Point', coordinates: [E + 5, N + 5] },
  properties: { species: id.slice(0, 1), form: 'broadleaved' },
});
/** Each case has trees of its own: A1, A2, A3; B1 and so on; the letter is their species. */
const TREES = [...'ABCDEFGHIJKLM'].flatMap((letter) => [1, 2, 3].map((n) => tree(`${letter}${n}`)));

let city: StoredCity;
let judge: XmlJudge | undefined;
beforeAll(async () => {
  city = await storedCity([...sampleFeatures(2), ...TREES]);
  const schema = await fetch(`${city.url}/wfs?service=WFS&version=2.0.0&request=DescribeFeatureType`);
  if (existsSync(sharedData('ogc-schemas'))) judge = await xmlJudge(await schema.text());
}, 60_000);
afterAll(async () => {
  await judge?.close();
  await city.close();
});

const NAMESPACES =
  'xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:bl="https://blizniak.pl/ns/1.0"';
const rids = (...ids: readonly string[]) =>
  `<fes:Filter>${ids.map((id) => `<fes:ResourceId rid="trees-${id}"/>`).join('')}</fes:Filter>`;
const query = (...ids: readonly string[]) => `<wfs:Query typeNames="bl:trees">${rids(...ids)}</wfs:Query>`;

async function ask(request: RequestInit, address = '') {
  const reply = await fetch(`${city.url}/wfs${address}`, request);
  const text = await reply.text();
  expect(await judge?.faults(text)).toBe(judge && '');
  const root = parseXml(text);
  const ridsIn = (name: string) =>
    (childOf(root, name)?.children ?? []).map(({ attributes }) => attributes['rid']?.replace('trees-', ''));
  const exception = childOf(root, 'Exception');
  return {
    status: reply.status,
    lockId: root.attributes['lockId'],
    locked: ridsIn('FeaturesLocked'),
    notLocked: ridsIn('FeaturesNotLocked'),
    members: [...descendantsOf(root)].filter(({ local }) => local === 'trees').length,
    code: exception?.attributes['exceptionCode'],
    locator: exception?.attributes['locator'],
  };
}
const post = (name: string, attributes: string, inside: string, who = 'anna') =>
  ask({
    method: 'POST',
    headers: { 'content-type': 'application/xml', authorization: who },
    body: `<wfs:${name} service="WFS" version="2.0.0" ${NAMESPACES} ${attributes}>${inside}</wfs:${name}>`,
  });
const lock = (ids: readonly string[], attributes = '') => post('LockFeature', attributes, query(...ids));
const remove = (ids: readonly string[], attributes = '') =>
  post('Transaction', attributes, `<wfs:Delete typeName="bl:trees">${rids(...ids)}</wfs:Delete>`, 'bartek');

describe('locks (ets-wfs20)', () => {
  it('LockingCapabilitiesTests.capabilitiesDescribesLockingWFS', async () => {
    const reply = await fetch(`${city.url}/wfs?service=WFS&request=GetCapabilities`);
    const metadata = childOf(parseXml(await reply.text()), 'OperationsMetadata');
    const named = (name: string) => metadata?.children.find(({ attributes }) => attributes['name'] === name);
    expect(childOf(named('ImplementsLockingWFS'), 'DefaultValue')?.text).toBe('TRUE');
    expect([named('LockFeature'), named('GetFeatureWithLock')].every(Boolean)).toBe(true);
  });

  it('let an object go only under its lock (LockFeatureTests.lockFeatureAndAttemptDelete)', async () => {
    const { lockId, locked } = await lock(['A1']);
    expect(locked).toEqual(['A1']);
    const refused = await remove(['A1']);
    expect([refused.status, refused.code, refused.locator]).toEqual([400, 'MissingParameterValue', 'lockId']);
    expect((await remove(['A1'], `lockId="${lockId}"`)).status).toBe(200);
  });

  it('lets no other door change what is locked', async () => {
    await lock(['B1']);
    const reply = await fetch(`${city.url}/ogc/collections/trees/items/B1`, {
      method: 'DELETE',
      headers: { authorization: 'bartek' },
    });
    expect(reply.status).toBe(409);
  });

  it('are of all or of none (LockFeatureTests.lockFeatureAlreadyLocked)', async () => {
    await lock(['C1']);
    const refused = await lock(['C1', 'C2']);
    expect([refused.status, refused.code]).toEqual([400, 'CannotLockAllFeatures']);
    expect((await remove(['C2'])).status).toBe(200);
  });

  it('are of some where all cannot be', async () => {
    await lock(['D1']);
    const { locked, notLocked } = await lock(['D1', 'D2'], 'lockAction="SOME"');
    expect([locked, notLocked]).toEqual([['D2'], ['D1']]);
  });

  it('are taken by a query and by key-value pairs (LockFeatureTests.lockAllFeaturesByType)', async () => {
    const species =
      '<fes:Filter><fes:PropertyIsEqualTo><fes:ValueReference>species</fes:ValueReference><fes:Literal>E</fes:Literal></fes:PropertyIsEqualTo></fes:Filter>';
    const byQuery = await post('LockFeature', '', `<wfs:Query typeNames="bl:trees">${species}</wfs:Query>`);
    expect(byQuery.locked).toEqual(['E1', 'E2', 'E3']);
    const pairs = '?service=WFS&version=2.0.0&request=LockFeature&expiry=60&resourceId=trees-F1,trees-F2';
    expect((await ask({ headers: { authorization: 'anna' } }, pairs)).locked).toEqual(['F1', 'F2']);
  });

  it('are none where nothing is found', async () => {
    const { status, lockId, locked } = await lock(['Z9']);
    expect([status, lockId, locked]).toEqual([200, undefined, []]);
  });

  it('end by themselves, and say so', async () => {
    const { lockId } = await lock(['G1'], 'expiry="1"');
    expect((await remove(['G1'])).status).toBe(400);
    await sleep(1_200);
    const late = await remove(['G1'], `lockId="${lockId}"`);
    expect([late.status, late.code]).toEqual([403, 'LockHasExpired']);
    const again = await post('LockFeature', `lockId="${lockId}"`, '');
    expect([again.status, again.code]).toEqual([403, 'LockHasExpired']);
    expect((await lock(['G1', 'G2'])).locked).toEqual(['G1', 'G2']);
  });

  it('hold anew when they are renewed', async () => {
    const { lockId } = await lock(['H1'], 'expiry="2"');
    const renewed = await post('LockFeature', `lockId="${lockId}" expiry="60"`, '');
    expect([renewed.lockId, renewed.locked]).toEqual([lockId, ['H1']]);
    await sleep(2_200);
    expect((await remove(['H1'])).status).toBe(400);
  });

  it('are given back for what was changed by releaseAction SOME, and whole by ALL', async () => {
    const { lockId } = await lock(['I1', 'I2', 'I3']);
    expect((await remove(['I1'], `lockId="${lockId}" releaseAction="SOME"`)).status).toBe(200);
    expect((await remove(['I2'])).status).toBe(400);
    expect((await remove(['I2'], `lockId="${lockId}"`)).status).toBe(200);
    expect((await remove(['I3'])).status).toBe(200);
  });

  it('that are none are refused', async () => {
    const refused = await remove(['J1'], 'lockId="none"');
    expect([refused.status, refused.code, refused.locator]).toEqual([400, 'InvalidLockId', 'lockId']);
  });

  it('take a name or a query, not both (LockFeatureTests.lockFeatureWithLockIdAndQuery)', async () => {
    const { lockId } = await lock(['K1']);
    expect((await lock(['K2'], `lockId="${lockId}"`)).code).toBe('OperationParsingFailed');
  });

  it('come with the objects, for their time (GetFeatureWithLockTests.lockAllQueryResults_20Seconds)', async () => {
    const { lockId, members } = await post('GetFeatureWithLock', 'expiry="20"', query('L1', 'L2'));
    expect(members).toBe(2);
    expect((await remove(['L1'])).status).toBe(400);
    const all = await post('GetFeatureWithLock', '', query('L2', 'L3'), 'bartek');
    expect(all.code).toBe('CannotLockAllFeatures');
    expect((await remove(['L1', 'L2'], `lockId="${lockId}"`)).status).toBe(200);
    await post('GetFeatureWithLock', 'expiry="1"', query('L3'));
    expect((await remove(['L3'])).status).toBe(400);
    await sleep(1_200);
    expect((await remove(['L3'])).status).toBe(200);
  });

  it('come with the objects that could be locked (GetFeatureWithLockTests.lockSomeFeatures)', async () => {
    await lock(['M1']);
    const some = await post('GetFeatureWithLock', 'lockAction="SOME"', query('M1', 'M2', 'M3'));
    expect([some.members, some.lockId !== undefined]).toEqual([2, true]);
  });

  it.each([
    [
      'resultType hits (GetFeatureWithLockTests.lockQueryResults_hits)',
      'GetFeatureWithLock',
      'resultType="hits"',
      query('M1'),
      'InvalidParameterValue',
      'resultType',
    ],
    ['no query', 'LockFeature', '', '', 'MissingParameterValue', 'Query'],
    ['an expiry that is none', 'LockFeature', 'expiry="0"', query('M1'), 'InvalidParameterValue', 'expiry'],
    [
      'an action that is none',
      'LockFeature',
      'lockAction="MOST"',
      query('M1'),
      'InvalidParameterValue',
      'lockAction',
    ],
  ])('are refused for %s', async (_, name, attributes, inside, code, locator) => {
    const answer = await post(name, attributes, inside);
    expect([answer.status, answer.code, answer.locator]).toEqual([400, code, locator]);
  });

  it.each(['LockFeature', 'GetFeatureWithLock'])('%s is for staff', async (name) => {
    expect([
      (await post(name, '', query('M1'), '')).status,
      (await post(name, '', query('M1'), 'guest')).status,
    ]).toEqual([401, 403]);
  });
});
