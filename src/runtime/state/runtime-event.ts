import type { ExitStatus, Failure, LeftProcess, PortHolder } from './lifecycle.ts';

/** What happens to services, as `events.ndjson`, the progress of commands and attached terminals tell it. */
export type RuntimeEvent = { readonly at: string; readonly service: string } & RuntimeNews;

export type RuntimeNews =
  | {
      readonly kind: 'port-fallback';
      readonly wantedPort: number;
      readonly port: number;
      readonly holders: readonly PortHolder[];
    }
  | { readonly kind: 'port-freed'; readonly port: number; readonly holders: readonly PortHolder[] }
  | { readonly kind: 'waiting'; readonly reason: 'dependency' | 'before' | 'wait-for'; readonly what: string }
  | {
      readonly kind: 'starting';
      readonly pid: number;
      readonly command: string;
      readonly port: number | null;
      readonly url: string | null;
    }
  /** Its process is started by a client, on that one's terminal. */
  | { readonly kind: 'on-terminal'; readonly run: string }
  | { readonly kind: 'adopted'; readonly pid: number; readonly url: string | null }
  | { readonly kind: 'ready'; readonly pid: number; readonly url: string | null; readonly startupMs: number }
  | { readonly kind: 'alive-not-listening'; readonly pid: number; readonly lastLines: readonly string[] }
  | { readonly kind: 'wrong-port'; readonly toldPort: number; readonly port: number; readonly url: string }
  | { readonly kind: 'unhealthy'; readonly failures: number; readonly failure: Failure }
  | { readonly kind: 'healthy' }
  /** Restarted because the port of a service it was told about changed. */
  | { readonly kind: 'following'; readonly dependency: string; readonly port: number | null }
  | { readonly kind: 'exited'; readonly pid: number; readonly exit: ExitStatus; readonly expected: boolean }
  | { readonly kind: 'backing-off'; readonly delayMs: number; readonly attempt: number; readonly maxRestarts: number }
  | { readonly kind: 'stopping'; readonly pid: number; readonly signal: string; readonly graceMs: number }
  | { readonly kind: 'killing'; readonly pid: number; readonly left: readonly LeftProcess[] }
  | { readonly kind: 'stopped'; readonly pid: number; readonly tookMs: number }
  | { readonly kind: 'failed'; readonly failure: Failure };
