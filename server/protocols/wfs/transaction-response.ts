/** Answers to a transaction: WFS 2.0 (09-025r2, 15.3), 1.1 (04-094, 12.3) and 1.0 (02-058, 7.5.3). */
import { gmlId } from '../../../core/feature/identifier.ts';
import { type Markup, markup, raw } from '../../../core/xml/writer.ts';
import type { EditedObject } from '../../services/feature-edits.ts';
import { VERSION, WFS_NAMESPACE } from './request.ts';
import type { TransactionAction } from './transaction-request.ts';
import { OLD_WFS_NAMESPACE, type WfsVersion } from './versions.ts';

export interface ActionResult {
  readonly action: TransactionAction;
  readonly objects: readonly EditedObject[];
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const OGC = 'http://www.opengis.net/ogc';

export function transactionResponse(version: WfsVersion, results: readonly ActionResult[]): string {
  const head = markup`<?xml version="1.0" encoding="UTF-8"?>
`;
  return markup`${head}${RESPONSES[version](results)}`.text;
}

const RESPONSES: Readonly<Record<WfsVersion, (results: readonly ActionResult[]) => Markup>> = {
  '2.0.0': response20,
  '1.1.0': response11,
  '1.0.0': response10,
};

function totalOf(results: readonly ActionResult[], kind: TransactionAction['kind']): number {
  const ofKind = results.filter(({ action }) => action.kind === kind);
  return ofKind.reduce((sum, { objects }) => sum + objects.length, 0);
}

/** Totals, and which objects came, changed or were replaced. */
function response20(results: readonly ActionResult[]): Markup {
  return markup`<wfs:TransactionResponse xmlns:wfs="${WFS_NAMESPACE}" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:xsi="${XSI}" xsi:schemaLocation="${WFS_NAMESPACE} http://schemas.opengis.net/wfs/2.0/wfs.xsd" version="${VERSION}">
<wfs:TransactionSummary><wfs:totalInserted>${totalOf(results, 'insert')}</wfs:totalInserted><wfs:totalUpdated>${totalOf(results, 'update')}</wfs:totalUpdated><wfs:totalReplaced>${totalOf(results, 'replace')}</wfs:totalReplaced><wfs:totalDeleted>${totalOf(results, 'delete')}</wfs:totalDeleted></wfs:TransactionSummary>
${resultsOf('InsertResults', results, 'insert')}${resultsOf('UpdateResults', results, 'update')}${resultsOf('ReplaceResults', results, 'replace')}</wfs:TransactionResponse>
`;
}

function resultsOf(
  name: string,
  results: readonly ActionResult[],
  kind: TransactionAction['kind'],
): Markup | undefined {
  const features = results
    .filter(({ action }) => action.kind === kind)
    .flatMap(({ action, objects }) =>
      objects.map(
        ({ layer, id }) =>
          markup`<wfs:Feature${handleOf(action)}><fes:ResourceId rid="${gmlId(layer, id)}"/></wfs:Feature>`,
      ),
    );
  if (features.length === 0) return undefined;
  const [open, close] = [raw(`<wfs:${name}>`), raw(`</wfs:${name}>`)];
  return markup`${open}${features}${close}
`;
}

function response11(results: readonly ActionResult[]): Markup {
  const inserted = insertsOf(results);
  return markup`<wfs:TransactionResponse xmlns:wfs="${OLD_WFS_NAMESPACE}" xmlns:ogc="${OGC}" xmlns:xsi="${XSI}" xsi:schemaLocation="${OLD_WFS_NAMESPACE} http://schemas.opengis.net/wfs/1.1.0/wfs.xsd" version="1.1.0">
<wfs:TransactionSummary><wfs:totalInserted>${totalOf(results, 'insert')}</wfs:totalInserted><wfs:totalUpdated>${totalOf(results, 'update')}</wfs:totalUpdated><wfs:totalDeleted>${totalOf(results, 'delete')}</wfs:totalDeleted></wfs:TransactionSummary>
${
  inserted.length > 0 &&
  markup`<wfs:InsertResults>${inserted.map(({ action, objects }) =>
    objects.map((object) => markup`<wfs:Feature${handleOf(action)}>${featureId(object)}</wfs:Feature>`),
  )}</wfs:InsertResults>
`
}</wfs:TransactionResponse>
`;
}

function response10(results: readonly ActionResult[]): Markup {
  return markup`<wfs:WFS_TransactionResponse xmlns:wfs="${OLD_WFS_NAMESPACE}" xmlns:ogc="${OGC}" xmlns:xsi="${XSI}" xsi:schemaLocation="${OLD_WFS_NAMESPACE} http://schemas.opengis.net/wfs/1.0.0/WFS-transaction.xsd" version="1.0.0">
${insertsOf(results).map(({ action, objects }) => markup`<wfs:InsertResult${handleOf(action)}>${objects.map(featureId)}</wfs:InsertResult>`)}<wfs:TransactionResult><wfs:Status><wfs:SUCCESS/></wfs:Status></wfs:TransactionResult>
</wfs:WFS_TransactionResponse>
`;
}

const insertsOf = (results: readonly ActionResult[]): readonly ActionResult[] =>
  results.filter(({ action, objects }) => action.kind === 'insert' && objects.length > 0);

const handleOf = ({ handle }: TransactionAction): Markup | undefined =>
  handle === undefined ? undefined : markup` handle="${handle}"`;

const featureId = ({ layer, id }: EditedObject): Markup => markup`<ogc:FeatureId fid="${gmlId(layer, id)}"/>`;
