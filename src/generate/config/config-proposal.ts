/** What is to be written into a new config; a detection has this shape. */
export interface ConfigProposal {
  readonly services: readonly ProposedService[];
  /** Whole sentences for the user. */
  readonly notes: readonly string[];
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
