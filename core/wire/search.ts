/** JSON of `/api/search`. */
import { z } from 'zod';

export const searchHitSchema = z.object({
  layer: z.string(),
  /** Business id. */
  id: z.string(),
  label: z.string(),
  /** minE, minN, maxE, maxN in the CRS `srid`. */
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  srid: z.int(),
});

export const searchReplySchema = z.object({ hits: z.array(searchHitSchema) });

export type WireSearchHit = z.infer<typeof searchHitSchema>;
export type SearchReply = z.infer<typeof searchReplySchema>;
