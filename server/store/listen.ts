/** Notices of the database (LISTEN) on a connection of their own, which is opened again whenever it breaks. */
import { type KeptSession, keepSession } from './kept-session.ts';

export interface Listener {
  /** It hears from now on; what was said before must be read. Also after each break. */
  onConnected(): void;
  /** It hears nothing until it is connected again. */
  onLost(): void;
  onNotice(payload: string, channel: string): void;
}

/** @param channels names of ours, never from outside */
export function listen(databaseUrl: string, channels: readonly string[], listener: Listener): KeptSession {
  return keepSession(databaseUrl, 'blizniak live', {
    async begin(client, signal) {
      client.on('notification', ({ payload = '', channel }) => listener.onNotice(payload, channel));
      await client.query(channels.map((channel) => `listen ${channel}`).join('; '));
      if (!signal.aborted) listener.onConnected();
    },
    lost: () => listener.onLost(),
  });
}
