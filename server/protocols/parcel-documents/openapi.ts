/** Paths of the documents of parcels for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { checksRequestSchema } from '../../../core/wire/parcel-check.ts';
import { pathParameter, problemAnswer } from '../../http/openapi-parts.ts';
import { GEO_PACKAGE } from '../../services/geo-packages.ts';

const PROBLEM = problemAnswer('of an unknown parcel also `suggestions` and `successors`');

const PARAMETERS = [
  {
    name: 'lawDate',
    in: 'query',
    description: 'The day whose law applies; default that of the scenario, else today',
    schema: { type: 'string', format: 'date' },
  },
  {
    name: 'lang',
    in: 'query',
    description: 'Language of the document; default that of the browser',
    schema: { type: 'string', enum: ['pl', 'en'] },
  },
] as const;

const TYPES = {
  pdf: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
  html: { 'text/html': { schema: { type: 'string' } } },
  docx: {
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
      schema: { type: 'string', format: 'binary' },
    },
  },
} as const;

const path = (operationId: string, summary: string, format: keyof typeof TYPES) => ({
  parameters: [pathParameter('parcel')],
  get: {
    operationId,
    summary,
    parameters: PARAMETERS,
    responses: {
      200: {
        description: 'The document; the same data, law and rules give the same bytes',
        content: TYPES[format],
      },
      default: PROBLEM,
    },
  },
});

const many = (operationId: string, format: keyof typeof TYPES) => ({
  post: {
    operationId,
    summary: 'The check of a list of parcels in one document, or of a drawn area',
    parameters: PARAMETERS.map((each) =>
      each.name === 'lawDate'
        ? { ...each, description: 'For lists in files; JSON says it in its body' }
        : each,
    ),
    requestBody: {
      required: true,
      description: 'As for `/api/checks`',
      content: {
        'application/json': { schema: z.toJSONSchema(checksRequestSchema, { io: 'input' }) },
        'text/csv': { schema: { type: 'string' } },
        [GEO_PACKAGE]: { schema: { type: 'string', format: 'binary' } },
      },
    },
    responses: {
      200: {
        description: 'The document; the same data, law and rules give the same bytes',
        content: TYPES[format],
      },
      default: PROBLEM,
    },
  },
});

const REPORT = 'The check of a parcel for print: findings, law, data, drawing to scale, verification code';
const EXTRACT = 'Extract and drawing of the plans on a parcel for print';

const BIRDS_EYE = {
  parameters: [pathParameter('parcel')],
  get: {
    operationId: 'getParcelBirdsEye',
    summary: 'A parcel with its surroundings from the air, drawn from the 3D model',
    responses: {
      200: {
        description: '960 × 640 pixels, seen from the south-west; the same data give the same bytes',
        content: { 'image/png': { schema: { type: 'string', format: 'binary' } } },
      },
      default: PROBLEM,
    },
  },
} as const;

export const PARCEL_DOCUMENT_PATHS = {
  '/api/parcels/{parcel}/birds-eye.png': BIRDS_EYE,
  '/api/parcels/{parcel}/report.pdf': path('getCheckReportPdf', REPORT, 'pdf'),
  '/api/parcels/{parcel}/report.html': path('getCheckReportHtml', REPORT, 'html'),
  '/api/parcels/{parcel}/report.docx': path('getCheckReportDocx', REPORT, 'docx'),
  '/api/checks/report.pdf': many('getListReportPdf', 'pdf'),
  '/api/checks/report.html': many('getListReportHtml', 'html'),
  '/api/checks/report.docx': many('getListReportDocx', 'docx'),
  '/api/parcels/{parcel}/extract.pdf': path('getPlanExtractPdf', EXTRACT, 'pdf'),
  '/api/parcels/{parcel}/extract.html': path('getPlanExtractHtml', EXTRACT, 'html'),
  '/api/parcels/{parcel}/extract.docx': path('getPlanExtractDocx', EXTRACT, 'docx'),
} as const;
