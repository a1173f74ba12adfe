/** English words of keys. */
import type { plKeys } from './pl-keys.ts';

export const enKeys: Record<keyof typeof plKeys, string> = {
  keysTitle: 'Keys for QGIS and other programs',
  keysHint:
    'A key is typed as the password of the name {who}, or sent as a bearer token. It has no more rights than this account.',
  keyLabel: 'What it is for',
  keyDays: 'How long it holds',
  keyDaysOf: '{n} days',
  keyReadOnly: 'only to read',
  keyMake: 'Make a key',
  keyMade: 'New key, shown only now',
  keySession: 'session',
  keyThatReads: 'key that reads',
  keyThatActs: 'key with all rights of the account',
  keyDates: 'holds until {end}, used {used}',
  keyCurrent: 'this session',
  keyEnd: 'End',
  keyEndOf: 'End: {label}',
};
