/** Tables of residents as objects of `building_residents`, each at its building. */
import { added, type CountedRow, readPopulation } from '../../core/formats/population/read-population.ts';
import type { LoadProblem, ReadEvent } from '../../core/formats/reader.ts';
import type { PopulationMapping } from '../../core/wire/feature-mapping.ts';
import type { Pool } from '../store/pool.ts';
import { type Residence, residencesByAddress, residencesById } from '../store/residence-places.ts';

/** Rows that are looked up at once. */
const AT_ONCE = 5_000;

/**
 * Rows of one building (its addresses) are one object. The whole table is held in memory. What cannot be placed is rejected by line.
 * @throws TwinError not-supported for a table that holds personal data
 */
export async function* populationEvents(
  pool: Pool,
  chunks: AsyncIterable<string>,
  mapping: PopulationMapping,
): AsyncGenerator<ReadEvent> {
  const parts: string[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const { rows, problems } = readPopulation(parts.join(''), mapping);
  for (const problem of problems) yield { kind: 'rejected', problem };
  const counted = new Map<string, { readonly place: Residence; properties: CountedRow['properties'] }>();
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    const places = await placesOf(pool, some);
    for (const [i, row] of some.entries()) {
      const place = places[i];
      const known = place && counted.get(place.building);
      if (!place) yield { kind: 'rejected', problem: unplaced(row) };
      else if (known) known.properties = added(known.properties, row.properties);
      else counted.set(place.building, { place, properties: row.properties });
    }
  }
  for (const [id, { place, properties }] of counted) {
    const geometry = { type: 'Point', coordinates: place.at } as const;
    const feature = {
      layer: 'building_residents',
      id,
      geometry,
      properties: { ...properties, building_id: id },
    };
    yield { kind: 'object', feature, srid: place.srid, ended: false };
  }
  const together = rows.length - counted.size;
  yield {
    kind: 'note',
    code: 'population',
    message: `${rows.length} rows count people in ${counted.size} buildings${together > 0 ? '; rows of one building are added up' : ''}`,
  };
}

async function placesOf(
  pool: Pool,
  rows: readonly CountedRow[],
): Promise<readonly (Residence | undefined)[]> {
  const buildings = rows.flatMap(({ place }) => ('building' in place ? [place.building] : []));
  if (buildings.length > 0) return residencesById(pool, buildings);
  return residencesByAddress(
    pool,
    rows.flatMap(({ place }) => ('street' in place ? [place] : [])),
  );
}

function unplaced({ line, place }: CountedRow): LoadProblem {
  const objectId = Object.values(place).join(' ');
  const message =
    'building' in place
      ? `Line ${line}: there is no building ${objectId} in the register`
      : `Line ${line}: no address ${objectId} names one building of the register`;
  return { code: 'unknown-reference', objectId, objectClass: undefined, message, line };
}
