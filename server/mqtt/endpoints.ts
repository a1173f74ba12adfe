import { MQTT_PATH } from './web-socket.ts';

/**
 * Where clients reach the broker within, as addresses: over TCP while it listens, over WebSocket always.
 * @param publicUrl where the world sees the service
 * @param port of the broker; undefined while it does not listen
 */
export function mqttEndpoints(publicUrl: string, port: number | undefined): readonly string[] {
  const { hostname } = new URL(publicUrl);
  return [
    ...(port === undefined ? [] : [`mqtt://${hostname}:${port}`]),
    `${publicUrl.replace(/^http/, 'ws')}${MQTT_PATH}`,
  ];
}
