import { allListeners, type Listener, listenersOfProcesses, ownersOf } from './listeners.ts';

type FindPids = () => readonly number[];

/**
 * Tells which listening sockets are of certain processes. Those are looked for each time on Linux, where that is cheap;
 * elsewhere only when there is a socket that was never judged: one that was keeps its verdict.
 */
export class JudgedSockets {
  readonly #verdicts = new Map<string, boolean>();

  /** Wherever they listen. */
  own(findPids: FindPids): readonly Listener[] {
    return process.platform === 'linux' ? listenersOfProcesses(findPids()) : this.ownAmong(allListeners(), findPids);
  }

  ownAmong(listeners: readonly Listener[], findPids: FindPids): readonly Listener[] {
    const isNew = ({ inode }: Listener): boolean => !this.#verdicts.has(inode);
    if (process.platform === 'linux' || listeners.some(isNew)) {
      const pids = findPids();
      const owners = ownersOf(listeners, pids);
      for (const { inode } of listeners) {
        this.#verdicts.set(
          inode,
          (owners.get(inode) ?? []).some((pid) => pids.includes(pid)),
        );
      }
    }
    return listeners.filter(({ inode }) => this.#verdicts.get(inode) === true);
  }
}
