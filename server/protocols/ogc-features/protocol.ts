/** OGC API – Features Part 1 (17-069r4), Part 2 (18-058r1) and Part 4 (20-002) under `/ogc`. */
import type { OgcPart } from '../../http/ogc-part.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import { EditFault } from '../../services/feature-edits.ts';
import type { Services } from '../../services.ts';
import { getCollection, getCollections } from './collections.ts';
import { editRoutes } from './edit-items.ts';
import { getItem } from './item.ts';
import { getItems } from './items.ts';
import { getConformance, getLanding } from './landing.ts';
import { getApi } from './openapi.ts';
import { getQueryables, getSchema } from './schema.ts';
import { getStyleSheet } from './style-sheet.ts';

/** @param parts what other protocols add under `/ogc` */
export function ogcFeatures(services: Services, parts: readonly OgcPart[] = []): Protocol {
  return {
    name: 'ogc-features',
    prefix: '/ogc',
    routes: [
      { method: 'GET', path: '/ogc', handle: (ask) => getLanding(parts, ask) },
      { method: 'GET', path: '/ogc/conformance', handle: (ask) => getConformance(parts, ask) },
      { method: 'GET', path: '/ogc/api', handle: (ask) => getApi(services, parts, ask) },
      { method: 'GET', path: '/ogc/style.css', handle: () => getStyleSheet() },
      { method: 'GET', path: '/ogc/collections', handle: (ask) => getCollections(services, parts, ask) },
      {
        method: 'GET',
        path: '/ogc/collections/:layer',
        handle: (ask) => getCollection(services, parts, ask),
      },
      {
        method: 'GET',
        path: '/ogc/collections/:layer/queryables',
        handle: (ask) => getQueryables(services, ask),
      },
      { method: 'GET', path: '/ogc/collections/:layer/schema', handle: (ask) => getSchema(services, ask) },
      { method: 'GET', path: '/ogc/collections/:layer/items', handle: (ask) => getItems(services, ask) },
      { method: 'GET', path: '/ogc/collections/:layer/items/:id', handle: (ask) => getItem(services, ask) },
      // Parcel numbers hold a slash (169/4), and not every client writes it as %2F.
      {
        method: 'GET',
        path: '/ogc/collections/:layer/items/:id/:rest',
        handle: (ask) => getItem(services, ask),
      },
      ...editRoutes(services),
      ...parts.flatMap(({ routes }) => routes ?? []),
    ],
    explain: explainEdit,
  };
}

/** HTTP has a status of its own for who changes what somebody else has changed. */
const explainEdit: Protocol['explain'] = (error, ask) =>
  error instanceof EditFault && error.code === 'version'
    ? explainAsProblem(error, ask, { status: 412, title: 'Precondition failed' })
    : explainAsProblem(error, ask);
