/** A framework of the JVM: what detection knows about it. */
export interface JavaFramework {
  readonly name: string;
  /** The group that its plugins and dependencies belong to. */
  readonly group: RegExp;
  /** The property that sets the port. */
  readonly portProperty: string;
  /** The goal or task that runs the application. */
  readonly run: { readonly maven: string; readonly gradle: string };
  /** How a run takes `$PORT`; in front of the command or behind it. */
  readonly port: { readonly maven: PortWay; readonly gradle: PortWay };
  /** The dependency that adds a health endpoint, and its usual path. */
  readonly health?: { readonly dependency: RegExp; readonly path: string };
}

interface PortWay {
  readonly before?: string;
  readonly behind?: string;
}

const MICRONAUT_PORT: PortWay = { before: 'MICRONAUT_SERVER_PORT=$PORT' };
const QUARKUS_PORT: PortWay = { behind: '-Dquarkus.http.port=$PORT' };

/** Every framework, one row each; the first whose group a build names counts. Sources: the projects' references. */
export const JAVA_FRAMEWORKS: readonly JavaFramework[] = [
  {
    name: 'spring-boot',
    group: /^org\.springframework\.boot/,
    portProperty: 'server.port',
    run: { maven: 'spring-boot:run', gradle: 'bootRun' },
    port: {
      maven: { behind: '-Dspring-boot.run.arguments=--server.port=$PORT' },
      gradle: { behind: '--args=--server.port=$PORT' },
    },
    health: { dependency: /spring-boot-starter-actuator/, path: '/actuator/health' },
  },
  {
    name: 'quarkus',
    group: /^io\.quarkus/,
    portProperty: 'quarkus.http.port',
    run: { maven: 'quarkus:dev', gradle: 'quarkusDev' },
    port: { maven: QUARKUS_PORT, gradle: QUARKUS_PORT },
    health: { dependency: /quarkus-smallrye-health/, path: '/q/health' },
  },
  {
    name: 'micronaut',
    group: /^io\.micronaut/,
    portProperty: 'micronaut.server.port',
    run: { maven: 'mn:run', gradle: 'run' },
    port: { maven: MICRONAUT_PORT, gradle: MICRONAUT_PORT },
    health: { dependency: /micronaut-management/, path: '/health' },
  },
  {
    name: 'ktor',
    group: /^io\.ktor/,
    portProperty: 'ktor.deployment.port',
    run: { maven: 'mn:run', gradle: 'run' },
    port: { maven: {}, gradle: {} },
  },
];
