import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import { newObstructionSchema } from '../../wire/obstruction.ts';
import { UnreadablePayload } from './reading.ts';
import { takeCsvRoadworks, takeDatexRoadworks } from './roadworks.ts';

const record = (
  body: string,
  type = 'sit:ConstructionWorks',
) => `<d2:payload xmlns:d2="http://datex2.eu/schema/3/d2Payload"
  xmlns:sit="http://datex2.eu/schema/3/situation" xmlns:com="http://datex2.eu/schema/3/common"
  xmlns:loc="http://datex2.eu/schema/3/locationReferencing" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <sit:situation id="S1"><sit:situationRecord xsi:type="${type}" id="R1">
    <sit:validity><com:validityTimeSpecification>
      <com:overallStartTime>2026-06-01T06:00:00+02:00</com:overallStartTime>
      <com:overallEndTime>2026-06-30T18:00:00+02:00</com:overallEndTime>
    </com:validityTimeSpecification></sit:validity>${body}</sit:situationRecord></sit:situation></d2:payload>`;
const LINE =
  '<sit:locationReference><loc:gmlLineString srsName="EPSG:4326"><loc:posList>52.41 16.93 52.412 16.935</loc:posList></loc:gmlLineString></sit:locationReference>';

describe('roadworks in DATEX II', () => {
  it('become drafts that the register takes, latitude first, the gravest impact told', () => {
    const { drafts, problems } = takeDatexRoadworks(
      record(
        `${LINE}<sit:generalPublicComment><sit:comment><com:values><com:value lang="pl">Budowa torowiska. Objazd.</com:value></com:values></sit:comment></sit:generalPublicComment>
        <sit:impact><sit:trafficConstrictionType>lanesBlocked</sit:trafficConstrictionType></sit:impact>
        <sit:roadOrCarriagewayOrLaneManagementType>roadClosed</sit:roadOrCarriagewayOrLaneManagementType>`,
      ),
      'ZDM',
    );
    expect(problems).toEqual([]);
    expect(drafts).toMatchObject([
      {
        externalId: 'R1',
        content: {
          name: 'Budowa torowiska',
          impact: 'closed',
          owner: 'ZDM',
          windows: [{ from: '2026-06-01T04:00:00.000Z', to: '2026-06-30T16:00:00.000Z' }],
          place: { kind: 'line' },
        },
      },
    ]);
    const [draft] = drafts;
    expect(newObstructionSchema.parse(draft?.content)).toEqual(draft?.content);
    const place = draft?.content.place;
    expect(place?.kind === 'line' && place.line[0]?.map((m) => Math.round(m / 1000))).toEqual([6427, 5809]);
  });

  it('take a point as a small area, leave out accidents, and say what lacks a place or a period', () => {
    const point =
      '<sit:locationReference><loc:pointByCoordinates><loc:pointCoordinates><loc:latitude>52.41</loc:latitude><loc:longitude>16.93</loc:longitude></loc:pointCoordinates></loc:pointByCoordinates></sit:locationReference>';
    expect(takeDatexRoadworks(record(point), 'x').drafts[0]?.content.place.kind).toBe('area');
    expect(takeDatexRoadworks(record(point, 'sit:Accident'), 'x')).toEqual({ drafts: [], problems: [] });
    expect(takeDatexRoadworks(record(''), 'x').problems[0]).toContain('Alert-C');
    const endless = record(LINE).replace(/<com:overallEndTime>.*<\/com:overallEndTime>/, '');
    expect(takeDatexRoadworks(endless, 'x').problems).toEqual(['R1: has no end']);
    for (const rubbish of ['', '<html/>', '{"a":1}', '<payload>']) {
      expect(() => takeDatexRoadworks(rubbish, 'x')).toThrow(UnreadablePayload);
    }
  });
});

it('takes CSV by a declaration of its columns', () => {
  const mapping = {
    ...{ id: 'nr', name: 'nazwa', from: 'od', to: 'do', wkt: 'geom', impact: 'utrudnienie' },
    delimiter: ';',
    impacts: { zamknięta: 'closed' as const },
  };
  const { drafts, problems } = takeCsvRoadworks(
    `nr;nazwa;od;do;geom;utrudnienie
1;Remont;2026-06-01;2026-07-01;LINESTRING (16.93 52.41, 16.94 52.41);zamknięta
2;Wykop;2026-06-01;2026-07-01;POINT(16.93 52.41);inne
3;Bez końca;2026-06-01;;POINT(16.93 52.41);
4;Bez miejsca;2026-06-01;2026-07-01;;
`,
    mapping,
    'ZDM',
  );
  expect(drafts.map(({ externalId, content }) => [externalId, content.impact, content.place.kind])).toEqual([
    ['1', 'closed', 'line'],
    ['2', 'hindered', 'area'],
  ]);
  for (const { content } of drafts) expect(newObstructionSchema.parse(content)).toEqual(content);
  expect(problems).toEqual(['row 4 (3): has no period', 'row 5 (4): has no place']);
  expect(() => takeCsvRoadworks('a;b\n1;2', mapping, 'x')).toThrow('no column "nr"');
});

describeWithSharedData('DATEX II of others', () => {
  it.each(['v2-roadworks.xml', 'v2-accident.xml', 'v2-incident.xml', 'v3-situation-2.xml'])(
    'is read without breaking: %s',
    async (name) => {
      const text = await readFile(sharedData('mobility/datex2', name), 'utf8');
      const { drafts, problems } = takeDatexRoadworks(text, 'Fintraffic');
      // These are placed by Alert-C alone.
      expect(drafts).toEqual([]);
      expect(problems.length).toBe(name === 'v2-roadworks.xml' ? 1 : 0);
    },
  );
});
