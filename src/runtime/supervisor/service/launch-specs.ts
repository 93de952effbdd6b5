import { ok, type Result } from '../../../base/result.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { LaunchSpec, PortAssignment } from '../run/launch-spec.ts';

/** How often one start may choose another port because a stranger was faster. */
const MAX_LOST_RACES = 3;

/** The order that a service's launches follow, from the start request that gave it until the next one. */
export class LaunchSpecs {
  readonly #service: string;
  readonly #reassign: (order: LaunchSpec) => Promise<Result<PortAssignment, Failure>>;
  #current: LaunchSpec | null = null;
  #launches = 0;
  #lostRaces = 0;

  constructor(service: string, reassign: (order: LaunchSpec) => Promise<Result<PortAssignment, Failure>>) {
    this.#service = service;
    this.#reassign = reassign;
  }

  get current(): LaunchSpec | null {
    return this.#current;
  }

  /** A new order, whose ports were just decided. */
  give(order: LaunchSpec): void {
    this.#current = order;
    this.#launches = 0;
    this.#lostRaces = 0;
  }

  /** The order of a run that lives already. */
  takeOver(order: LaunchSpec): void {
    this.#current = order;
    this.#launches = 1;
  }

  /** The order for one more launch; any but the first has to see whether its port is still free. */
  async next(): Promise<Result<LaunchSpec, Failure>> {
    const order = this.#current;
    if (order === null) throw new Error(`service ${this.#service} was launched without an order`);
    this.#launches += 1;
    if (this.#launches === 1) return ok(order);
    const ports = await this.#reassign(order);
    if (!ports.ok) return ports;
    this.#current = { ...order, ports: ports.value };
    return ok(this.#current);
  }

  /** Counts a lost race for the port; `false`: the service has no other port to take, or lost too often. */
  mayLoseRace(): boolean {
    const port = this.#current?.service.port;
    const hasOther = port?.kind === 'auto' || (port?.kind === 'wanted' && port.fallbackSpan > 0);
    if (!hasOther || this.#lostRaces >= MAX_LOST_RACES) return false;
    this.#lostRaces += 1;
    return true;
  }
}
