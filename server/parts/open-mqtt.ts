/** How sensors reach the service other than by HTTP. */
import type { SensorSource } from '../../core/wire/sensor-source.ts';
import type { identifyBy } from '../access/identify.ts';
import type { Identity } from '../access/identity.ts';
import type { Config } from '../config.ts';
import type { FrontDoor } from '../lifecycle/front-door.ts';
import type { Log } from '../log.ts';
import { openEmbeddedBroker } from '../mqtt/embedded-broker.ts';
import { mqttEndpoints } from '../mqtt/endpoints.ts';
import { openInbox } from '../mqtt/inbox.ts';
import { followOutsideBroker } from '../mqtt/outside-broker.ts';
import { sensorThingsDoor } from '../mqtt/sensor-things-door.ts';
import { MQTT_PATH, openWebSocketDoor } from '../mqtt/web-socket.ts';
import { sensorThings } from '../protocols/sta/protocol.ts';
import type { Services } from '../services.ts';
import { openSources } from '../sources/sources.ts';
import { LEAD } from '../store/lead.ts';
import type { Pool } from '../store/pool.ts';
import { storeSensorSources } from '../store/sensor-sources.ts';

export interface Mqtt {
  /** Where the broker within is reached, given where the service is; undefined = it is elsewhere. */
  readonly endpoints?: (publicUrl: string) => readonly string[];
  close(): Promise<void>;
}

export interface MqttParts {
  readonly services: Services;
  readonly pool: Pool;
  readonly identify: ReturnType<typeof identifyBy>;
  readonly declared: readonly SensorSource[];
  readonly config: Config;
  readonly door: FrontDoor;
  readonly log: Log;
}

/** Sources of measurements, and MQTT: the broker within on its own port and behind the front door, or one elsewhere. */
export async function openMqtt(parts: MqttParts): Promise<Mqtt> {
  const { services, pool, identify, declared, config, door: frontDoor, log } = parts;
  const { live, sensors } = services;
  const { mqtt, host, maxBodyBytes } = config;
  // The inbox keeps aside what is refused, and knows the topic that it came by.
  const quiet = { ...services, sensors: { ...services.sensors, setAside: async () => {} } };
  const door = sensorThingsDoor(sensorThings(quiet), config.publicUrl ?? frontDoor.url);
  const sources = openSources({
    sources: declared,
    store: storeSensorSources(pool),
    sensors,
    create: (path, body) => door.create(`v1.1/${path}`, Buffer.from(JSON.stringify(body)), SOURCES),
  });
  const inbox = openInbox(door, sources.heard, sensors.setAside);
  const leading = pool.lead(LEAD.providers, async (signal) => {
    const url = mqtt.url?.reveal();
    const outside =
      url === undefined
        ? []
        : [followOutsideBroker({ url, clientId: mqtt.clientId, inbox, door, live, log }, signal)];
    await Promise.all([sources.askAll(signal), ...outside]);
  });
  if (mqtt.url !== undefined) return leading;
  const broker = await openEmbeddedBroker({
    ...{ inbox, door, live, identify, log, host },
    port: mqtt.port === 'off' ? undefined : mqtt.port,
    mostClients: mqtt.mostClients,
    mostBytes: maxBodyBytes,
    messagesPerS: mqtt.messagesPerS,
  });
  const webSockets = openWebSocketDoor(broker.handle, maxBodyBytes);
  frontDoor.leadUpgrades(MQTT_PATH, webSockets.upgrade);
  return {
    endpoints: (publicUrl) => mqttEndpoints(publicUrl, broker.port()),
    async close() {
      webSockets.close();
      await broker.close();
      await leading.close();
    },
  };
}

/** Sources that may make Things do so as staff would. */
const SOURCES: Identity = { who: 'sources', roles: ['public', 'staff'] };
