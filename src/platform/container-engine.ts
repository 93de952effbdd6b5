/** Programs that forward ports to containers: one that is ended breaks the engine, not only the container. */
const FORWARDERS: ReadonlySet<string> = new Set(
  'docker-proxy rootlesskit com.docker.backend com.docker.vpnkit vpnkit rootlessport gvproxy'.split(' '),
);

/** Whether a process is a container engine's own, by its command line, which other users may read too. */
export function isContainerEngine(commandLine: string): boolean {
  return FORWARDERS.has(programIn(commandLine) ?? '');
}

function programIn(commandLine: string): string | null {
  return /^(?:\S*[\\/])?([^\s\\/]+)/.exec(commandLine)?.[1] ?? null;
}
