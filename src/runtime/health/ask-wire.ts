import { connect } from 'node:net';
import { noteOwn } from '../../platform/connected-clients.ts';

export interface WireQuestion {
  readonly port: number;
  readonly address: string;
  readonly timeoutMs: number;
  /** `null`: whether the connection stays open is all that is asked. */
  readonly question: Buffer | null;
}

export type WireAnswer =
  | { readonly kind: 'refused' }
  /** What forwards a port accepts for a server that is not there, and closes at once. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'open' }
  | { readonly kind: 'said'; readonly bytes: Buffer }
  | { readonly kind: 'silent' };

/** Longer than what forwards a port takes to find that there is no server behind it. */
const SETTLED_MS = 150;

/** Asks over one connection: the first bytes that come back, or whether it stays open. Never rejects. */
export function askWire({ port, address, timeoutMs, question }: WireQuestion): Promise<WireAnswer> {
  return new Promise((resolve) => {
    let isConnected = false;
    let settled: NodeJS.Timeout | undefined;
    const socket = noteOwn(connect({ port, host: address }));
    const finish = (answer: WireAnswer): void => {
      clearTimeout(settled);
      resolve(answer);
      socket.destroy();
    };
    socket.setTimeout(timeoutMs, () => finish(isConnected ? { kind: 'silent' } : { kind: 'refused' }));
    socket.once('connect', () => {
      isConnected = true;
      if (question === null) settled = setTimeout(() => finish({ kind: 'open' }), SETTLED_MS);
      else socket.write(question);
    });
    socket.once('data', (bytes: Buffer) => finish(question === null ? { kind: 'open' } : { kind: 'said', bytes }));
    socket.once('close', () => finish(isConnected ? { kind: 'closed' } : { kind: 'refused' }));
    socket.on('error', () => finish(isConnected ? { kind: 'closed' } : { kind: 'refused' }));
  });
}
