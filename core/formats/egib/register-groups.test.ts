import { describe, expect, it } from 'vitest';
import {
  fixtureParcelId,
  parcelMember,
  registerFile,
  shareMember,
  unitMember,
} from '../../../test/support/register-gml.ts';
import type { ReadEvent } from '../reader.ts';
import { EGIB_GML } from './reader.ts';

async function read(members: readonly string[]): Promise<readonly ReadEvent[]> {
  async function* chunks() {
    yield registerFile(members);
  }
  const events: ReadEvent[] = [];
  for await (const event of EGIB_GML.read(chunks(), {})) events.push(event);
  return events;
}

async function groupsOf(members: readonly string[]) {
  const events = await read(members);
  return {
    told: Object.fromEntries(
      events.flatMap((event) =>
        event.kind === 'addition'
          ? [[event.id, `${event.properties['register_group']} ${event.properties['public_holder']}`]]
          : [],
      ),
    ),
    notes: events.flatMap((event) =>
      event.kind === 'note' && !/^(namespace|axis):/.test(event.code) ? [event.code] : [],
    ),
  };
}

const [first, second, third] = [1, 2, 3].map(fixtureParcelId) as [string, string, string];

describe('register groups of parcels', () => {
  it('come from the unit that a parcel names, before or after it, and reach every parcel of the unit', async () => {
    const parcels = [
      parcelMember({ n: 1, unit: 7 }),
      parcelMember({ n: 2, unit: 7 }),
      parcelMember({ n: 3, unit: 8 }),
    ];
    const units = [unitMember(7, '4'), unitMember(8, '7')];
    const told = { [first]: '4 municipality', [second]: '4 municipality', [third]: '7 other' };
    expect(await groupsOf([...units, ...parcels])).toEqual({ told, notes: [] });
    expect(await groupsOf([...parcels, ...units])).toEqual({ told, notes: [] });
  });

  it('come from a unit that stands inside the parcel', async () => {
    const inside = unitMember(7, '13').replaceAll(/<[/]?gml:featureMember>/g, '');
    const parcel = parcelMember({ n: 1, unit: 7 }).replace(
      /<egb:JRG2.*\/>/,
      `<egb:JRG2>${inside}</egb:JRG2>`,
    );
    expect((await groupsOf([parcel])).told).toEqual({ [first]: '13 voivodeship' });
  });

  it('come in files of 2015 from the shares, by group or subgroup, and from none when they disagree', async () => {
    const group = (code: string) => `<egb:grupaRejestrowa>${code}</egb:grupaRejestrowa>`;
    const subgroup = (code: string) => `<egb:podgrupaRej>${code}</egb:podgrupaRej>`;
    const { told, notes } = await groupsOf([
      ...[1, 2, 3].map((n) => parcelMember({ n, unit: n })),
      shareMember(1, group('9')),
      shareMember(2, subgroup('4.1')),
      shareMember(2, subgroup('4.2')),
      shareMember(3, subgroup('7.1')),
      shareMember(3, group('3')),
    ]);
    expect(told).toEqual({ [first]: '9 other', [second]: '4 municipality' });
    expect(notes).toEqual(['mixed-register-groups']);
  });

  it('stay unknown, with a note, where the unit is absent, has ended or has no group of the regulation', async () => {
    const { told, notes } = await groupsOf([
      ...[1, 2, 3].map((n) => parcelMember({ n, unit: n })),
      unitMember(2, '4', '<egb:koniecWersjaObiekt>2024-01-01T00:00:00</egb:koniecWersjaObiekt>'),
      unitMember(3, '17'),
    ]);
    expect(told).toEqual({});
    expect(notes).toEqual(['register-group', 'unknown-register-unit']);
  });

  it('bring nothing of who holds the ground', async () => {
    const events = await read([parcelMember({ n: 1, unit: 1 }), shareMember(1, '')]);
    expect(JSON.stringify(events)).not.toContain('KOWALSKI');
  });
});
