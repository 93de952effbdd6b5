import type { Project } from './project.ts';

/** A message with what differs from run to run replaced: folder, pids, durations, and these ports. */
export function normalise(text: string, project: Project, ports: Readonly<Record<string, number>> = {}): string {
  let normal = text.replaceAll(project.root, 'ROOT');
  for (const [name, port] of Object.entries(ports)) normal = normal.replaceAll(String(port), name);
  return normal
    .replaceAll(/\bpid \d+/g, 'pid N')
    .replaceAll(/\b\d+(\.\d+)? m?s\b/g, 'T')
    .replaceAll(/^(.*PATH: ).*$/gm, '$1…')
    .replaceAll(process.version, 'vN');
}
