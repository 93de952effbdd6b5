/** devgen writes its own completion scripts: yargs finds no request for one. */
export function completion() {
  return { setParsed: () => undefined };
}
