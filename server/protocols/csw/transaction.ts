import type { Language } from '../../../core/feature/layer.ts';
import { findRecords } from '../../../core/metadata/find-records.ts';
import { markup } from '../../../core/xml/writer.ts';
import { requireRight } from '../../access/require-right.ts';
import type { Ask } from '../../http/protocol.ts';
import type { MetadataChange } from '../../services/metadata.ts';
import type { Services } from '../../services.ts';
import { RECORD_NAMESPACES, recordMarkup } from './records.ts';
import { CSW_NAMESPACE, type CswRequest, VERSION } from './request.ts';

/** Transaction (07-006r1, 10.11): all of its actions, or none. @throws TwinError as `MetadataCatalogue.apply` */
export async function transact(
  { metadata }: Services,
  { actions }: Extract<CswRequest, { operation: 'Transaction' }>,
  { view, signal }: Ask,
  language: Language,
): Promise<string> {
  requireRight(view.who, 'describe');
  const changes: MetadataChange[] = [];
  for (const action of actions) {
    if (action.op !== 'delete-where') changes.push(action);
    else {
      const { records } = await findRecords(
        await metadata.records(view, signal),
        { filter: action.filter },
        language,
        signal,
      );
      changes.push(...records.map(({ record }) => ({ op: 'delete', id: record.id }) as const));
    }
  }
  await metadata.apply(changes, view.who);
  const count = (op: MetadataChange['op']) => changes.filter((each) => each.op === op).length;
  const inserted = changes.flatMap((change) =>
    change.op === 'insert'
      ? recordMarkup(
          { record: change.record, xml: change.xml },
          { elementSet: 'brief', outputSchema: CSW_NAMESPACE },
          language,
        )
      : [],
  );
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<csw:TransactionResponse${RECORD_NAMESPACES} xsi:schemaLocation="http://www.opengis.net/cat/csw/2.0.2 http://schemas.opengis.net/csw/2.0.2/CSW-publication.xsd" version="${VERSION}"><csw:TransactionSummary><csw:totalInserted>${count('insert')}</csw:totalInserted><csw:totalUpdated>${count('update')}</csw:totalUpdated><csw:totalDeleted>${count('delete')}</csw:totalDeleted></csw:TransactionSummary>${inserted.length > 0 && markup`<csw:InsertResult>${inserted}</csw:InsertResult>`}</csw:TransactionResponse>
`.text;
}
