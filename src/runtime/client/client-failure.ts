/** Why a command could not reach or use the checkout's supervisor. */
export type ClientFailure =
  | { readonly reason: 'no-supervisor'; readonly detail: string; readonly logFile: string }
  /** It lives, and does not answer. */
  | { readonly reason: 'supervisor-hangs'; readonly pid: number }
  | { readonly reason: 'state-unwritable'; readonly path: string; readonly code: string }
  /** What the runtime keeps here is another user's, so that what runs cannot be known. */
  | { readonly reason: 'state-denied'; readonly path: string; readonly owner: string }
  /** This command is of a runtime that has been replaced meanwhile, and the supervisor is not. */
  | { readonly reason: 'runtime-replaced' }
  | { readonly reason: 'protocol'; readonly detail: string }
  | { readonly reason: 'cancelled' };
