import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../../test/support/running-app.ts';
import { sampleServices } from '../../test/support/sample-city.ts';
import { type AdmissionLimits, openAdmission } from './admission.ts';
import { ANONYMOUS, type Identity } from './identity.ts';
import { isHeavy, requestCost } from './request-cost.ts';

const weighed = (door: string, address: string, method = 'GET') => {
  const [path = '', query] = address.split('?');
  return { door, method, path, query: new URLSearchParams(query) };
};
const TILE = weighed('tiles', '/tiles/vector/parcels/14/1/1.mvt');
const OBJECTS = weighed('wfs', '/wfs?service=WFS&REQUEST=GetFeature');
const PUBLIC = { who: ANONYMOUS, client: '203.0.113.7' };
const EWA: Identity = { who: 'ewa', roles: ['public', 'planner'] };
const LIMITS: AdmissionLimits = { publicPerS: 4, accountPerS: 40, heavyAtOnce: 3 };

/** Whether so many are let in, one after another, each ended with so many bytes. */
function letIn(
  admission: ReturnType<typeof openAdmission>,
  request: Parameters<typeof admission.enter>[0],
  sent = 0,
) {
  for (let count = 0; ; count++) {
    try {
      admission.enter(request)(sent);
    } catch (error) {
      return { count, error };
    }
  }
}

describe('what a request weighs', () => {
  it.each([
    ['a probe', weighed('health', '/ready'), 0],
    ['a tile', TILE, 1],
    ['capabilities of WMS', weighed('wms', '/wms?request=GetCapabilities'), 1],
    ['a picture', weighed('kieg wms', '/kieg/wms?REQUEST=GetMap'), 5],
    ['capabilities of WFS', weighed('wfs', '/wfs?request=GetCapabilities'), 2],
    ['objects', OBJECTS, 20],
    ['objects by POST', weighed('wfs', '/wfs', 'POST'), 20],
    ['objects of a collection', weighed('ogc-features', '/ogc/collections/parcels/items'), 10],
    ['a collection', weighed('ogc-features', '/ogc/collections/parcels'), 1],
    ['the check of a parcel', weighed('parcel-checks', '/api/parcels/x/check'), 20],
  ])('%s', (_, request, cost) => {
    expect([requestCost(request), isHeavy(cost)]).toEqual([cost, cost >= 10]);
  });
});

describe('a budget', () => {
  it('lets the same sender have twenty tiles for one answer of objects, and comes back with time', () => {
    let ms = 0;
    const admission = openAdmission(LIMITS, () => ms);
    expect(letIn(admission, { ...TILE, ...PUBLIC }).count).toBe(40);
    ms += 5_000;
    expect(letIn(admission, { ...OBJECTS, ...PUBLIC }).count).toBe(1);
    ms += 60_000;
    expect(letIn(admission, { ...TILE, ...PUBLIC }).count).toBe(40);
    expect(admission.state()).toEqual({ heavy: 0, refusedByBudget: 3, refusedByLoad: 0 });
  });

  it('is of each address and each account alone, and says when to come again', () => {
    const admission = openAdmission(LIMITS, () => 0);
    const { error } = letIn(admission, { ...TILE, ...PUBLIC });
    expect(error).toMatchObject({ kind: 'too-many-requests', members: { retryAfterS: 1 } });
    expect(letIn(admission, { ...TILE, ...PUBLIC, client: '203.0.113.8' }).count).toBe(40);
    expect(letIn(admission, { ...TILE, who: EWA, client: PUBLIC.client }).count).toBe(400);
  });

  it('is spent by large answers too, and is never asked of probes', () => {
    const admission = openAdmission(LIMITS, () => 0);
    expect(letIn(admission, { ...TILE, ...PUBLIC }, 3 * 256 * 1024).count).toBe(10);
    for (let probe = 0; probe < 100; probe++)
      admission.enter({ ...weighed('health', '/ready'), ...PUBLIC })(1e9);
  });

  it('is without limit where 0 is written', () => {
    const admission = openAdmission({ ...LIMITS, publicPerS: 0 }, () => 0);
    for (let tile = 0; tile < 1_000; tile++) admission.enter({ ...TILE, ...PUBLIC })(1e9);
    expect(admission.state().refusedByBudget).toBe(0);
  });

  it('keeps no more senders than it has room for, however many addresses are forged', () => {
    let ms = 0;
    const admission = openAdmission(LIMITS, () => ms);
    for (let forged = 0; forged < 120_000; forged++) {
      ms += 0.01;
      admission.enter({ ...TILE, who: ANONYMOUS, client: `2001:db8:${forged.toString(16)}::/64` })(0);
    }
    expect(admission.state().refusedByBudget).toBe(0);
  });
});

describe('at the doors', () => {
  let app: RunningApp | undefined;
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  it.each([
    ['/wfs?service=WFS&version=2.0.0&request=GetFeature&typenames=parcels', /ows:ExceptionReport/],
    ['/wms?service=WMS&version=1.3.0&request=GetCapabilities', /ServiceException/],
    ['/ogc/collections/parcels/items', /"retryAfterS": ?\d/],
    ['/sta/v1.1', /"error"|"message"/],
  ])('who is beyond the budget is told 429 in the form of %s', async (path, form) => {
    const admission = openAdmission({ ...LIMITS, publicPerS: 1 });
    app = await runApp(sampleServices(4), { admission });
    letIn(admission, { ...TILE, who: ANONYMOUS, client: '127.0.0.1' }, 1e9);
    const refused = await fetch(app.url + path);
    expect([refused.status, Number(refused.headers.get('retry-after')) > 1_000]).toEqual([429, true]);
    expect(await refused.text()).toMatch(form);
    expect((await fetch(`${app.url}/health`)).status).toBe(200);
  });

  it('heavy work is refused first, while tiles, descriptions and probes go on, and is taken again when some has ended', async () => {
    const services = sampleServices(4);
    let finish = () => {};
    const busy = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begun = 0;
    const held = {
      ...services,
      featuresFor: (view: Parameters<typeof services.featuresFor>[0]) => {
        begun++;
        const source = services.featuresFor(view);
        return { ...source, count: async () => busy.then(() => 0) } as typeof source;
      },
    };
    const admission = openAdmission({ publicPerS: 0, accountPerS: 0, heavyAtOnce: 2 });
    app = await runApp(held, { admission });
    const { url } = app;
    const hits = `${url}/wfs?service=WFS&version=2.0.0&request=GetFeature&typenames=parcels&resultType=hits`;
    const working = [fetch(hits), fetch(hits)];
    while (begun < 2) await sleep(5);
    const refused = await fetch(hits);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.text()).toContain('ows:ExceptionReport');
    for (const light of ['/health', '/ready', '/wfs?service=WFS&request=GetCapabilities', '/api/whoami']) {
      expect([light, (await fetch(url + light)).status]).toEqual([light, 200]);
    }
    finish();
    for (const each of working) expect((await each).status).toBe(200);
    await expect.poll(() => admission.state()).toEqual({ heavy: 0, refusedByBudget: 0, refusedByLoad: 1 });
    expect((await fetch(hits)).status).toBe(200);
  });
});
