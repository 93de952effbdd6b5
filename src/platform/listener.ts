/** A TCP socket that listens, as the system shows it. */
export interface Listener {
  readonly family: 4 | 6;
  /** In the usual text form: `127.0.0.1`, `0.0.0.0`, `::1`, `::`. */
  readonly address: string;
  readonly port: number;
  /** Names the socket: its inode on Linux, else whatever tells it from the others. */
  readonly inode: string;
  /** `null`: the system does not tell (Windows). */
  readonly userId: number | null;
}

/** What a port is to connections, not to a server. */
export interface NearEnds {
  /** Connections that were closed and are remembered for a minute (TIME_WAIT); they belong to no process. */
  readonly lingering: number;
  /** Who has a connection from that port to somewhere else. */
  readonly pids: readonly number[];
}

/** A listener with one of the processes that hold it, from systems that tell both at once. */
export interface OwnedListener extends Listener {
  readonly pid: number;
}
