import { join } from 'node:path';
import { type ServiceEnvironmentRequest, serviceEnvironment } from '../../plan/environment.ts';
import type { EngineContext } from './engine-call.ts';

/**
 * How compose is asked about a service that is not launched by it now: where its launch would ask, and with the same
 * variables, since compose puts them into its files.
 */
export function composeContext(request: ServiceEnvironmentRequest): EngineContext {
  return { cwd: join(request.root, request.service.cwd), environment: serviceEnvironment(request).exported };
}
