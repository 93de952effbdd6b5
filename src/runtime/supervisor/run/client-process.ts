import type { ProcessIdentity } from '../../../platform/process-identity.ts';
import { whenGone } from '../../../platform/when-gone.ts';
import type { ExitStatus } from '../../state/lifecycle.ts';

/** The process that a client starts for a run on its own terminal, as the client tells of it. */
export class ClientProcess {
  readonly #client: ProcessIdentity;
  readonly #started: Promise<ProcessIdentity>;
  readonly #ended: Promise<ExitStatus>;
  /** The client says that it runs, and that it has ended. */
  tellStart: (root: ProcessIdentity) => void = () => undefined;
  tellEnd: (exit: ExitStatus) => void = () => undefined;

  constructor(client: ProcessIdentity) {
    this.#client = client;
    this.#started = new Promise((resolve) => {
      this.tellStart = resolve;
    });
    this.#ended = new Promise((resolve) => {
      this.tellEnd = resolve;
    });
  }

  /** Resolves with the process; `null`: the client has gone without one, or the wait was aborted. */
  async started(signal: AbortSignal): Promise<ProcessIdentity | null> {
    return Promise.race([this.#started, whenGone(this.#client, signal).then(() => null)]);
  }

  /** How the process ended: known only to the client, so not at all when that ends before it tells. */
  async exited(root: ProcessIdentity): Promise<ExitStatus> {
    const untold = async (): Promise<ExitStatus> => {
      await whenGone(root);
      await whenGone(this.#client);
      return { code: null, signal: null };
    };
    return Promise.race([this.#ended, untold()]);
  }
}
