/** CityJSON and CityJSONSeq: the buildings of the file as one body. */
import { CITYJSON } from '../../../../core/formats/cityjson/reader.ts';
import { type CrsReference, crsOf, transformBetween } from '../../../../core/geo/crs.ts';
import type { MultiPolygon } from '../../../../core/geo/geometry.ts';
import { placeFrom } from './map-place.ts';
import {
  bodyOf,
  type ModelBody,
  type ModelNote,
  ModelProblem,
  type RawFace,
  type Xyz,
} from './model-body.ts';

export async function readCityJson(text: string): Promise<ModelBody> {
  const faces: RawFace[] = [];
  const notes: ModelNote[] = [];
  let [buildings, rejected] = [0, 0];
  let reason = '';
  let srid = LOCAL.srid;
  const isPlaced = /"referenceSystem"\s*:\s*"/.test(text);
  const crs = isPlaced ? {} : { crs: LOCAL };
  try {
    for await (const event of CITYJSON.read(once(text), crs)) {
      if (event.kind === 'rejected') {
        rejected++;
        reason ||= event.problem.message;
      }
      if (event.kind !== 'object') continue;
      buildings++;
      // Degrees are no measure; other planes keep their own, so that a far one does not stretch the body.
      srid = crsOf(event.srid).unit === 'degree' ? LOCAL.srid : event.srid;
      takeFaces(
        event.feature.geometry as MultiPolygon,
        event.srid,
        String(event.feature.properties['surface_kinds'] ?? ''),
        faces,
      );
    }
  } catch (error) {
    throw new ModelProblem('modelBroken', { reason: error instanceof Error ? error.message : String(error) });
  }
  if (buildings === 0 && reason !== '') throw new ModelProblem('modelBroken', { reason });
  if (buildings > 1) notes.push({ word: 'modelJoined', with: { n: buildings } });
  if (rejected > 0) notes.push({ word: 'modelRejected', with: { n: rejected, reason } });
  const { corners, faces: kept, surfaceKinds, sizeM, pivot } = bodyOf(faces);
  const place = isPlaced ? placeFrom(srid, [pivot[0], pivot[1]], 0, pivot[2]) : undefined;
  return { format: 'CityJSON', cornersMm: corners, faces: kept, surfaceKinds, sizeM, place, notes };
}

/** A file without a CRS counts in metres of its own. */
const LOCAL: CrsReference = { srid: 2177, order: 'easting-northing', text: 'EPSG:2177' };

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function takeFaces({ coordinates }: MultiPolygon, srid: number, kinds: string, into: RawFace[]): void {
  const there = crsOf(srid).unit === 'degree' ? transformBetween(srid, LOCAL.srid) : undefined;
  coordinates.forEach((rings, index) => {
    into.push({
      rings: rings.map((ring) =>
        ring.slice(0, -1).map(([x, y, z = 0]): Xyz => {
          const [e, n] = there ? there([x, y]) : [x, y];
          return [e, n, z] as const;
        }),
      ),
      kind: kinds[index],
    });
  });
}
