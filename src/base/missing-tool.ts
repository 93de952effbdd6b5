/** `sh: 1: uv: not found`, `zsh: command not found: uv`, `env: 'uv': No such file or directory`. */
export function missingTool(output: string): string | undefined {
  const behind = /command not found: ([\w.+-]+)/.exec(output);
  const before = /(?:^|[\s:'"\u2018])([\w.+-]+)['"\u2019]?: (?:(?:command )?not found|No such file or directory)/.exec(
    output,
  );
  return (behind ?? before)?.[1];
}
