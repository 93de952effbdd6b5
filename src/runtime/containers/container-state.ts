import { parseJson, parseShape } from '../../base/parse-shape.ts';
import {
  amount,
  anything,
  dictionaryOf,
  integer,
  listOf,
  nullable,
  object,
  type ShapeOf,
  text,
} from '../../base/shape.ts';

/** A container as its engine describes it at one moment. */
export interface ContainerState {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** Of its main process, seen from the machine that the engine runs on; 0: it does not run. */
  readonly pid: number;
  /** The engine's word: `running`, `exited`, `restarting`, `created` … */
  readonly status: string;
  readonly exitCode: number;
  readonly startedAt: string;
  /** How often the engine itself has started it again since. */
  readonly restarts: number;
  /** Of the image's or the compose file's own health check; `null`: it has none. */
  readonly health: string | null;
  /** Its name in the compose file; `null`: it does not come from one. */
  readonly service: string | null;
  readonly ports: readonly PublishedPort[];
}

/** A port of this machine that leads to one of the container's. */
export interface PublishedPort {
  readonly host: number;
  readonly container: number;
}

/**
 * What is asked of `inspect`, as one line of JSON a container; the rest of its answer is long, and holds secrets.
 * Source: docker inspect, the fields of `types.ContainerJSON`; podman fills the same ones.
 */
export const INSPECT_FORMAT = `{${[
  '"id":{{json .Id}}',
  '"name":{{json .Name}}',
  '"image":{{json .Config.Image}}',
  '"state":{{json .State}}',
  '"restarts":{{json .RestartCount}}',
  '"labels":{{json .Config.Labels}}',
  '"ports":{{json .NetworkSettings.Ports}}',
].join(',')}}`;

const lineShape = object({
  id: text,
  name: text,
  image: text,
  state: object({ Status: text, Pid: integer, ExitCode: integer, StartedAt: text }),
  restarts: amount,
});
/** What may be absent. */
const extraShape = object({ state: anything, labels: anything, ports: anything });
const healthShape = object({ Health: object({ Status: text }) });
const labelsShape = dictionaryOf(text);
const bindingsShape = dictionaryOf(nullable(listOf(object({ HostPort: text }))));

/** Reads the lines of `inspect`, without what else is written among them (warnings), and without one-off containers. */
export function readContainers(output: string): readonly ContainerState[] {
  return output.split('\n').flatMap((line) => {
    const json = line.startsWith('{') ? parseJson(line, anything) : undefined;
    const known = parseShape(lineShape, json);
    const extra = parseShape(extraShape, json);
    const labels = parseShape(labelsShape, extra?.labels) ?? {};
    if (known === undefined || labels['com.docker.compose.oneoff'] === 'True') return [];
    const { state, name, ...rest } = known;
    const { Status: status, Pid: pid, ExitCode: exitCode, StartedAt: startedAt } = state;
    // Podman has an empty word for a health check that is none.
    const health = parseShape(healthShape, extra?.state)?.Health.Status || null;
    const service = labels['com.docker.compose.service'] ?? null;
    const ports = publishedPorts(parseShape(bindingsShape, extra?.ports) ?? {});
    return [{ ...rest, name: name.replace(/^\//, ''), pid, status, exitCode, startedAt, health, service, ports }];
  });
}

/** `{"5432/tcp":[{"HostIp":"0.0.0.0","HostPort":"5432"}],"6379/tcp":null}`: one binding for each address family. */
function publishedPorts(bindings: ShapeOf<typeof bindingsShape>): readonly PublishedPort[] {
  const pairs = Object.entries(bindings).flatMap(([key, bound]) => {
    const container = /^(\d+)\/tcp$/.exec(key)?.[1];
    return container === undefined ? [] : (bound ?? []).map(({ HostPort }) => `${HostPort}:${container}`);
  });
  return [...new Set(pairs)].map((pair) => {
    const [host = 0, container = 0] = pair.split(':').map(Number);
    return { host, container };
  });
}
