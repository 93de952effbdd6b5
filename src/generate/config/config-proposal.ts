/** What is to be written into a new config. */
export interface ConfigProposal {
  readonly services: readonly ProposedService[];
  /** Written as comments: what they start is too unsure to be started unasked. */
  readonly guesses: readonly ProposedService[];
  readonly setup: readonly ProposedStep[];
  readonly migrations: readonly ProposedMigration[];
  /** Whole sentences for the user. */
  readonly notes: readonly string[];
}

/** Paths are relative to the root. */
export type ProposedStep = { readonly name: string; readonly evidence: readonly ProposalEvidence[] } & (
  | {
      readonly kind: 'run';
      readonly run: string;
      readonly cwd: string;
      readonly inputs: readonly string[];
      readonly outputs: readonly string[];
    }
  | { readonly kind: 'copy'; readonly from: string; readonly to: string }
);

/** `unknown` database: shown, and not switched on. */
export interface ProposedMigration {
  readonly service: string;
  readonly command: string;
  readonly database: 'local' | 'unknown';
}

export interface ProposedService {
  readonly name: string;
  /** Relative to the root, `.` for the root. */
  readonly cwd: string;
  readonly command: string;
  /** In place of the command; `null`: none. */
  readonly container: { readonly service: string; readonly files: readonly string[] } | null;
  readonly port: number | null;
  readonly portSource: string;
  readonly health: string | null;
  readonly docs: string | null;
  readonly framework: string;
  /** 0–1. */
  readonly confidence: number;
  readonly evidence: readonly ProposalEvidence[];
  readonly env: Readonly<Record<string, string>>;
  readonly dependsOn: readonly string[];
  readonly alternatives: readonly { readonly command: string; readonly why: string }[];
  readonly wiring: readonly (ProposalEvidence & { readonly suggestion: string })[];
}

export interface ProposalEvidence {
  readonly file: string;
  /** Counts from 1; `null`: the whole file. */
  readonly line: number | null;
  readonly says: string;
}
