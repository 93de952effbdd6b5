import { alternatives } from './join-patterns.ts';

/** A path that a server answers GET requests on, and where the code says so. */
export interface Route {
  readonly path: string;
  readonly file: string;
  readonly line: number | null;
}

/** Which routes are asked for: health endpoints, or the root page. */
export type WantedRoutes = 'health' | 'root';

const HEALTH_NAMES = new Set(
  `health healthz healthcheck health-check health_check healthchecks heartbeat ping pong status ready readyz
  readiness livez live liveness alive up is-alive isalive server-status ping-pong`.split(/\s+/),
);

/** What all paths that are health endpoints by their name end in, as a pattern: for texts worth being parsed. */
export const HEALTH_WORDS = [...HEALTH_NAMES, 'health/(?:check|self)'].join('|');

/** Names in order of how surely they mean "am I well". */
const SUREST = [
  'health',
  'healthz',
  'healthcheck',
  'health-check',
  'health_check',
  'up',
  'heartbeat',
  'ready',
  'readyz',
  'livez',
  'live',
  'alive',
  'ping',
  'status',
];

/** Words that below another name are that thing's state: `/orders/status`. */
const AMBIGUOUS = new Set(['status', 'up', 'live', 'ready', 'alive', 'pong', 'ping', 'heartbeat']);

/** Whether a path is by its name a health endpoint that needs no argument. */
export function isHealthPath(path: string): boolean {
  const parts = path.split('/').filter(Boolean);
  const last = lastName(path);
  // Two names in front are a part of the program, or a lesson about one.
  if (extraDepth(path) > (AMBIGUOUS.has(last) ? 0 : 1)) return false;
  const isVersioned =
    ['live', 'ready', 'liveness', 'readiness', 'check', 'ping', 'status', 'self'].includes(last) &&
    parts.at(-2)?.toLowerCase() === 'health';
  return parts.length <= 6 && !/[:{<*$[(]/.test(path) && (HEALTH_NAMES.has(last) || isVersioned);
}

/** The last part of a path; underscores in front only keep it apart from the application's own pages. */
function lastName(path: string): string {
  return (path.split('/').filter(Boolean).at(-1)?.toLowerCase() ?? '').replace(/^_+/, '');
}

/** Parts of a path that say nothing of what is asked about. */
const GENERAL = alternatives(
  [
    /^(?:api|v\d+|rest|internal|public|utils?|system|app|common)$/,
    /^(?:monitoring|actuator|health|server|_?meta|ops|management)$/,
  ],
  'i',
);

/**
 * How far a path is from what one server says of itself: `/api/v1/utils/health` still is, `/plugins/x/health` may be
 * another's.
 */
function extraDepth(path: string): number {
  const before = path.split('/').filter(Boolean).slice(0, -1);
  return before.filter((part) => !GENERAL.test(part)).length;
}

/** Where `/status/:page` answers too, the name is that of many things, of which a fresh program has none yet. */
function isListed(path: string, routes: readonly Route[]): boolean {
  const below = `${path}/`;
  const isBelow = (route: Route): boolean =>
    route.path.startsWith(below) && /^[:{<*[(]/.test(route.path.slice(below.length));
  return AMBIGUOUS.has(lastName(path)) && routes.some(isBelow);
}

/** The best health endpoint among routes: the surest name, then the shortest path; `undefined` without any. */
export function bestHealthRoute(routes: readonly Route[]): Route | undefined {
  const rank = (route: Route): number => {
    const position = SUREST.indexOf(lastName(route.path));
    return position < 0 ? SUREST.length : position;
  };
  return [...routes]
    .filter(({ path }) => isHealthPath(path) && !isListed(path, routes))
    .sort(
      (a, b) =>
        rank(a) + 20 * extraDepth(a.path) - rank(b) - 20 * extraDepth(b.path) ||
        a.path.length - b.path.length ||
        // Of several versions the latest.
        (a.path < b.path ? 1 : -1),
    )[0];
}
