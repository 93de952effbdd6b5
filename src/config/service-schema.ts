import * as z from 'zod/mini';
import { isWaitResource } from '../base/wait-resource.ts';
import type { WithAmounts } from './amount.ts';
import { USELESS_FOR_CONTAINERS, USELESS_SCHEMA } from './container-keys.ts';
import { health as healthSchema } from './health-schema.ts';
import { port } from './port-schema.ts';
import {
  command,
  count,
  directory,
  duration,
  environment,
  flagSchema,
  listSchema,
  name,
  positiveDuration,
  size,
  textSchema,
  withSampleValues,
} from './values.ts';

const POLICY = ['on-failure', 'always', 'never'] as const;

const CAUSE = ['crash', 'unhealthy', 'slow', 'memory', 'port'] as const;

const restartSettings = z.strictObject({
  policy: z.exactOptional(
    z.enum(POLICY).check(z.describe('When an ended service is started again. Default: on-failure.')),
  ),
  maxRestarts: z.exactOptional(
    count(0, 1000).check(z.describe('More crashes than this within `window` are a crash loop. Default: 5.')),
  ),
  window: z.exactOptional(positiveDuration.check(z.describe('Default: 60s.'))),
  backoff: z.exactOptional(
    z
      .strictObject({ initial: z.exactOptional(duration), max: z.exactOptional(duration) })
      .check(
        z.describe(
          'Pause before the second restart within `window`, then doubled; the first has none. Default: 1s to 30s.',
        ),
      ),
  ),
  on: z.exactOptional(
    listSchema(z.enum(CAUSE, { error: 'one of `crash`, `unhealthy`, `slow`, `memory`, `port`' }), 'causes').check(
      z.describe(
        'What restarts it: its end, failed probes, critical response times, its limit of memory, another process on ' +
          'its port. Default: crash and memory.',
      ),
    ),
  ),
  onUnhealthy: z.exactOptional(
    flagSchema.check(z.describe('Also for failed probes, critical response times and a stolen port. Default: false.')),
  ),
  maxMemory: z.exactOptional(size.check(z.describe('Restart when the whole process tree uses more.'))),
});

const restartOptions = restartSettings.check(
  z.refine(({ on, onUnhealthy, policy }) => on === undefined || (onUnhealthy === undefined && policy !== 'never'), {
    error: 'a mapping with either `on`, or `onUnhealthy` or the policy `never`',
  }),
  z.refine(({ on, policy = 'never' }) => on === undefined || policy === 'never' || on.includes('crash'), {
    error: 'left out where `on` is without `crash`',
    path: ['policy'],
  }),
  z.refine(({ on = [], maxMemory }) => !on.includes('memory') || maxMemory !== undefined, {
    error: 'the size that `memory` in `on` is about',
    path: ['maxMemory'],
  }),
  z.meta({
    not: {
      required: ['on'],
      anyOf: [
        { required: ['onUnhealthy'] },
        { required: ['policy'], properties: { policy: { const: 'never' } } },
        { required: ['policy'], properties: { on: { type: 'array', not: { contains: { const: 'crash' } } } } },
        { not: { required: ['maxMemory'] }, properties: { on: { type: 'array', contains: { const: 'memory' } } } },
      ],
    },
  }),
);

const RESTART = '`on-failure`, `always`, `never`, or a mapping';
const restart = z.union([z.enum(POLICY, { error: RESTART }), restartOptions], { error: RESTART });

const CONFLICT_POLICY = ['fallback', 'kill', 'ask', 'fail'] as const;

const conflictOptions = z.strictObject({
  policy: z.exactOptional(
    z.enum(CONFLICT_POLICY).check(z.describe('What to do about a stranger on the port. Default: fallback.')),
  ),
  grace: z.exactOptional(
    duration.check(z.describe('Time that a stranger has to end before SIGKILL, when it is ended. Default: 5s.')),
  ),
});

const CONFLICT = '`fallback`, `kill`, `ask`, `fail`, or a mapping';
const conflict = z.union([z.enum(CONFLICT_POLICY, { error: CONFLICT }), conflictOptions], { error: CONFLICT });

const stop = z.strictObject({
  signal: z.exactOptional(
    z.enum(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGKILL']).check(z.describe('Default: SIGTERM.')),
  ),
  grace: z.exactOptional(duration.check(z.describe('Time to end before SIGKILL. Default: 10s.'))),
});

const RESOURCE = 'a resource such as `tcp:127.0.0.1:5432`, `http-get://…`, `socket:…` or `file:…`';
const RESOURCE_START = /^(\$|tcp:|socket:|file:|https?:\/\/|https?-get:\/\/)/;
const resource = z.string({ error: RESOURCE }).check(
  z.regex(RESOURCE_START, { error: RESOURCE }),
  z.refine((text) => !RESOURCE_START.test(text) || text.startsWith('$') || isWaitResource(withSampleValues(text)), {
    error: RESOURCE,
  }),
);

const HOST = 'a host name or an address, without scheme and port';
const host = z
  .string({ error: HOST })
  .check(z.regex(/^(\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\]?|[A-Za-z0-9.-]+)$/, { error: HOST }));

