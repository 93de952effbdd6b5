import { findMismatch, parseShape } from '../../../base/parse-shape.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import {
  ACQUIRE,
  type ControlEndpoint,
  FOLLOW,
  LOOK,
  NAME_ROOT,
  RELEASE,
  type Reply,
  START,
  STOP,
  TELL_END,
} from '../control/protocol.ts';
import { endClientRun, nameRoot } from '../requests/client-runs.ts';
import { endLease, holdLease } from '../requests/hold-lease.ts';
import { noteAsked } from '../requests/note-asked.ts';
import { noteUse } from '../requests/note-use.ts';
import { startServices } from '../requests/start-services.ts';
import { stopServices } from '../requests/stop-services.ts';
import type { Supervisor } from '../supervisor.ts';

export interface Requested {
  readonly supervisor: Supervisor;
  /** Resolves when the client has gone. */
  readonly closed: Promise<void>;
  say(reply: Reply): void;
  /** Pid of the client's process; `null`: it did not say. */
  readonly caller: number | null;
}

/** Carries a request out that was read and found to be one. */
type Perform = (requested: Requested) => Promise<unknown>;

/** What a request asks for, or what is wrong with it. */
export function readRequest(path: string, body: string): Result<Perform, string> {
  const read = ROUTES.get(path);
  if (read === undefined) return err(`unknown request ${path}`);
  try {
    return read(JSON.parse(body));
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return err(`not a request to ${path}: its body is no JSON`);
  }
}

const ROUTES: ReadonlyMap<string, (body: unknown) => Result<Perform, string>> = new Map([
  route(START, (body, { supervisor, caller }) => {
    const names = body.names.length > 0 ? body.names : body.plan.services.map(({ name }) => name);
    noteAsked(supervisor, { request: body.mode === 'normal' ? 'start' : 'restart', names, caller });
    noteUse(supervisor, body);
    return startServices(supervisor, body);
  }),
  route(STOP, async (body, { supervisor, caller }) => {
    const names = body.names.length > 0 ? body.names : supervisor.runners.map(({ service }) => service.name);
    noteAsked(supervisor, { request: body.mode === 'graceful' ? 'stop' : 'kill', names, caller });
    const report = await stopServices(supervisor, body);
    if (supervisor.isAtRest) supervisor.uses.clear();
    return report;
  }),
  route(NAME_ROOT, async (body, { supervisor }) => nameRoot(supervisor, body)),
  route(TELL_END, (body, { supervisor }) => endClientRun(supervisor, body)),
  route(ACQUIRE, async (body, { supervisor, closed, say }) => {
    const held = holdLease(supervisor, body, closed);
    say({ type: 'alive' });
    await held;
    return null;
  }),
  route(RELEASE, (body, { supervisor }) => endLease(supervisor, body)),
  route(LOOK, async ({ names }, { supervisor }) => {
    for (const { service, live } of supervisor.runners) if (names.includes(service.name)) live?.checkups.hurry();
    return null;
  }),
  route(FOLLOW, async ({ user }, { supervisor, closed, say }) => {
    const end = supervisor.publisher.followProbes((service) => say({ type: 'probe', service }));
    const leave = user === null ? null : supervisor.uses.follow(user);
    await closed;
    leave?.();
    end();
    return null;
  }),
]);

function route<Request, Report>(
  { path, request }: ControlEndpoint<Request, Report>,
  perform: (body: Request, requested: Requested) => Promise<Report>,
): [string, (body: unknown) => Result<Perform, string>] {
  return [
    path,
    (value) => {
      const body = parseShape(request, value);
      if (body !== undefined) return ok((requested) => perform(body, requested));
      return err(`not a request to ${path}: ${findMismatch(request, value) || 'its body'} is missing or wrong`);
    },
  ];
}
