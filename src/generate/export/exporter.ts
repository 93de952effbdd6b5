import type { ExportedProject, ExportedService, Network } from './exported-project.ts';
import type { Topic } from './topics.ts';

/** How a project becomes the files of one other system. */
export interface Exporter {
  /** What the system is, for a list of formats. */
  readonly summary: string;
  /** Relative to the root: its one file, or the folder of all its files, which ends in `/`. */
  readonly place: string;
  readonly network: Network;
  readonly limits: Readonly<Record<Topic, Limit>>;
  /** What the user types in the project's root to make use of the files. */
  readonly use: (project: ExportedProject) => readonly string[];
  /** Pure: the same files for the same project. */
  readonly render: (rendering: Rendering) => readonly ExportedFile[];
}

/** What the system cannot say, as it stands behind the names of the services; `null`: it can, or need not. */
export type Limit = string | null | ((services: readonly ExportedService[]) => string);

export interface Rendering {
  readonly project: ExportedProject;
  /** The head of a file about these services: where it comes from, what it does not say. Without comment marks. */
  readonly headFor: (services: readonly ExportedService[]) => readonly string[];
  /** How the files are used, for the head of one of them. */
  readonly useLines: readonly string[];
}

export interface ExportedFile {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
}
