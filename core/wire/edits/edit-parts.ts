/** What several kinds of edits are made of. */
import { z } from 'zod';

/** Easting, northing, metres in the city's cadastral CRS (EPSG:2177). */
export const position = z.tuple([z.number(), z.number()]);

/** The id of an object in its register, or of one that the scenario has added. */
export const objectId = z.string().min(1).max(200);

/** Why, in the words of whoever made the edit. */
export const note = z.string().trim().max(1_000).optional();
