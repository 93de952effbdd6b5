import type { ExportedService } from './exported-project.ts';

/** What more than one system cannot say. */
export const FIXED_PORT = 'the free port that devgen would choose at each start is fixed to the one in this file';
export const NO_FALLBACK = 'a port that is taken makes the start fail; there is no fallback port';
export const NO_WAIT_FOR = '`waitFor` is left out: the service starts without waiting for it';
export const NO_LIVENESS = '`onUnhealthy` is left out: a service that hangs is not restarted';
export const NO_LOG_PROBE = 'readiness by a line of the log is left out: it counts as ready once it runs';
export const NO_DEPENDENCY_PROBE = 'depends on a service whose readiness cannot be asked here: it does not wait for it';
export const NO_SUCCESS_THRESHOLD = 'one passed probe is enough: `successThreshold` is left out';
export const NEEDS_CURL = 'the health check needs curl';
export const NEEDS_CURL_IN_IMAGE = 'the health check needs curl in the image';
export const INNER_ADDRESSES =
  'addresses of other services in `env` are those between containers; what a browser is told needs one from outside';
export const LOOPBACK =
  'its command or `env` names the loopback address, which in a container is the container itself; listen on $HOST';
export const ENV_FILES_AS_SHELL = 'env files are read by a shell: quote values that hold blanks or shell syntax';

export function missingVariables(services: readonly ExportedService[]): string {
  const names = new Set(services.flatMap(({ environment }) => environment.missing));
  return `needs from elsewhere: ${[...names].map((name) => `$${name}`).join(', ')}`;
}
