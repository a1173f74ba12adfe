/** Viewsheds and sections as the model `views` tells them, before and after the edits of a scenario. */
import { z } from 'zod';
import { invalidParameter } from '../../errors.ts';
import type { BuildingShape } from '../sun/building-shape.ts';
import type { GroundGrid } from '../sun/ground-grid.ts';
import { heightRaster } from '../sun/height-raster.ts';
import type { Viewpoint } from './horizon.ts';
import { type Station, section } from './section.ts';
import { viewshed, viewshedFrame } from './viewshed.ts';

export const LONGEST_SECTION_M = 3_000;

interface CityState {
  readonly shapes: readonly BuildingShape[];
  readonly relief: GroundGrid | undefined;
}

interface BothStates {
  readonly before: CityState;
  readonly after: CityState;
  readonly isChanged: boolean;
}

export const viewshedSchema = z.object({
  eyeM: z.number().describe('Height of the point, PL-EVRF2007-NH'),
  radiusM: z.number(),
  cellM: z
    .number()
    .describe('Side of the square cells; the outline of what is seen is as wrong as half of it'),
  groundM2: z.number().describe('Ground within the radius after the edits, roofs left out'),
  seenM2: z.object({ before: z.number(), after: z.number() }),
  farthestM: z.number(),
  rings: z
    .array(z.object({ toM: z.number(), groundM2: z.number(), before: z.number(), after: z.number() }))
    .describe('The same by distance: up to toM from the ring before; m2 of ground and of what is seen of it'),
  origin: z
    .tuple([z.number(), z.number()])
    .describe('South-western corner of the cells, easting and northing'),
  runs: z
    .array(z.array(z.int()))
    .describe(
      'After: of each row from the south, in turn the column where seen ground begins and where it ends',
    ),
});

export const sectionSchema = z.object({
  lengthM: z.number(),
  stations: z
    .array(
      z.object({
        m: z.number(),
        groundM: z.number(),
        roofM: z.object({ before: z.number().nullable(), after: z.number().nullable() }),
        building: z.string().nullable(),
      }),
    )
    .describe('Distance along the line, heights PL-EVRF2007-NH, and the building that is cut'),
  highestM: z.number(),
  lowestM: z.number(),
});

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

export function toldViewshed(
  { before, after, isChanged }: BothStates,
  eye: Viewpoint,
  radiusM: number,
): z.infer<typeof viewshedSchema> {
  const frame = viewshedFrame(eye, radiusM);
  const seenIn = ({ shapes, relief }: CityState) =>
    viewshed(heightRaster(frame, shapes, relief), eye, radiusM);
  const is = seenIn(after);
  const was = isChanged ? seenIn(before) : is;
  return {
    ...{ eyeM: rounded(eye[2], 2), radiusM, cellM: frame.cellM, groundM2: Math.round(is.groundM2) },
    seenM2: { before: Math.round(was.seenM2), after: Math.round(is.seenM2) },
    farthestM: Math.round(is.farthestM),
    rings: is.rings.map(({ toM, groundM2, seenM2 }, n) => ({
      ...{ toM, groundM2: Math.round(groundM2), after: Math.round(seenM2) },
      before: Math.round(was.rings[n]?.seenM2 ?? 0),
    })),
    origin: [frame.origin[0], frame.origin[1]],
    runs: is.runs.map((run) => [...run]),
  };
}

/** @throws TwinError invalid-parameter for a line that is too long */
export function toldSection(
  { before, after, isChanged }: BothStates,
  from: readonly [number, number],
  to: readonly [number, number],
): z.infer<typeof sectionSchema> {
  const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (lengthM > LONGEST_SECTION_M || lengthM < 1) {
    throw invalidParameter(
      'sections',
      `A section is ${lengthM.toFixed(0)} m long; from 1 to ${LONGEST_SECTION_M} m can be cut at once`,
    );
  }
  const cut = ({ shapes, relief }: CityState) => section(from, to, shapes, relief);
  const is = cut(after);
  const was = isChanged ? cut(before) : is;
  const top = ({ groundM, roofM }: Station): number => Math.max(groundM, roofM ?? groundM);
  const height = (value: number | null | undefined) =>
    value === null || value === undefined ? null : rounded(value, 2);
  return {
    lengthM: rounded(lengthM, 2),
    stations: is.map((station, n) => ({
      ...{ m: rounded(station.m, 2), groundM: rounded(station.groundM, 2), building: station.building },
      roofM: { before: height(was[n]?.roofM), after: height(station.roofM) },
    })),
    highestM: rounded(Math.max(...is.map(top)), 2),
    lowestM: rounded(Math.min(...is.map(({ groundM }) => groundM)), 2),
  };
}
