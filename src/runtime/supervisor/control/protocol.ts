import {
  amount,
  anything,
  boolean,
  dictionaryOf,
  elapsedMs,
  integer,
  listOf,
  nullable,
  object,
  oneOf,
  type Shape,
  type ShapeOf,
  text,
  variant,
} from '../../../base/shape.ts';
import { changedPartShape } from '../../../plan/changed-parts.ts';
import { planShape } from '../../../plan/plan.ts';
import { identityShape } from '../../../platform/identity-shape.ts';
import { logNoteShape } from '../../logs/log-level.ts';
import { exitStatusShape, failureShape, portShape } from '../../state/lifecycle.ts';
import { runIdShape } from '../../state/run-record.ts';
import { runtimeEventShape } from '../../state/runtime-event.ts';
import { callerShape, userShape } from '../../state/use-file.ts';

/**
 * What may be asked of a supervisor: HTTP over the checkout's socket, which only this user can open.
 * A request is one JSON document; the answer is NDJSON, events first, the report last. Its head comes at once, and a
 * sign of life every second: a supervisor that answers nothing for long hangs.
 */
export interface ControlEndpoint<Request, Report> {
  readonly path: string;
  readonly request: Shape<Request>;
  readonly report: Shape<Report>;
}

const names = listOf(text);
const nothing = oneOf(null);
const stopMode = oneOf('graceful', 'kill');

/** What a task needs while it runs: kept until it is released, or its request is closed and its holder has ended. */
const lease = object({
  id: text,
  holder: identityShape,
  names,
  /** Those of them that were started for it. */
  onDemand: names,
  /** Who it is, to others: `task e2e`. */
  title: text,
});

const startRequest = object({
  plan: planShape,
  /** Empty: all services of the plan. */
  names,
  /** `restart`: stop first what runs of the named; `force`: that, and the wanted ports are to be had. */
  mode: oneOf('normal', 'restart', 'force'),
  /** When it was asked for, in ms since the epoch. */
  askedAt: amount,
  /** Ports from the command line. */
  ports: dictionaryOf(portShape),
  /** The user's answers where the policy is to ask. */
  conflicts: dictionaryOf(oneOf('fallback', 'kill', 'fail')),
  /** `null`: each service's own start timeout. */
  timeoutMs: nullable(amount),
  /** For a task: what this starts is stopped when no task needs it any more. */
  isOnDemand: boolean,
  /** The service whose process the client starts on its own terminal; `null`: the supervisor starts all. */
  terminal: nullable(object({ service: text, client: identityShape })),
  /** The coding agent that asks, which uses them while its process lives; `null`: none does. */
  user: nullable(callerShape),
  /** After how long everything is stopped; `null`: not said. */
  forMs: nullable(amount),
  shellEnvironment: dictionaryOf(text),
  /** Pids of the command and of everything it descends from: nothing is ended for a command that it came from. */
  callers: listOf(integer),
});

export const startedServiceShape = object({
  service: text,
  /** `already-running`: also what another command was starting, and this start waited for. */
  outcome: oneOf('started', 'already-running', 'restarted', 'failed'),
  pid: nullable(integer),
  port: nullable(portShape),
  wantedPort: nullable(portShape),
  url: nullable(text),
  startupMs: nullable(elapsedMs),
  failure: nullable(failureShape),
  /** Named by the user, not only a dependency. */
  asked: boolean,
  /** What of its configuration changed since it was started. */
  changed: listOf(changedPartShape),
});

export const stoppedServiceShape = object({
  service: text,
  outcome: oneOf('stopped', 'was-not-running', 'failed'),
  failure: nullable(failureShape),
  tookMs: elapsedMs,
});

/** A service that goes on: another task `needs` it, or the user `wants` it. */
const leftService = object({ service: text, because: oneOf('needed', 'wanted') });

/** `followers`: running services that were restarted because the port of one of these changed. */
const startReport = object({ services: listOf(startedServiceShape), followers: listOf(startedServiceShape) });
const stopReport = object({ services: listOf(stoppedServiceShape) });
/** What became of every service of a lease, and of what else was stopped for being onDemand. */
const releaseReport = object({ services: listOf(stoppedServiceShape), left: listOf(leftService) });

