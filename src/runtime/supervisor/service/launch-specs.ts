import { ok, type Result } from '../../../base/result.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { LaunchSpec, PortAssignment } from '../run/launch-spec.ts';

/** What a service's launches follow, from the start request that gave it until the next one. */
export class LaunchSpecs {
  readonly #service: string;
  readonly #reassign: (spec: LaunchSpec, run: string) => Promise<Result<PortAssignment, Failure>>;
  #current: LaunchSpec | null = null;
  #hasLaunched = false;

  constructor(service: string, reassign: (spec: LaunchSpec, run: string) => Promise<Result<PortAssignment, Failure>>) {
    this.#service = service;
    this.#reassign = reassign;
  }

  get current(): LaunchSpec | null {
    return this.#current;
  }

  /** A new one, whose port was just decided. */
  give(spec: LaunchSpec): void {
    this.#current = spec;
    this.#hasLaunched = false;
  }

  /** That of a run that lives already, or lived. */
  takeOver(spec: LaunchSpec): void {
    this.#current = spec;
    this.#hasLaunched = true;
  }

  /** For one more launch; any but the first has to see whether its port is still free. */
  async next(run: string): Promise<Result<LaunchSpec, Failure>> {
    const spec = this.#current;
    if (spec === null) throw new Error(`service ${this.#service} was launched without a spec`);
    const isFirst = !this.#hasLaunched;
    this.#hasLaunched = true;
    if (isFirst) return ok(spec);
    const port = await this.#reassign(spec, run);
    if (!port.ok) return port;
    const next = { ...spec, port: port.value };
    // A request may have given another one meanwhile: that is what runs next.
    if (this.#current === spec) this.#current = next;
    return ok(next);
  }
}
