/** How a watcher with this command line is told to let `logs/` be; a sentence. */
export function ignoreLogs(command: string): string {
  if (/\bnodemon\b/.test(command)) {
    return 'Put "logs/" into `ignore` of nodemon.json, or, where there is none, of `nodemonConfig` in package.json.';
  }
  if (/--watch-path\b/.test(command)) {
    return 'Name the folder of the code (`--watch-path=src`); `--watch` alone watches what the program imports.';
  }
  return 'Let its watcher ignore `logs/`: devgen and the service itself write there.';
}
