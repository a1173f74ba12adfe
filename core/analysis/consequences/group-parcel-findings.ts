import type { ParcelFinding } from '../../wire/consequences.ts';

/** What one rule says anew of several parcels. */
export interface ParcelFindingGroup {
  readonly rule: string;
  readonly change: ParcelFinding['change'];
  readonly first: ParcelFinding;
  /** In the order of their parcels. */
  readonly findings: readonly [ParcelFinding, ...ParcelFinding[]];
}

const CHANGES: readonly ParcelFinding['change'][] = ['appears', 'changes', 'vanishes'];

/** What appears first, then what changes and vanishes; within each in the order in which rules are told. */
export function groupParcelFindings(findings: readonly ParcelFinding[]): readonly ParcelFindingGroup[] {
  return CHANGES.flatMap((change) => {
    const groups = new Map<string, [ParcelFinding, ...ParcelFinding[]]>();
    for (const finding of findings) {
      if (finding.change !== change) continue;
      const group = groups.get(finding.rule);
      if (group) group.push(finding);
      else groups.set(finding.rule, [finding]);
    }
    return [...groups].map(([rule, members]) => ({ rule, change, first: members[0], findings: members }));
  });
}
