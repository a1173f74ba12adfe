/** The paths of orders for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { CITY_HEIGHTS, HEIGHT_SYSTEMS } from '../../../core/geo/height-systems.ts';
import { OLD_HEIGHTS_LAW } from '../../../core/order/order-heights.ts';
import { usePageSchema, useStatisticsSchema } from '../../../core/wire/data-use.ts';
import {
  dataOrderSchema,
  downloadSchema,
  givenAreaSchema,
  MAP_DPI,
  MAP_PAPERS,
  MAP_SCALES,
  newOrderSchema,
  ORDER_FORMATS,
  ORDER_PROFILE_NAMES,
  ORDER_SRIDS,
  orderEstimateSchema,
  orderOfferSchema,
  orderPartSchema,
} from '../../../core/wire/order.ts';
import {
  jsonAnswer,
  jsonContent,
  pathParameter,
  problemAnswer,
  queryParameter,
  SIGNED_IN,
} from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer();
const PACKAGE = {
  200: {
    description: 'A ZIP archive: files by format, readme.txt, manifest.json with counts and SHA-256',
    content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
  },
  default: PROBLEM,
} as const;
const text = { type: 'string' } as const;
const metres = (usual: number) => ({ type: 'number', default: usual });

const ORDER = {
  200: { description: 'The order', content: jsonContent(dataOrderSchema) },
  default: PROBLEM,
};
const ID = pathParameter('order');
const FORM = queryParameter('f', 'How it is written', { enum: ['json', 'csv'], default: 'json' });
const table = (description: string, schema: z.ZodType) => ({
  description,
  content: { ...jsonContent(schema), 'text/csv': { schema: { type: 'string' } } },
});

export const ORDER_PATHS = {
  '/api/orders': {
    get: {
      operationId: 'listOrders',
      summary: 'The orders of this account, the newest first',
      responses: {
        200: {
          description: 'Orders',
          content: jsonContent(z.strictObject({ orders: z.array(dataOrderSchema) })),
        },
        default: PROBLEM,
      },
    },
    post: {
      operationId: 'putOrder',
      summary: 'Order data: packed when its turn comes, kept for 30 days; the same data are packed once',
      requestBody: { required: true, content: jsonContent(newOrderSchema, 'input') },
      responses: {
        200: { description: 'It is there already', content: jsonContent(dataOrderSchema) },
        202: { description: 'It will be packed', content: jsonContent(dataOrderSchema) },
        413: {
          description:
            'Too large for the profile: mostObjects is its limit, parts are areas that cover the one ordered and fit',
          content: {
            'application/problem+json': jsonContent(
              z.looseObject({ detail: z.string(), mostObjects: z.int(), parts: z.array(orderPartSchema) }),
            )['application/json'],
          },
        },
        default: PROBLEM,
      },
    },
  },
  '/api/orders/{order}': {
    parameters: [ID],
    get: { operationId: 'readOrder', summary: 'How far an order is', responses: ORDER },
    delete: { operationId: 'cancelOrder', summary: 'Stop an order that has not ended', responses: ORDER },
  },
  '/api/orders/{order}/file': {
    parameters: [ID],
    get: {
      operationId: 'fetchOrder',
      summary: 'The package; Range goes on where a connection broke',
      responses: { ...PACKAGE, 206: PACKAGE[200] },
    },
  },
  '/api/orders/area': {
    post: {
      operationId: 'readOrderArea',
      summary:
        'The area that a file holds: zipped Shapefile, DXF (closed polylines), GeoJSON, KML, WKT, or corners one a line',
      parameters: [
        queryParameter('srid', 'EPSG code, for a file that does not say its own', { type: 'integer' }),
        queryParameter('axes', 'Order of the numbers in a list of corners', { enum: ['en', 'ne'] }),
      ],
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
      responses: {
        200: jsonAnswer('The area as it may be ordered, and what was done to it', givenAreaSchema),
        default: PROBLEM,
      },
    },
  },
  '/api/orders/profiles': {
    get: {
      operationId: 'listOrderProfiles',
      summary:
        'For whom data are handed out: layers, formats and limits, and whether the caller holds the profile',
      responses: {
        200: jsonAnswer('Profiles, and the systems that heights may be ordered in', orderOfferSchema),
        default: PROBLEM,
      },
    },
  },
  '/api/orders/statistics': {
    get: {
      operationId: 'readUseStatistics',
      summary: 'What was taken by year, layer, format and profile, without anything of persons',
      parameters: [FORM],
      responses: { 200: table('Rows', useStatisticsSchema), default: PROBLEM },
    },
  },
  '/api/orders/register': {
    get: {
      operationId: 'readUseRegister',
      summary: 'For staff: who took what, when and for which case, the newest first',
      security: SIGNED_IN,
      parameters: [
        queryParameter('year', 'Of this year', { type: 'integer' }),
        queryParameter('profile', 'In this profile', { enum: [...ORDER_PROFILE_NAMES] }),
        queryParameter('caseNumber', 'For this case (KERG)', text),
        queryParameter('account', 'By this account, or for it', text),
        queryParameter('layer', 'With this layer', text),
        queryParameter('limit', 'Rows of a page', { type: 'integer', default: 100, maximum: 1000 }),
        queryParameter('after', '`next` of the page before', { type: 'integer' }),
        FORM,
      ],
      responses: { 200: table('A page', usePageSchema), default: PROBLEM },
    },
  },
  '/api/orders/estimate': {
    post: {
      operationId: 'estimateOrder',
      summary: 'How much an order would hold, and what would be left out of it',
      requestBody: { required: true, content: jsonContent(newOrderSchema, 'input') },
      responses: {
        200: { description: 'Objects, bytes and seconds', content: jsonContent(orderEstimateSchema) },
        default: PROBLEM,
      },
    },
  },
  '/api/download': {
    get: {
      operationId: 'download',
      summary: 'The data of an area as one package; the link stays',
      parameters: [
        queryParameter(
          'layers',
          'Names of layers, separated by commas; without them the base map of a surveyor',
          text,
        ),
        queryParameter('formats', `Of ${ORDER_FORMATS.join(', ')}, separated by commas`, text),
        queryParameter('parcels', 'Area: parcels by id, separated by commas', text),
        queryParameter('bufferM', 'Metres round the parcels', metres(0)),
        queryParameter('bbox', 'Area: least and greatest easting and northing', text),
        queryParameter('bbox-crs', 'EPSG code of the box', { type: 'integer', default: 2177 }),
        queryParameter('street', 'Area: along the street of this name', text),
        queryParameter('widthM', 'Metres across the street, both sides together', metres(40)),
        queryParameter('place', 'Area: round this easting and northing', text),
        queryParameter('place-crs', 'EPSG code of the place', { type: 'integer', default: 2177 }),
        queryParameter('radiusM', 'Metres round the place', metres(50)),
        queryParameter('district', 'Area: a district by id', text),
        queryParameter('precinct', 'Area: a precinct by id', text),
        queryParameter('sheet', 'Area: a map sheet of PL-2000 such as 6.177.11.17.2', text),
        queryParameter('city', 'Area: all of the city', { type: 'boolean' }),
        queryParameter('crs', 'EPSG code of the files', { enum: [...ORDER_SRIDS], default: 2177 }),
        queryParameter(
          'since',
          'Only what has changed since this day or moment: what was added, changed, removed; gml, gpkg, geojson, csv',
          text,
        ),
        queryParameter('profile', 'For whom: a profile that the account holds', {
          ...{ enum: [...ORDER_PROFILE_NAMES], default: 'public' },
        }),
        queryParameter('caseNumber', 'KERG or another number of the case, which most profiles need', text),
        queryParameter('client', 'The account of the client for whom the office orders', text),
        queryParameter(
          'heights',
          `System of heights; PL-KRON86-NH only where the service has the grids of the state. ${OLD_HEIGHTS_LAW.en}`,
          { enum: [...HEIGHT_SYSTEMS], default: CITY_HEIGHTS },
        ),
        queryParameter('scale', 'Of a map (PDF, GeoTIFF): 1 to this', {
          enum: [...MAP_SCALES],
          default: 500,
        }),
        queryParameter('dpi', 'Of a map as GeoTIFF', { enum: [...MAP_DPI], default: 254 }),
        queryParameter('paper', 'Of a PDF: the largest sheet that may be used', {
          enum: [...MAP_PAPERS],
          default: 'A0',
        }),
        queryParameter('title', 'Of a PDF: its title', text),
        queryParameter('cut', 'Whether objects are cut at the edge', {
          enum: ['whole', 'clip'],
          default: 'whole',
        }),
      ],
      responses: PACKAGE,
    },
    post: {
      operationId: 'downloadByBody',
      summary: 'The same, asked in a body',
      requestBody: { required: true, content: jsonContent(downloadSchema, 'input') },
      responses: PACKAGE,
    },
  },
} as const;
