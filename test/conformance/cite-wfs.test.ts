/**
 * The data set of ets-wfs11 behind our WFS and store, asked as ets-wfs20 asks: types, properties and values are those that
 * the server itself tells, and every answer is held to the schemas of OGC. Names of cases are those of its assertions.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { citeFeatureLayers } from '../../core/cite/cite-features.ts';
import { childOf, childrenOf, descendantsOf, gmlIdOf, type XmlElement } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { openLog } from '../../server/log.ts';
import { startCiteWfs } from '../../server/parts/cite-wfs-app.ts';
import type { ServedAlone } from '../../server/parts/serve-alone.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { fill } from '../support/filled-database.ts';
import { sampleFeatures } from '../support/sample-city.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';
import { oldXmlJudge, readByGdal, type XmlJudge, xmlJudge } from './outside-tools.ts';

const NAMESPACE = 'http://cite.opengeospatial.org/gmlsf';
const GML = 'http://www.opengis.net/gml/3.2';
const NAMES = `xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:sf="${NAMESPACE}"`;
const LOG = openLog({ level: 'silent', format: 'json' });
const HERE = { port: 0, host: '127.0.0.1' };
/** How many features of each type the file has. */
const COUNTS: Readonly<Record<string, number>> = {
  PrimitivePoint: 4,
  PrimitiveCurve: 2,
  PrimitiveSurface: 1,
  AggregatePoints: 1,
  AggregateCurves: 1,
  AggregateSurfaces: 2,
  GenericCurve: 1,
  GenericSurface: 2,
};
const TYPES = Object.keys(COUNTS);

