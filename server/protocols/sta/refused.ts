import { asTwinError, type ErrorKind } from '../../../core/errors.ts';
import type { EntityId } from '../../../core/live/sensor-things.ts';
import type { EntityDesk } from '../../services/sensor-things.ts';

/** What was sent as an observation and was refused. */
export interface Refused {
  readonly error: unknown;
  /** As far as the sender said. */
  readonly datastream: EntityId | undefined;
  readonly sent: string;
}

/** What will never become an observation, however often it is sent; another result is kept by the store itself. */
const FOR_GOOD: readonly ErrorKind[] = ['invalid-parameter', 'missing-parameter', 'not-found'];

/** Keeps it aside with the reason, for people to look at; its sender is told in any case. */
export async function keepRefused(
  sensors: Pick<EntityDesk, 'setAside'>,
  refused: readonly Refused[],
): Promise<void> {
  const asides = refused.flatMap(({ error, datastream, sent }) => {
    const { kind, message } = asTwinError(error);
    if (!FOR_GOOD.includes(kind)) return [];
    const datastreamId = typeof datastream === 'number' ? datastream : undefined;
    return [{ datastreamId, reason: 'rejected' as const, detail: message, sent, source: 'sta' }];
  });
  if (asides.length > 0) await sensors.setAside(asides).catch(() => {});
}
