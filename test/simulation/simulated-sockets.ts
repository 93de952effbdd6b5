import type { Listener } from '../../src/platform/listeners.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** The listening sockets of a simulated machine: at most one for a port. */
export class SimulatedSockets {
  readonly #sockets = new Map<number, { readonly listener: Listener; readonly process: SimulatedProcess }>();
  #opened = 0;

  get listeners(): readonly Listener[] {
    return Array.from(this.#sockets.values(), ({ listener }) => listener);
  }

  /** `false`: the port is taken. */
  listen(process: SimulatedProcess, port: number): boolean {
    if (this.#sockets.has(port)) return false;
    this.#opened += 1;
    const { userId } = process.facts;
    const listener = { family: 4, address: '127.0.0.1', port, inode: `${this.#opened}`, userId } as const;
    this.#sockets.set(port, { listener, process });
    return true;
  }

  closeAllOf(process: SimulatedProcess): void {
    for (const port of this.portsOf(process)) this.#sockets.delete(port);
  }

  portsOf(process: SimulatedProcess): readonly number[] {
    return [...this.#sockets.values()].flatMap((each) => (each.process === process ? [each.listener.port] : []));
  }

  ownerOf(inode: string): SimulatedProcess | undefined {
    return [...this.#sockets.values()].find(({ listener }) => listener.inode === inode)?.process;
  }

  ownerAt(port: number): SimulatedProcess | undefined {
    return this.#sockets.get(port)?.process;
  }
}
