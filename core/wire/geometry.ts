/** GeoJSON geometries, here in whatever CRS the document says, easting or longitude first. */
import { z } from 'zod';

const position = z.union([
  z.tuple([z.number(), z.number()]).readonly(),
  z.tuple([z.number(), z.number(), z.number()]).readonly(),
]);
const line = z.array(position).readonly();
const lines = z.array(line).readonly();
const of = <T extends string, C extends z.ZodType>(type: T, coordinates: C) =>
  z.object({ type: z.literal(type), coordinates });

export const geometrySchema = z.discriminatedUnion('type', [
  of('Point', position),
  of('MultiPoint', line),
  of('LineString', line),
  of('MultiLineString', lines),
  of('Polygon', lines),
  of('MultiPolygon', z.array(lines).readonly()),
]);
