import { existsSync } from 'node:fs';
import { socketPathOf } from '../state/socket-path.ts';
import { callSupervisor } from '../supervisor/control/call-supervisor.ts';
import { LOOK } from '../supervisor/control/protocol.ts';

/** It answers at once, unless the machine is very busy; a request whose command has gone is not carried out. */
const PATIENCE_MS = 3000;

/** Has the checkout's supervisor, if there is one, look at services now; what it finds is in their status soon. */
export async function askToLook(root: string, names: readonly string[]): Promise<void> {
  const socket = socketPathOf(root);
  if (names.length === 0 || !existsSync(socket)) return;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  await callSupervisor({ socket, endpoint: LOOK, body: { names }, onEvent: () => undefined, signal });
}
