/** What was found in a repository: the dev servers to propose, and what the user should know besides. */
export interface Detection {
  readonly services: readonly DetectedService[];
  /** What a fresh clone needs before these services start, in the order in which it is to be done. */
  readonly setup: readonly DetectedStep[];
  readonly migrations: readonly DetectedMigration[];
  /** Whole sentences about what could not be read, was left out on purpose, or needs the user's decision. */
  readonly notes: readonly string[];
}

/** A step between a clone and a start; paths are relative to the root. */
export type DetectedStep = StepCommon &
  (
    | {
        readonly kind: 'run';
        readonly run: string;
        readonly cwd: string;
        readonly inputs: readonly string[];
        readonly outputs: readonly string[];
      }
    | { readonly kind: 'copy'; readonly from: string; readonly to: string }
  );

interface StepCommon {
  readonly name: string;
  /** The services that it is for. */
  readonly services: readonly string[];
  readonly evidence: readonly DetectionEvidence[];
}

/** What brings the database of a service up to date before each start. */
export interface DetectedMigration {
  readonly service: string;
  /** To be run in the service's folder. */
  readonly command: string;
  /** `local`: it is seen to touch a database on this machine and no other. */
  readonly database: 'local' | 'unknown';
  readonly evidence: readonly DetectionEvidence[];
}

/** What a service is for; databases and workers are recognised, never proposed as web servers. */
export type ServiceKind = 'backend' | 'frontend' | 'fullstack' | 'worker' | 'database' | 'tool';

/**
 * Where a health path comes from: a named health endpoint, an ordinary route read in the code, something the framework
 * ships, or the page that a front end's dev server serves.
 */
export type HealthSource = 'declared' | 'route' | 'framework' | 'devserver-root';

/** One proposed service. */
export interface DetectedService {
  readonly name: string;
  /** Where the command runs: relative to the root, `/` between the parts, `.` for the root. */
  readonly cwd: string;
  /**
   * As it should stand in the config: `$PORT` where the server takes a port, the virtual environment's python where
   * there is one.
   */
  readonly command: string;
  /** In place of the command, which is then only what a person would type; `null`: none. */
  readonly container: DetectedContainer | null;
  /** What the repository tells its developers to type. */
  readonly developerCommand: string;
  readonly port: number | null;
  /**
   * A place (`vite.config.ts:12`), `framework default`, why it is not that (`3000 is web's`), or empty without a port.
   */
  readonly portSource: string;
  readonly health: string | null;
  readonly healthSource: HealthSource | null;
  /** The path of its documentation. */
  readonly docs: string | null;
  readonly kind: ServiceKind;
  readonly framework: string;
  /** 0–1: a service below 0.5 is a guess that the user should look at. */
  readonly confidence: number;
  readonly evidence: readonly DetectionEvidence[];
  /** Proposed environment, only where the code is seen to read the variable. */
  readonly env: Readonly<Record<string, string>>;
  readonly dependsOn: readonly string[];
  readonly alternatives: readonly Alternative[];
  /** Where this service points at another one's address, and what to change so that it follows a fallback port. */
  readonly wiring: readonly Wiring[];
}

/** A container of a compose file. */
export interface DetectedContainer {
  readonly service: string;
  /** Relative to the root; empty where compose finds them by itself. */
  readonly files: readonly string[];
}

/** One reason for a finding. */
export interface DetectionEvidence {
  readonly file: string;
  /** Counts from 1; `null` when the whole file is meant. */
  readonly line: number | null;
  readonly says: string;
}

/** Another command that would start the same service. */
export interface Alternative {
  readonly command: string;
  readonly why: string;
}

/** An address of another service, written into this one. The suggestion is shown, never made. */
export interface Wiring extends DetectionEvidence {
  readonly suggestion: string;
}
