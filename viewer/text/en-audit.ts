/** English words of the audit. */
import type { plAudit } from './pl-audit.ts';

export const enAudit: Record<keyof typeof plAudit, string> = {
  auditTitle: 'Audit',
  auditFilters: 'Filters of the audit',
  auditWhat: 'What was done',
  auditText: 'Words of the subject or the reason',
  auditFrom: 'From day',
  auditTo: 'To day',
  auditNone: 'Nothing like it was recorded. Change the filters.',
  auditPlace: 'No.',
  auditWho: 'Who',
  auditAbout: 'To what',
  auditWhy: 'Reason',
  auditDetail: 'Detail',
  auditPages: 'Pages of the audit',
  auditHint:
    'Rows are only added, and each holds the SHA-256 digest of the one before. The command “blizniak audit verify” checks the whole chain.',
};
