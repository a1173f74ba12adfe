/** The paths of orders for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { ORDER_FORMATS, ORDER_SRIDS, orderEstimateSchema, orderSchema } from '../../../core/wire/order.ts';

const json = (schema: z.ZodType, io: 'input' | 'output') => ({
  'application/json': { schema: z.toJSONSchema(schema, { io }) },
});
const PROBLEM = {
  description: 'What was wrong (RFC 9457)',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
} as const;
const PACKAGE = {
  200: {
    description: 'A ZIP archive: files by format, readme.txt, manifest.json with counts and SHA-256',
    content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
  },
  default: PROBLEM,
} as const;
const parameter = (name: string, description: string, schema: object) => ({
  ...{ name, in: 'query', description, schema },
});
const text = { type: 'string' } as const;
const metres = (usual: number) => ({ type: 'number', default: usual });

export const ORDER_PATHS = {
  '/api/orders/estimate': {
    post: {
      operationId: 'estimateOrder',
      summary: 'How much an order would hold, and what would be left out of it',
      requestBody: { required: true, content: json(orderSchema, 'input') },
      responses: {
        200: { description: 'Objects, bytes and seconds', content: json(orderEstimateSchema, 'output') },
        default: PROBLEM,
      },
    },
  },
  '/api/download': {
    get: {
      operationId: 'download',
      summary: 'The data of an area as one package; the link stays',
      parameters: [
        parameter('layers', 'Names of layers, separated by commas', text),
        parameter('formats', `Of ${ORDER_FORMATS.join(', ')}, separated by commas`, text),
        parameter('parcels', 'Area: parcels by id, separated by commas', text),
        parameter('bufferM', 'Metres round the parcels', metres(0)),
        parameter('bbox', 'Area: least and greatest easting and northing', text),
        parameter('bbox-crs', 'EPSG code of the box', { type: 'integer', default: 2177 }),
        parameter('street', 'Area: along the street of this name', text),
        parameter('widthM', 'Metres across the street, both sides together', metres(40)),
        parameter('at', 'Area: round this easting and northing', text),
        parameter('at-crs', 'EPSG code of the place', { type: 'integer', default: 2177 }),
        parameter('radiusM', 'Metres round the place', metres(50)),
        parameter('district', 'Area: a district by id', text),
        parameter('precinct', 'Area: a precinct by id', text),
        parameter('sheet', 'Area: a map sheet of PL-2000 such as 6.177.11.17.2', text),
        parameter('city', 'Area: all of the city', { type: 'boolean' }),
        parameter('crs', 'EPSG code of the files', { enum: [...ORDER_SRIDS], default: 2177 }),
        parameter('cut', 'Whether objects are cut at the edge', {
          enum: ['whole', 'clip'],
          default: 'whole',
        }),
      ],
      responses: PACKAGE,
    },
    post: {
      operationId: 'downloadByBody',
      summary: 'The same, asked in a body',
      requestBody: { required: true, content: json(orderSchema, 'input') },
      responses: PACKAGE,
    },
  },
} as const;
