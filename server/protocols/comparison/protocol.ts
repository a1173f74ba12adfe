/** What scenarios are compared by, beside the table of their consequences: differences from the base, and reports. */
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol } from '../../http/protocol.ts';
import { DOCUMENT_FORMATS } from '../../services/documents.ts';
import { getDifferences } from './differences.ts';
import { getReport, type ReportedCity, type ReportServices } from './report.ts';

export function comparison(services: ReportServices, city: ReportedCity): Protocol {
  return {
    name: 'comparison',
    prefix: '/api/scenarios/:scenario/differences',
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: '/api/scenarios/:scenario/differences',
        handle: (ask) => getDifferences(services, ask),
      },
      ...DOCUMENT_FORMATS.map((format) => ({
        method: 'GET' as const,
        path: `/api/scenarios/compare/report.${format}`,
        handle: (ask: Ask) => getReport(services, city, format, ask),
      })),
    ],
  };
}
