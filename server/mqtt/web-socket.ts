/** MQTT over WebSocket (MQTT 3.1.1, 6) at `/mqtt` of the HTTP server: for browsers, and through the same proxy. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';

export const MQTT_PATH = '/mqtt';
const PROTOCOLS = ['mqtt', 'mqttv3.1'];

export interface WebSocketDoor {
  /** Takes a request to speak WebSocket over. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function openWebSocketDoor(handle: (connection: Duplex) => void, mostBytes: number): WebSocketDoor {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: mostBytes + 64,
    handleProtocols: (offered) => PROTOCOLS.find((name) => offered.has(name)) ?? false,
  });
  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      server.handleUpgrade(request, socket, head, (client) => {
        const stream = createWebSocketStream(client);
        stream.on('error', () => client.terminate());
        handle(stream);
      });
    },
    close: () => server.close(),
  };
}