const DOCS = 'a path that begins with `/`, or a URL that begins with `http://` or `https://`';
const docs = z.string({ error: DOCS }).check(z.regex(/^(\/|https?:\/\/)\S*$/, { error: DOCS }));

const COMPOSE_FILE = 'a compose file, or a list of them';
const CONTAINER = 'the name of a service of the compose file, or a mapping with `service` and `file`';
const composeName = z.string({ error: CONTAINER }).check(z.regex(/^[A-Za-z0-9][\w.-]*$/, { error: CONTAINER }));

const containerOptions = z.strictObject({
  service: composeName.check(z.describe('Its name in the compose file.')),
  file: z.exactOptional(
    z
      .union([textSchema, listSchema(textSchema, 'files')], { error: COMPOSE_FILE })
      .check(z.describe('The compose file, or several; relative to `cwd`. Default: the one that compose finds there.')),
  ),
});

const container = z.union([composeName, containerOptions], { error: CONTAINER });

/** The next worktree's ports lie 10 above. */
const MOST_INSTANCES = 10;
const INSTANCES = `a whole number from 1 to ${MOST_INSTANCES}`;

/** What can be probed only on a port, as a schema for editors. */
const NEEDS_PORT = {
  anyOf: [
    { type: 'string', pattern: '^/' },
    { type: 'object', required: ['tcp'], properties: { tcp: { const: true } } },
    { type: 'object', required: ['http'], properties: { http: { type: 'string', pattern: '^/' } } },
  ],
} as const;

export const service = z
  .strictObject({
    command: z.exactOptional(command.check(z.describe('The command line; `$PORT` and other variables are expanded.'))),
    container: z.exactOptional(
      container.check(z.describe('In place of `command`: a container of a compose file, run by its engine.')),
    ),
    cwd: z.exactOptional(
      directory.check(z.describe('Where it runs, relative to the project root. Default: the root.')),
    ),
    host: z.exactOptional(host.check(z.describe('What `NAME_HOST` and the URL name. Default: localhost.'))),
    port: z.exactOptional(
      port.check(z.describe('The wanted port, `auto`, or a text with variables. None: it has no port.')),
    ),
    instances: z.exactOptional(
      z
        .int({ error: INSTANCES })
        .check(
          z.minimum(1, { error: INSTANCES }),
          z.maximum(MOST_INSTANCES, { error: INSTANCES }),
          z.describe('How many of it run, as `NAME.1` and so on, each with the next port. Default: 1.'),
        ),
    ),
    onConflict: z.exactOptional(
      conflict.check(z.describe('What to do about a stranger on the port. Default: fallback.')),
    ),
    health: z.exactOptional(healthSchema.check(z.describe('How readiness and liveness are probed.'))),
    restart: z.exactOptional(restart.check(z.describe('When an ended service is started again. Default: on-failure.'))),
    stop: z.exactOptional(stop.check(z.describe('How it is asked to end.'))),
    nice: z.exactOptional(
      count(0, 19).check(
        z.describe('How far it and all that it starts give way to other programs on the processor. Default: 0.'),
      ),
    ),
    before: z.exactOptional(command.check(z.describe('Runs to its end before each start; a failure stops the start.'))),
    waitFor: z.exactOptional(
      listSchema(resource, 'resources').check(z.describe('What must be there before it starts.')),
    ),
    envFile: z.exactOptional(
      listSchema(textSchema, 'files').check(z.describe('Env files that are exported into it, relative to `cwd`.')),
    ),
    env: z.exactOptional(environment.check(z.describe('Environment variables; `$NAME` is expanded.'))),
    docs: z.exactOptional(
      docs.check(z.describe('Where its documentation is: a path such as `/docs`, or a URL. Shown when it is ready.')),
    ),
    open: z.exactOptional(
      flagSchema.check(z.describe('Show it in the browser when it has been started on a terminal. Default: false.')),
    ),
    dependsOn: z.exactOptional(
      listSchema(name, 'service names').check(z.describe('Services that must be ready first.')),
    ),
  })
  .check(
    z.refine((value) => (value.command === undefined) !== (value.container === undefined), {
      error: 'a service with either `command` or `container`',
    }),
    ...USELESS_FOR_CONTAINERS.map(({ path, error, isWritten }) =>
      z.refine<{ readonly container?: unknown }>((value) => value.container === undefined || !isWritten(value), {
        error,
        path,
      }),
    ),
    z.refine((value) => value.port !== undefined || !needsPort(value.health), {
      error: '`command` or `log`, because the service has no `port`',
      path: ['health'],
    }),
    z.meta({
      oneOf: [
        { required: ['command'], not: { required: ['container'] } },
        { required: ['container'], not: USELESS_SCHEMA },
      ],
      anyOf: [{ required: ['port'] }, { not: { required: ['health'], properties: { health: NEEDS_PORT } } }],
    }),
  );

export type RestartOptions = WithAmounts<z.infer<typeof restartSettings>>;

/** One service as the user wrote it, times in ms, sizes in bytes. */
export type ServiceConfig = WithAmounts<z.infer<typeof service>>;

function needsPort(health: z.infer<typeof healthSchema> | undefined): boolean {
  if (health === undefined) return false;
  if (typeof health === 'string') return health.startsWith('/');
  return health.tcp === true || health.http?.startsWith('/') === true;
}
