/** What is to be written into a new config. */
export interface ConfigProposal {
  readonly services: readonly ProposedService[];
  /** Written as comments: what they start is too unsure to be started unasked. */
  readonly guesses: readonly ProposedService[];
  /** Whole sentences for the user. */
  readonly notes: readonly string[];
}

export interface ProposedService {
  readonly name: string;
  /** Relative to the root, `.` for the root. */
  readonly cwd: string;
  readonly command: string;
  readonly port: number | null;
  readonly portSource: string;
  readonly health: string | null;
  readonly framework: string;
  /** 0–1. */
  readonly confidence: number;
  readonly evidence: readonly ProposalEvidence[];
  readonly env: Readonly<Record<string, string>>;
  readonly dependsOn: readonly string[];
  readonly waitFor: readonly string[];
  readonly alternatives: readonly { readonly command: string; readonly why: string }[];
  readonly wiring: readonly (ProposalEvidence & { readonly suggestion: string })[];
}

export interface ProposalEvidence {
  readonly file: string;
  /** Counts from 1; `null`: the whole file. */
  readonly line: number | null;
  readonly says: string;
}
