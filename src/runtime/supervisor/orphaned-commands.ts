import { programIn } from '../../manifest/launcher.ts';
import { isAlive, type ProcessIdentity } from '../../platform/process-identity.ts';
import { whenGone } from '../../platform/when-gone.ts';
import type { LogLevel } from '../logs/log-level.ts';
import { endCommandRun } from '../process/end-command-run.ts';
import { type CommandRun, readCommandRuns } from '../state/command-run.ts';

type Note = (level: LogLevel, message: string) => void;

/** Ends what tasks, setup steps and hooks run when the process that ran it is gone and did not do so. */
export class OrphanedCommands {
  readonly #root: string;
  readonly #note: Note;
  /** Under way, by client. */
  readonly #endings = new Map<string, Promise<void>>();

  constructor(root: string, note: Note) {
    this.#root = root;
    this.#note = note;
  }

  get isEnding(): boolean {
    return this.#endings.size > 0;
  }

  /**
   * Resolves when nothing is left of what earlier clients left. Those that live are watched: one may be killed before
   * it comes with its lease.
   */
  async takeOver(): Promise<void> {
    const clients = new Map(readCommandRuns(this.#root).map(({ client }) => [keyOf(client), client]));
    const gone = [...clients.values()].filter((client) => !isAlive(client));
    for (const client of clients.values()) {
      if (!gone.includes(client)) void whenGone(client).then(() => this.endOf(client));
    }
    await Promise.all(gone.map((client) => this.endOf(client)));
  }

  /** Ends what a client has left that is gone; resolves when that is done. */
  endOf(client: ProcessIdentity): Promise<void> {
    const key = keyOf(client);
    const ending = this.#endings.get(key) ?? this.#end(key).finally(() => this.#endings.delete(key));
    this.#endings.set(key, ending);
    return ending;
  }

  async #end(key: string): Promise<void> {
    const orphans = readCommandRuns(this.#root).filter(({ client }) => keyOf(client) === key);
    await Promise.all(orphans.map((orphan) => this.#endOne(orphan)));
  }

  async #endOne(orphan: CommandRun): Promise<void> {
    const { kind, name, client } = orphan;
    const left = await endCommandRun(this.#root, orphan);
    const what = `${kind} ${name}, whose \`${programIn(this.#root)}\` (pid ${client.pid}) is gone`;
    if (left.length === 0) return this.#note('INFO', `ended ${what}`);
    const pids = left.map(({ pid }) => pid).join(', ');
    this.#note('WARN', `could not end ${what}: pid ${pids}`);
  }
}

function keyOf({ bootId, pidNamespace, pid, startTime }: ProcessIdentity): string {
  return [bootId, pidNamespace, pid, startTime].join('/');
}