/** Empty `names`: all services. */
const stopRequest = object({ names, mode: stopMode });
/** The process that a client has started for a run on its terminal. */
const rootRequest = object({ run: runIdShape, root: identityShape });
/** How that process ended. */
const endedRequest = object({ run: runIdShape, exit: exitStatusShape });
/** The lease whole: the supervisor that knew it may have ended. */
const releaseRequest = object({ lease, mode: stopMode });

const lookRequest = object({ names });
/** Who uses them while it follows. */
const followRequest = object({ user: nullable(userShape) });

export type LookRequest = ShapeOf<typeof lookRequest>;
type FollowRequest = ShapeOf<typeof followRequest>;
export type StartRequest = ShapeOf<typeof startRequest>;
export type StartMode = StartRequest['mode'];
export type StopRequest = ShapeOf<typeof stopRequest>;
export type RootRequest = ShapeOf<typeof rootRequest>;
export type EndedRequest = ShapeOf<typeof endedRequest>;
export type ReleaseRequest = ShapeOf<typeof releaseRequest>;
export interface Lease extends ShapeOf<typeof lease> {}
export interface StartReport extends ShapeOf<typeof startReport> {}
export interface StartedService extends ShapeOf<typeof startedServiceShape> {}
export interface StopReport extends ShapeOf<typeof stopReport> {}
export interface StoppedService extends ShapeOf<typeof stoppedServiceShape> {}
export interface ReleaseReport extends ShapeOf<typeof releaseReport> {}
export interface LeftService extends ShapeOf<typeof leftService> {}

export const START: ControlEndpoint<StartRequest, StartReport> = {
  path: '/start',
  request: startRequest,
  report: startReport,
};
export const STOP: ControlEndpoint<StopRequest, StopReport> = {
  path: '/stop',
  request: stopRequest,
  report: stopReport,
};
/** Answered with whether that run is still wanted. */
export const NAME_ROOT: ControlEndpoint<RootRequest, boolean> = {
  path: '/root',
  request: rootRequest,
  report: boolean,
};
/** Answered when nothing is left of the run; `null`: it is over already. */
export const TELL_END: ControlEndpoint<EndedRequest, StoppedService | null> = {
  path: '/ended',
  request: endedRequest,
  report: nullable(stoppedServiceShape),
};
/** Answered when the lease is over. */
export const ACQUIRE: ControlEndpoint<Lease, null> = { path: '/acquire', request: lease, report: nothing };
export const RELEASE: ControlEndpoint<ReleaseRequest, ReleaseReport> = {
  path: '/release',
  request: releaseRequest,
  report: releaseReport,
};
/** Has services looked at now, because a command found them otherwise than their status says; answered at once. */
export const LOOK: ControlEndpoint<LookRequest, null> = { path: '/look', request: lookRequest, report: nothing };
/** Answered with events until it is given up. */
export const FOLLOW: ControlEndpoint<FollowRequest, null> = {
  path: '/events',
  request: followRequest,
  report: nothing,
};

/** One line of an answer; the shape of `report` is its endpoint's. */
export const replyShape = variant('type', {
  alive: {},
  event: { event: runtimeEventShape },
  /** Only for a client that follows: the service is asked now whether it is well. */
  probe: { service: text },
  /** Only for a client that asks for notes. */
  note: { note: logNoteShape },
  report: { report: anything },
  fault: { message: text },
});

export type Reply = ShapeOf<typeof replyShape>;

export const HEARTBEAT_MS = 1000;

/** Sent by a command that wants to hear the supervisor's notes, its decisions among them, while it waits. */
export const NOTES_HEADER = 'x-devgen-notes';

/** Sent with every request: the pid of the command. */
export const CALLER_HEADER = 'x-devgen-caller';

/** Sent with every request; a supervisor built from other code steps down, and its successor adopts the services. */
export const BUILD_HEADER = 'x-devgen-build';

/** Sent by a client whose runtime has been replaced on the disk: it gives way, not the supervisor. */
export const REPLACED_HEADER = 'x-devgen-replaced';
