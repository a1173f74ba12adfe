/** The path of volumes of ground for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { groundVolumeQuestionSchema, groundVolumeSchema } from '../../../core/wire/ground-volume.ts';
import { jsonContent, problemAnswer } from '../../http/openapi-parts.ts';

const { properties = {} } = z.toJSONSchema(groundVolumeQuestionSchema, { io: 'input' });

export const GROUND_VOLUME_PATHS = {
  '/api/ground-volume': {
    get: {
      operationId: 'getGroundVolume',
      summary:
        'How much earth lies between the ground and a level within an outline, with what it may be wrong by',
      parameters: [
        {
          ...{ name: 'outline', in: 'query', required: true },
          description:
            'Corners as easting,northing,easting,northing,… in the CRS of the city, without crossings',
          schema: { type: 'string' },
        },
        { name: 'levelM', in: 'query', schema: properties['levelM'] },
      ],
      responses: {
        200: { description: 'The volumes', content: jsonContent(groundVolumeSchema) },
        default: problemAnswer(),
      },
    },
  },
} as const;
