import { connect } from 'node:net';
import { noteOwn } from '../../platform/connected-clients.ts';

/** Whether a process accepts a connection there in time. Never rejects. */
export function askConnection({
  port,
  address,
  timeoutMs,
}: {
  readonly port: number;
  readonly address: string;
  readonly timeoutMs: number;
}): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = noteOwn(connect({ port, host: address }));
    const finish = (accepted: boolean): void => {
      resolve(accepted);
      socket.destroy();
    };
    socket.setTimeout(timeoutMs, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.on('error', () => finish(false));
  });
}
