/** Carried by every supervisor: it and what it starts belong to no run that some service's process called us from. */
export const SUPERVISOR_MARK = 'DEVGEN_SUPERVISOR';

/** Carried, beside its run's tag, by the subreaper of a service or command; by no process under it. */
export const SUBREAPER_MARK = 'DEVGEN_SUBREAPER';

/**
 * Carried, beside its run's tag, by what a task, setup step or hook runs, with the checkout's root as value. What such
 * a command leaves behind when it ends by itself, such as the daemon of a build tool, was meant to stay.
 */
export const COMMAND_MARK = 'DEVGEN_COMMAND';

/**
 * Name of the environment variable that every process of a run inherits; `id` is 32 hexadecimal digits. Each run has a
 * name of its own, so that a run that was started inside another one's tree carries both.
 */
export function runTag(id: string): string {
  return `DEVGEN_RUN_${id}`;
}

const TAG = /^DEVGEN_RUN_([0-9a-f]{32})$/;

/** The ids of the runs whose tags are among these names of environment variables. */
export function runIdsOf(environmentKeys: Iterable<string>): readonly string[] {
  return [...environmentKeys].flatMap((key) => TAG.exec(key)?.[1] ?? []);
}

/** For a process that needs the variables of a run but is no part of it: what ends the run must not end it. */
export function withoutRunTags(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([key]) => !TAG.test(key)));
}
