import type { ServiceKind } from '../detection.ts';

/** What an Nx target serves, by default on which port. */
export interface NxExecutor {
  readonly framework: string;
  readonly kind: ServiceKind;
  readonly port: number;
}
