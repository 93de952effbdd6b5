import type { Lifecycle } from './service-lifecycle.ts';

/**
 * What the state of a service means for one that waits until it is ready. Pure.
 * One that was ready and is unhealthy now may be ready again any moment; one that was not ready in time has had its
 * time.
 */
export function dependencyVerdict(lifecycle: Lifecycle): 'ready' | 'on-its-way' | 'failed' {
  switch (lifecycle.state) {
    case 'ready':
      return 'ready';
    case 'starting':
    case 'stopping':
    case 'backing-off':
      return 'on-its-way';
    case 'unhealthy':
      return lifecycle.failure.reason === 'start-timeout' ? 'failed' : 'on-its-way';
    case 'down':
    case 'failed':
      return 'failed';
  }
}
