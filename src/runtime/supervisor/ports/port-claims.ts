import type { Clock, Scheduled } from '../../../platform/clock.ts';
import { findGitCheckout } from '../../../platform/git-checkout.ts';
import { ownIdentity } from '../../../platform/process-identity.ts';
import { release, reserve, withPortsLocked } from '../../ports/reservations.ts';
import { branchOf } from './branch-of.ts';

/** Between two attempts to register the port of a run that another checkout has claimed. */
const RETRY_MS = 1000;

/** A port that a service of this checkout was assigned, or that its run has. */
export interface OwnClaim {
  readonly service: string;
  readonly port: number;
  /** `null`: of a run to come. */
  readonly run: string | null;
}

/**
 * The ports that the services of one checkout have a claim on: each at most one for its run and one for the run to
 * come.
 * The registry shows them to other checkouts; where a run and a run to come claim the same port, it shows the run, so
 * that its processes can be told by their tag.
 * While no supervisor lived another checkout may have claimed the port of a run: that run is shown once the claim is
 * gone.
 */
export class PortClaims {
  readonly #root: string;
  readonly #clock: Pick<Clock, 'schedule'>;
  #retry: Scheduled | null = null;
  /** Kept once it was found: it is told of a worktree that is gone, too. */
  #repository: string | null = null;
  #claims: readonly OwnClaim[] = [];

  constructor(root: string, clock: Pick<Clock, 'schedule'>) {
    this.#root = root;
    this.#clock = clock;
  }

  get all(): readonly OwnClaim[] {
    return this.#claims;
  }

  /**
   * Claims a port for a run of the service, or for its run to come, in place of what was assigned to that before. A run
   * that is launched does not take the claim of the one that a request has asked for after it.
   */
  assign(claim: OwnClaim): 'claimed' | 'taken' {
    const others = this.#claims.filter(({ service, run }) => service !== claim.service || run !== claim.run);
    const isClaimed = this.#become([...others, claim], claim.port);
    if (!isClaimed) this.#become(others);
    return isClaimed ? 'claimed' : 'taken';
  }

  /** Gives up what was assigned to a run that will not come. */
  withdraw(service: string): void {
    this.#become(this.#claims.filter((claim) => claim.service !== service || claim.run !== null));
  }

  /** Claims the port that a run is launched on, or has already; what was assigned to the run to come is used up. */
  claim(claim: OwnClaim): void {
    const isReplaced = ({ service, port, run }: OwnClaim): boolean =>
      service === claim.service && (run === claim.run || (run === null && port === claim.port));
    const isShown = this.#become([...this.#claims.filter((other) => !isReplaced(other)), claim], claim.port);
    if (!isShown) this.#retryLater();
  }

  /** Gives up what a run that has ended claimed. */
  release(run: string): void {
    this.#become(this.#claims.filter((claim) => claim.run !== run));
  }

  #retryLater(): void {
    this.#retry ??= this.#clock.schedule(RETRY_MS, () => {
      this.#retry = null;
      const isShown = async (): Promise<boolean> =>
        this.#claims.every(({ port, run }) => run === null || this.#register(port));
      // What the file system refuses now, for want of space, it may allow later.
      void withPortsLocked(isShown).then(
        (isDone) => isDone || this.#retryLater(),
        () => this.#retryLater(),
      );
    });
  }

  /** Brings the registry in line; whether it has `port` as ours now. */
  #become(claims: readonly OwnClaim[], port?: number): boolean {
    const before = this.#claims;
    this.#claims = claims;
    const kept = new Set(claims);
    for (const gone of before.filter((claim) => !kept.has(claim))) {
      if (gone.port !== port && !this.#register(gone.port)) release(gone.port, { root: this.#root, run: gone.run });
    }
    return port === undefined || this.#register(port);
  }

  #register(port: number): boolean {
    const claims = this.#claims.filter((claim) => claim.port === port);
    const shown = claims.find(({ run }) => run !== null) ?? claims[0];
    if (shown === undefined) return false;
    const { service, run } = shown;
    this.#repository ??= findGitCheckout(this.#root)?.shared ?? null;
    return reserve(port, {
      root: this.#root,
      service,
      run,
      supervisor: ownIdentity(),
      branch: branchOf(this.#root),
      repository: this.#repository,
    });
  }
}
