import { z } from 'zod';

const served = z.object({
  withinReach: z.number().describe('People with a facility within reach'),
  withPlace: z
    .number()
    .describe('People with a place within reach when places are given out as well as can be'),
  meanWalkMin: z
    .number()
    .nullable()
    .describe('Mean walk to the nearest facility, minutes; null when there is none'),
  inDesert: z.number().describe('People with less than one place for three of them within reach (2SFCA)'),
});
export type ServedState = z.infer<typeof served>;

const site = z.object({
  parcel: z.string().describe('Id of the parcel'),
  position: z
    .tuple([z.number(), z.number()])
    .describe('A point on it: easting, northing (EPSG:2177, metres)'),
  areaM2: z.number().describe('Its area, m²'),
  offStreetM: z.number().describe('Straight way from that point to the street, metres'),
  within5Min: z.number().describe('People within 5 minutes on foot'),
  within10Min: z.number().describe('People within 10 minutes on foot'),
  within15Min: z.number().describe('People within 15 minutes on foot'),
});

const cell = z.object({
  id: z.string().describe('Cell of the population grid'),
  people: z
    .number()
    .describe('People of the ages in question; estimated where the grid does not publish them'),
  walkMinBefore: z
    .number()
    .nullable()
    .describe('Walk to the nearest facility, minutes; null when none is near'),
  walkMinAfter: z.number().nullable().describe('The same with the new sites'),
  placesPerPersonBefore: z.number().describe('Places for each person (2SFCA)'),
  placesPerPersonAfter: z.number().describe('The same with the new sites'),
});

export const nurseryResultSchema = z.object({
  demand: z
    .object({
      people: z.number().describe('People of the ages in question'),
      estimatedPeople: z
        .number()
        .describe('Of them estimated by the share of the cells whose ages are published'),
      cells: z.int().describe('Cells of the population grid'),
      cellsOffNetwork: z.int().describe('Cells too far from any street, left out'),
    })
    .describe('Whom the sites are to serve'),
  existing: z
    .object({
      facilities: z.int().describe('Facilities that are there'),
      places: z.int().describe('Their places'),
      withoutCapacity: z.int().describe('Of them without a known number of places; taken as none'),
      offNetwork: z.int().describe('Facilities too far from any street, left out'),
    })
    .describe('What is there; all of it stays'),
  candidates: z
    .object({
      tried: z.int().describe('Parcels that were tried'),
      fit: z.int().describe('Municipal parcels of the area asked for'),
    })
    .describe('Where new sites may stand'),
  before: served.describe('With what is there'),
  after: served.describe('With the new sites'),
  solution: z
    .object({
      objective: z.number().describe('People within reach, or people times metres, of the solution'),
      bound: z.number().describe('No choice of sites is better than this'),
      unit: z.enum(['people', 'people × m']).describe('Unit of objective and bound'),
      isProven: z.boolean().describe('Whether the bound meets the objective'),
      gap: z.number().describe('|objective − bound| / objective; 0 when proven'),
      sites: z.array(site).describe('The new sites'),
      runnerUp: z
        .object({
          parcels: z.array(z.string()).describe('Its parcels'),
          objective: z.number().describe('Its objective'),
          difference: z.number().describe('By how much it is worse'),
        })
        .optional()
        .describe('The best other choice that exchanges one of the new sites'),
    })
    .describe('The best choice found'),
  cells: z.array(cell).describe('Each cell before and after'),
});
export type NurseryResult = z.infer<typeof nurseryResultSchema>;