describeWithSharedData('the data set of the suite for WFS 1.1, asked as ets-wfs20 asks', () => {
  let database: TestDatabase;
  let server: ServedAlone;
  let judge: XmlJudge;
  let document: string;
  beforeAll(async () => {
    database = await testDatabase();
    document = await readFile(sharedData('cite-wfs', 'wfs11', 'sf-0', 'dataset-sf0-insert.xml'), 'utf8');
    server = await startCiteWfs(document, database.pool, HERE, LOG);
    const schema = await fetch(`${server.url}/wfs?service=WFS&version=2.0.0&request=DescribeFeatureType`);
    judge = await xmlJudge(await schema.text(), NAMESPACE);
  }, 60_000);
  afterAll(async () => {
    await judge?.close();
    await server?.close();
    await database?.drop();
  });

  async function valid(reply: Response): Promise<XmlElement> {
    const text = await reply.text();
    expect(await judge.faults(text)).toBe('');
    return parseXml(text);
  }
  async function answer(reply: Promise<Response>): Promise<XmlElement> {
    const root = await valid(await reply);
    expect([...descendantsOf(root)].find(({ local }) => local === 'ExceptionText')?.text).toBeUndefined();
    return root;
  }
  const refusal = async (reply: Promise<Response>) => {
    const exception = childOf(await valid(await reply), 'Exception');
    return [(await reply).status, exception?.attributes['exceptionCode']];
  };
  const get = (query: string) => fetch(`${server.url}/wfs?service=WFS&version=2.0.0&${query}`);
  const post = (operation: string, inside: string, attributes = '') =>
    fetch(`${server.url}/wfs`, {
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      body: `<wfs:${operation} service="WFS" version="2.0.0" ${NAMES} ${attributes}>${inside}</wfs:${operation}>`,
    });
  const members = (root: XmlElement) => childrenOf(root, 'member').flatMap(({ children }) => children);
  const features = async (type: string) =>
    members(await answer(get(`request=GetFeature&typeNames=sf:${type}`)));
  const ids = (found: readonly XmlElement[]) => found.map((feature) => gmlIdOf(feature) ?? '');
  const query = (type: string, filter: string) =>
    `<wfs:Query typeNames="sf:${type}"><fes:Filter>${filter}</fes:Filter></wfs:Query>`;
  const where = async (type: string, filter: string) =>
    members(await answer(post('GetFeature', query(type, filter))));
  const reference = (name: string) => `<fes:ValueReference>${name}</fes:ValueReference>`;
  const compare = (operator: string, name: string, value: string) =>
    `<fes:${operator}>${reference(name)}<fes:Literal>${value}</fes:Literal></fes:${operator}>`;
  const rid = (id: string) => `<fes:ResourceId rid="${id}"/>`;
  const envelope = (feature: XmlElement) => {
    const numbers = [...descendantsOf(feature)]
      .filter(({ local }) => local === 'pos' || local === 'posList')
      .flatMap(({ text }) => text.trim().split(/\s+/).map(Number));
    const [first, second] = [0, 1].map((axis) => numbers.filter((_, index) => index % 2 === axis));
    const corner = (pick: (...values: number[]) => number) =>
      `${pick(...(first ?? []))} ${pick(...(second ?? []))}`;
    return `<gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326"><gml:lowerCorner>${corner(Math.min)}</gml:lowerCorner><gml:upperCorner>${corner(Math.max)}</gml:upperCorner></gml:Envelope>`;
  };
  const transact = (inside: string, attributes = '') => post('Transaction', inside, attributes);
  const summary = async (reply: Promise<Response>) =>
    childOf(await answer(reply), 'TransactionSummary')?.children.map(({ text }) => Number(text));

  it('ServiceMetadataTests.capabilitiesDocIsXmlSchemaValid: all types of the file, open for changes', async () => {
    const root = await answer(get('request=GetCapabilities'));
    const types = [...descendantsOf(root)].filter(({ local }) => local === 'FeatureType');
    expect(types.map((type) => childOf(type, 'Name')?.text)).toEqual(TYPES.map((name) => `sf:${name}`));
    expect(types.every((type) => childOf(type, 'DefaultCRS')?.text === 'urn:ogc:def:crs:EPSG::4326')).toBe(
      true,
    );
  });

  it.each(TYPES)('BasicGetFeatureTests.getFeaturesByType: %s', async (type) => {
    const found = await features(type);
    expect([type, found.length, ...new Set(found.map(({ local }) => local))]).toEqual([
      type,
      COUNTS[type],
      type,
    ]);
    const one = ids(found)[0] ?? '';
    const byId = await answer(
      get(`request=GetFeature&storedQuery_id=urn:ogc:def:query:OGC-WFS::GetFeatureById&id=${one}`),
    );
    expect(gmlIdOf(byId)).toBe(one);
  });

  it.each(TYPES)('BBOXTests.nonSpecificBBOX, IntersectsTests: each of %s is where it is', async (type) => {
    for (const feature of await features(type)) {
      const box = envelope(feature);
      expect(ids(await where(type, `<fes:BBOX>${box}</fes:BBOX>`))).toContain(gmlIdOf(feature));
      const [shape] = childOf(feature, 'geom')?.children ?? [];
      const spelled = await get(`request=GetFeature&resourceId=${gmlIdOf(feature)}`);
      const gml = new RegExp(`<gml:${shape?.local} .*?</gml:${shape?.local}>`, 's').exec(
        await spelled.text(),
      )?.[0];
      const found = await where(type, `<fes:Intersects>${reference('sf:geom')}${gml}</fes:Intersects>`);
      expect(ids(found)).toContain(gmlIdOf(feature));
    }
  });

  it.each(citeFeatureLayers('city').map(({ name, properties }) => [name, properties] as const))(
    'ComparisonOperatorTests, PropertyIsNullOperatorTests: every property of %s finds its own values',
    async (type, properties) => {
      const all = await features(type);
      for (const { name, type: kind, gml } of properties) {
        const named = `${gml ? 'gml' : 'sf'}:${name}`;
        const valued = all.filter((feature) => childOf(feature, name));
        const missing = await where(type, `<fes:PropertyIsNull>${reference(named)}</fes:PropertyIsNull>`);
        expect([name, ids(missing)]).toEqual([name, ids(all.filter((each) => !valued.includes(each)))]);
        for (const feature of valued) {
          const value = (childOf(feature, name)?.text ?? '').replaceAll('&', '&amp;');
          const same = await where(type, compare('PropertyIsEqualTo', named, value));
          expect(ids(same)).toContain(gmlIdOf(feature));
          if (kind === 'boolean') continue;
          const [less, more] = await Promise.all(
            ['PropertyIsLessThan', 'PropertyIsGreaterThanOrEqualTo'].map((operator) =>
              where(type, compare(operator, named, value)),
            ),
          );
          expect([name, (less?.length ?? 0) + (more?.length ?? 0)]).toEqual([name, valued.length]);
          expect(ids(more ?? [])).toContain(gmlIdOf(feature));
        }
      }
    },
  );

  it('AfterTests.afterInstantWithOffset, BeforeTests, DuringTests: moments in the zones of the file', async () => {
    const instant = (text: string) =>
      `<gml:TimeInstant gml:id="t"><gml:timePosition>${text}</gml:timePosition></gml:TimeInstant>`;
    const ask = (operator: string, operand: string) =>
      where(
        'PrimitiveCurve',
        `<fes:${operator}>${reference('sf:dateTimeProperty')}${operand}</fes:${operator}>`,
      );
    // f003 says 2006-06-28T07:08:00+02:00, which is 05:08 of UTC.
    expect(ids(await ask('After', instant('2006-06-28T05:07:59Z')))).toEqual(['PrimitiveCurve-f003']);
    expect(ids(await ask('After', instant('2006-06-28T05:08:00Z')))).toEqual([]);
    expect(ids(await ask('Before', instant('2006-06-28T08:08:00+03:00')))).toEqual([]);
    const during = `<gml:TimePeriod gml:id="p"><gml:beginPosition>2006-06-28T00:00:00Z</gml:beginPosition><gml:endPosition>2006-06-29T00:00:00Z</gml:endPosition></gml:TimePeriod>`;
    expect(ids(await ask('During', during))).toEqual(['PrimitiveCurve-f003']);
  });

  it.each(TYPES)(
    'InsertTests, Update, ReplaceTests, DeleteTests: a feature of %s as it was read',
    async (type) => {
      const text = await (await get(`request=GetFeature&typeNames=sf:${type}&count=1`)).text();
      const element = new RegExp(`<sf:${type} .*?</sf:${type}>`, 's').exec(text)?.[0] ?? '';
      const inserted = await answer(transact(`<wfs:Insert>${element}</wfs:Insert>`));
      const made = [...descendantsOf(inserted)].flatMap(({ attributes }) => attributes['rid'] ?? []);
      expect(made).toHaveLength(1);
      const filter = `<fes:Filter>${rid(made[0] ?? '')}</fes:Filter>`;
      const update = `<wfs:Update typeName="sf:${type}"><wfs:Property><wfs:ValueReference>gml:description</wfs:ValueReference><wfs:Value>Łąka &amp; las</wfs:Value></wfs:Property>${filter}</wfs:Update>`;
      expect(await summary(transact(update))).toEqual([0, 1, 0, 0]);
      const [changed] = await where(type, rid(made[0] ?? ''));
      expect(changed && childOf(changed, 'description')?.text).toBe('Łąka & las');
      expect(await summary(transact(`<wfs:Replace>${element}${filter}</wfs:Replace>`))).toEqual([0, 0, 1, 0]);
      const [replaced] = await where(type, rid(made[0] ?? ''));
      expect(replaced && childOf(replaced, 'description')?.text).not.toBe('Łąka & las');
      const remove = `<wfs:Delete typeName="sf:${type}">${filter}</wfs:Delete>`;
      expect(await summary(transact(remove))).toEqual([0, 0, 0, 1]);
      expect(await features(type)).toHaveLength(COUNTS[type] ?? 0);
    },
  );

  it.each(TYPES)('gives a feature of %s another gml:name (Update.updateGMLName)', async (type) => {
    const [feature] = await features(type);
    const id = feature ? (gmlIdOf(feature) ?? '') : '';
    const before = feature && childOf(feature, 'name')?.text;
    const rename = async (name: string | undefined) => {
      const value = name === undefined ? '' : `<wfs:Value>${name}</wfs:Value>`;
      const update = `<wfs:Update typeName="sf:${type}"><wfs:Property><wfs:ValueReference>gml:name</wfs:ValueReference>${value}</wfs:Property><fes:Filter>${rid(id)}</fes:Filter></wfs:Update>`;
      expect(await summary(transact(update))).toEqual([0, 1, 0, 0]);
    };
    await rename('Jezioro');
    const [renamed] = await where(type, compare('PropertyIsEqualTo', 'gml:name', 'Jezioro'));
    const named = renamed?.children.filter(({ local }) => local === 'name');
    expect([renamed && gmlIdOf(renamed), named?.map(({ namespace, text }) => [namespace, text])]).toEqual([
      id,
      [[GML, 'Jezioro']],
    ]);
    const values = await answer(get(`request=GetPropertyValue&typeNames=sf:${type}&valueReference=gml:name`));
    expect([...descendantsOf(values)].map(({ text }) => text)).toContain('Jezioro');
    await rename(before);
    expect((await features(type)).map((each) => childOf(each, 'name')?.text)).toContain(before);
  });

  it('knows gml:name by its namespace, whatever its prefix, and sorts by it', async () => {
    const all = (await features('PrimitivePoint')).map((each) => childOf(each, 'name')?.text ?? '');
    const [name = ''] = all;
    const filter = compare('PropertyIsEqualTo', 'g:name', name);
    const found = await where('PrimitivePoint', filter.replace('Reference>', `Reference xmlns:g="${GML}">`));
    expect(found.map((each) => childOf(each, 'name')?.text)).toEqual(all.filter((each) => each === name));
    const bound = `namespaces=xmlns(sf,${NAMESPACE}),xmlns(g,${GML})&typeNames=sf:PrimitivePoint`;
    const values = await answer(get(`request=GetPropertyValue&${bound}&valueReference=g:name`));
    expect(childrenOf(values, 'member').flatMap(({ children }) => children.map(({ text }) => text))).toEqual(
      all.filter((each) => each !== ''),
    );
    const sorted = members(await answer(get(`request=GetFeature&${bound}&sortBy=g:name DESC`)));
    const names = sorted.flatMap((each) => childOf(each, 'name')?.text ?? []);
    expect([names, new Set(names).size > 1]).toEqual([[...names].sort().reverse(), true]);
  });

  it('has no name of its own beside gml:name', async () => {
    const text = await (await get('request=GetFeature&typeNames=sf:PrimitivePoint&count=1')).text();
    const element = /<sf:PrimitivePoint .*?<\/sf:PrimitivePoint>/s.exec(text)?.[0] ?? '';
    const renamed = element.replaceAll('gml:name>', 'sf:name>');
    expect(renamed).not.toBe(element);
    expect(await refusal(transact(`<wfs:Insert>${renamed}</wfs:Insert>`))).toEqual([400, 'InvalidValue']);
  });

  it.each(['1.1.0', '1.0.0'])('writes gml:name where the schema of WFS %s has it', async (version) => {
    const ask = async (query: string) =>
      (await fetch(`${server.url}/wfs?service=WFS&version=${version}&${query}`)).text();
    const place = version === '1.1.0' ? 'wfs/1.1.0/wfs.xsd' : 'wfs/1.0.0/WFS-basic.xsd';
    const types = await ask('request=DescribeFeatureType');
    const oldJudge = await oldXmlJudge({ 'http://www.opengis.net/wfs': place }, types, NAMESPACE);
    const answers = await Promise.all(TYPES.map((type) => ask(`request=GetFeature&typeName=sf:${type}`)));
    expect(await oldJudge.faults(...answers)).toBe('');
    expect(answers.every((text) => text.includes('<gml:name>') && !text.includes('sf:name'))).toBe(true);
    await oldJudge.close();
  });

  it('LockFeatureTests.lockFeatureAndAttemptDelete', async () => {
    const id = 'PrimitivePoint-f015';
    const locked = await answer(post('LockFeature', query('PrimitivePoint', rid(id)), 'expiry="60"'));
    const remove = `<wfs:Delete typeName="sf:PrimitivePoint"><fes:Filter>${rid(id)}</fes:Filter></wfs:Delete>`;
    expect(await refusal(transact(remove))).toEqual([400, 'MissingParameterValue']);
    const nothing = `<wfs:Update typeName="sf:PrimitivePoint"><wfs:Property><wfs:ValueReference>sf:intProperty</wfs:ValueReference><wfs:Value>-900</wfs:Value></wfs:Property><fes:Filter>${rid(id)}</fes:Filter></wfs:Update>`;
    await answer(transact(nothing, `lockId="${locked.attributes['lockId']}"`));
  });

  it('CreateStoredQueryTests.createGetFeatureByTypeName, DropStoredQueryTests.dropStoredQuery', async () => {
    const id = 'urn:example:wfs2-query:GetFeatureByTypeName';
    const place = `\${typeName}`;
    const definition = `<wfs:StoredQueryDefinition id="${id}"><wfs:Title>By type</wfs:Title><wfs:Parameter name="typeName" type="xsd:QName"/><wfs:QueryExpressionText returnFeatureTypes="" language="urn:ogc:def:queryLanguage:OGC-WFS::WFS_QueryExpression" isPrivate="false"><wfs:Query typeNames="${place}"/></wfs:QueryExpressionText></wfs:StoredQueryDefinition>`;
    await answer(post('CreateStoredQuery', definition));
    for (const type of TYPES) {
      const called = get(`request=GetFeature&storedQuery_id=${id}&typeName=sf:${type}`);
      expect(members(await answer(called))).toHaveLength(COUNTS[type] ?? 0);
    }
    await answer(post('DropStoredQuery', '', `id="${id}"`));
  });

  it('PagingTests.traverseResultSetInBothDirections', async () => {
    let page = await answer(get('request=GetFeature&typeNames=sf:PrimitivePoint&count=1'));
    const seen = ids(members(page));
    while (page.attributes['next']) {
      page = await answer(fetch(page.attributes['next']));
      seen.push(...ids(members(page)));
    }
    expect(seen).toEqual(ids(await features('PrimitivePoint')));
    while (page.attributes['previous']) page = await answer(fetch(page.attributes['previous']));
    expect(ids(members(page))).toEqual(seen.slice(0, 1));
  });

  it.each(TYPES)('is read by GDAL: %s', async (type) => {
    const read = await readByGdal(`WFS:${server.url}/wfs?version=2.0.0`, `sf:${type}`);
    expect(read.features).toHaveLength(COUNTS[type] ?? 0);
  });

  it('keeps what was changed when it is started again, and refuses the database of a city', async () => {
    const again = await startCiteWfs(document, database.pool, HERE, LOG);
    const hits = await fetch(
      `${again.url}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=sf:PrimitivePoint&resultType=hits`,
    );
    expect(await hits.text()).toContain('numberMatched="4"');
    await again.close();
    const city = await testDatabase();
    await fill(city.pool, sampleFeatures(1));
    await expect(startCiteWfs(document, city.pool, HERE, LOG)).rejects.toThrow('holds a city');
    await city.drop();
  });
});
