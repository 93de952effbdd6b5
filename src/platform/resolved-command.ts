/** What to start for a command line. */
export type ResolvedCommand =
  | { readonly kind: 'direct'; readonly file: string; readonly args: readonly string[] }
  /** For the system's shell, with the environment doing the expansion. */
  | { readonly kind: 'shell'; readonly text: string };

/** A command as execa takes it. */
export interface SpawnArguments {
  /** A program, or with `shell` a whole command line. */
  readonly file: string;
  readonly args: readonly string[];
  readonly shell: boolean;
}

export function spawnArguments(command: ResolvedCommand): SpawnArguments {
  return command.kind === 'direct'
    ? { file: command.file, args: command.args, shell: false }
    : { file: command.text, args: [], shell: true };
}
