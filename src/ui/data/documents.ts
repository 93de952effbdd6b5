/*
 * What the page reads of the documents that the commands print with `--json`. They are ours, from the same build: what
 * is said here is only what the page uses of them.
 */

export type StateWord =
  | 'ready'
  | 'unhealthy'
  | 'failed'
  | 'crashed'
  | 'starting'
  | 'stopping'
  | 'backing-off'
  | 'down'
  | 'unknown';

export type Grade = 'excellent' | 'good' | 'warning' | 'critical';

export interface ServiceDocument {
  readonly service: string;
  readonly state: StateWord;
  readonly wanted: 'up' | 'down';
  readonly pid: number | null;
  readonly port: number | null;
  readonly wantedPort: number | null;
  readonly url: string | null;
  readonly docsUrl: string | null;
  readonly startedAt: string | null;
  readonly restarts: number;
  readonly health: {
    readonly verdict: 'unknown' | 'healthy' | 'unhealthy';
    readonly responseMs: number | null;
    readonly grade: Grade | null;
  };
  readonly lastExit: { readonly at: string; readonly code: number | null; readonly signal: string | null } | null;
  readonly lastRestart?: { readonly at: string };
  readonly restartedBecause: string | null;
  readonly why: { readonly text: string; readonly details: readonly string[] } | null;
  readonly supervised: boolean;
  readonly changed: readonly string[];
  readonly inConfig?: false;
}

export interface ProjectDocument {
  readonly project: string;
  readonly root: string;
  readonly branch: string | null;
  /** Its pid. */
  readonly supervisor: number | null;
  readonly services: readonly ServiceDocument[];
  readonly commands: readonly { readonly kind: string; readonly name: string; readonly startedAt: string }[];
  readonly hooks: readonly { readonly hook: string }[];
  readonly config: { readonly error?: FaultDocument };
}

export interface FaultDocument {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** What any answer may be instead. */
export interface MaybeFault {
  readonly error?: FaultDocument;
}

export interface EventDocument {
  readonly at: string;
  readonly service: string;
  readonly kind: string;
  readonly says: { readonly tone: SaidTone; readonly text: string; readonly details: readonly string[] };
}

export type SaidTone = 'news' | 'good' | 'warning' | 'bad';

export interface ErrorDocument {
  readonly service: string;
  readonly kind: string;
  readonly message: string;
  readonly place: { readonly file: string; readonly line: number | null } | null;
  readonly lines: readonly string[];
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly isMended: boolean;
}

export interface MetricsDocument {
  readonly service: string;
  readonly uptimeMs: number | null;
  readonly availability: { readonly share: number | null };
  readonly restarts: readonly { readonly at: string }[];
  readonly startups: readonly { readonly at: string; readonly startupMs: number }[];
  readonly responses: {
    readonly count: number;
    readonly failures: number;
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
    readonly grades: Readonly<Record<Grade, number>>;
  };
  readonly course: {
    readonly responseMs: readonly number[];
    readonly residentBytes: readonly number[];
    readonly cpuPercent: readonly number[];
  };
}

export interface RunDocument {
  readonly run: string;
  readonly path: string | null;
  readonly folder: 'there' | 'gone';
  readonly project: string | null;
  readonly branch: string | null;
  readonly service: string | null;
  readonly command: { readonly kind: string; readonly name: string } | null;
  readonly state: StateWord | 'running';
  readonly pid: number;
  readonly port: number | null;
  readonly url: string | null;
  readonly uptimeMs: number;
}

export interface FindingDocument {
  readonly group: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly what: string;
  readonly details: readonly string[];
  readonly remedy: string;
  readonly where: { readonly file?: string; readonly line?: number };
}

export interface EdgeDocument {
  readonly kind: 'calls' | 'admits' | 'waits' | 'proxies';
  readonly from: string;
  readonly to: string;
}
