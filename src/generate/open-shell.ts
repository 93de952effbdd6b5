/** Runs other people's tools, where they are installed. */
export interface ToolShell {
  run(command: readonly [tool: string, ...words: string[]]): Promise<ToolOutcome>;
}

type ToolOutcome =
  | { readonly kind: 'ran'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'not-installed' }
  /** Took longer than 10 s, or was killed. */
  | { readonly kind: 'interrupted' };

/**
 * Loads zx, which costs 60 ms, and with it a shell that starts in this folder. It takes `sh`, not bash as zx would: a
 * machine without bash can still run all that is generated. Without `sh` (Windows) no tool counts as installed.
 */
export async function openShell(cwd: string): Promise<ToolShell> {
  const { $, quote, which } = await import('zx/core');
  const shell = await which('sh', { nothrow: true });
  return {
    async run(command) {
      if (shell === null || (await which(command[0], { nothrow: true })) === null) return { kind: 'not-installed' };
      const within = $({ shell, cwd, quote, prefix: '', postfix: '', quiet: true, nothrow: true, timeout: '10s' });
      const output = await within({ stdio: ['ignore', 'pipe', 'pipe'] })`${[...command]}`;
      if (output.exitCode === null) return { kind: 'interrupted' };
      return { kind: 'ran', code: output.exitCode, stdout: output.stdout, stderr: output.stderr };
    },
  };
}
